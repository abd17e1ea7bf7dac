select * from {{ build_input('project_amount') }}
