select * from {{ build_input('reference_fund') }}
