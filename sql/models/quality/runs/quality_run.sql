-- Every run there is a record of. The run that made this file has not ended when it is made: what it counts is counted
-- here, and its end is told by the next file.
with counted as (
  select key, value
  from (
    select 'files' as key, count(*) as value from {{ ref('source_file') }}
    union all
    select status as key, count(*) as value from {{ ref('document') }} group by status
    union all
    select 'filings' as key, count(*) as value from {{ ref('filing') }}
    union all
    select 'amounts' as key, count(*) as value from {{ ref('amount') }}
    union all
    select 'claims' as key, count(*) as value from {{ ref('claim') }}
    union all
    select 'unplaced' as key, count(*) as value from {{ ref('unplaced') }}
    union all
    select 'checks_' || outcome as key, count(*) as value from {{ ref('check') }} group by outcome
    union all
    select 'findings' as key, count(*) as value from {{ ref('finding') }}
    union all
    select 'silent_rules' as key, count(*) as value from {{ ref('coverage_failure') }}
    union all
    select 'findings_new' as key, count(*) as value from {{ ref('finding_history') }}
    where from_run_id = (select run_id from {{ ref('stg_run') }} where is_present)
    union all
    select 'findings_gone' as key, count(*) as value from {{ ref('finding_history') }}
    where until_run_id = (select run_id from {{ ref('stg_run') }} where is_present)
  )
),

runs as (
  select
    run_id,
    started_at,
    finished_at,
    case when is_present then 'published' else outcome end as outcome,
    publication,
    errors,
    map_from_entries(tags) as tags,
    case
      when is_present then map_from_entries((select list({'key': key, 'value': value} order by key) from counted))
      else map_from_entries(counts)
    end as counts
  from {{ ref('stg_run') }}
)

select
  run_id,
  started_at,
  finished_at,
  outcome,
  publication,
  errors,
  counts['files'] as files,
  counts['loaded'] as loaded,
  counts['partial'] as partial,
  counts['quarantined'] as quarantined,
  counts['filings'] as filings,
  counts['amounts'] as amounts,
  counts['findings'] as findings,
  counts['findings_new'] as findings_new,
  counts['findings_gone'] as findings_gone,
  counts['figures_revised'] as figures_revised,
  counts['read'] as documents_read,
  counts,
  tags
from runs
