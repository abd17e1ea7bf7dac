-- One row per run of the pipeline, from the run records in the lake; `counts` and `tags` are lists of key and value.
-- The run that makes this build is there too, without an end and with the number it will publish under.
select
  *,
  outcome = 'running' and finished_at is null as is_present
from {{ build_input('run') }}
