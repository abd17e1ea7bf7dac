{{ superseded_facts('project') }}
