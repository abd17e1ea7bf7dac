{{ superseded_facts('paragraph') }}
