{{ superseded_facts('project_amount') }}
