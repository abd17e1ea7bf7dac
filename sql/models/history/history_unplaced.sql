{{ superseded_facts('unplaced') }}
