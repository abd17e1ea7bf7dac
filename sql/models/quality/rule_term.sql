select * from {{ build_input('rule_term') }}
