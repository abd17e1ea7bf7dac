-- The rows of performance papers' tables, each with the sheet it stands on and a name that tells it apart there.
{{ config(materialized='ephemeral') }}
with rows as (
  select
    coalesce(indicator.project_id, concat(indicator.document_id, '#', indicator.table_no)) as sheet_id,
    indicator.* exclude (project_id, document_id, filing_id, project),
    concat_ws('/', level1, level2, coalesce(level3, row_kind)) as path
  from {{ ref('indicator') }} as indicator
)

select
  rows.*,
  concat(path, nullif('#' || row_number() over (partition by sheet_id, path order by line_no, indicator_id), '#1'))
    as place_name
from rows
