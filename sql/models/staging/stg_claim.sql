select * from {{ build_input('claim') }}
