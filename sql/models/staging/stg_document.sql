select * from {{ build_input('document') }}
