{{ superseded_facts('amount') }}
