{{ superseded_facts('indicator') }}
