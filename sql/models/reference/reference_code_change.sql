select * from {{ build_input('reference_code_change') }}
