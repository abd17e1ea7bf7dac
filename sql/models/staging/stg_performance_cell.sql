select * from {{ build_input('performance_cell') }}
