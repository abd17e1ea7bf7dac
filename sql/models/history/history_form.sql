{{ superseded_facts('form') }}
