{{ superseded_facts('claim') }}
