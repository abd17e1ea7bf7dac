select * from {{ build_input('indicator') }}
