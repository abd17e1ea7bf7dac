select * from {{ build_input('project') }}
