select * from {{ build_input('paragraph') }}
