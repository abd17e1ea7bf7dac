-- One row per run of the pipeline, from the run records in the lake; `counts` is a list of key and value.
select * from {{ build_input('run') }}
