select * from {{ build_input('rule') }}
