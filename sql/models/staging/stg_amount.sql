select * from {{ build_input('amount') }}
