select * from {{ build_input('form') }}
