select * from {{ build_input('source_file') }}
