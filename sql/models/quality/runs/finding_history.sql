-- Each stretch of publications in which a finding stood. What the lake knows of earlier publications, and what this build
-- adds: a finding nobody knew begins with it, one that is missing ended before it.
with present as (
  select
    coalesce(max(publication) filter (where is_present), max(publication) + 1, 1) as publication,
    max(run_id) filter (where is_present) as run_id,
    max(started_at) filter (where is_present) as run_at
  from {{ ref('stg_run') }}
),

-- events of one finding appear in turn: it appeared, it went, it appeared again
stretches as (
  select
    finding_id,
    rule_id,
    severity,
    filing_id,
    department_id,
    department,
    fiscal_year,
    kind,
    message_zh,
    message_en,
    publication as from_publication,
    run_id as from_run_id,
    run_at as from_at,
    lead(publication) over later as until_publication,
    lead(run_id) over later as until_run_id,
    lead(run_at) over later as until_at,
    event
  from {{ ref('stg_finding_event') }}
  window later as (partition by finding_id order by publication)
),

earlier as (
  select * exclude (event) from stretches where event = 'appeared'
)

select earlier.*
from earlier
where
  earlier.until_publication is not null
  or earlier.finding_id in (select finding.finding_id from {{ ref('finding') }} as finding)

union all by name

select earlier.* replace (
  present.publication as until_publication,
  present.run_id as until_run_id,
  present.run_at as until_at
)
from earlier
cross join present
where
  earlier.until_publication is null
  and earlier.finding_id not in (select finding.finding_id from {{ ref('finding') }} as finding)

union all by name

select
  finding.finding_id,
  finding.rule_id,
  finding.severity,
  finding.filing_id,
  filing.department_id,
  filing.department,
  filing.fiscal_year,
  filing.kind,
  finding.message_zh,
  finding.message_en,
  cast(present.publication as integer) as from_publication,
  present.run_id as from_run_id,
  present.run_at as from_at,
  cast(null as integer) as until_publication,
  cast(null as varchar) as until_run_id,
  cast(null as timestamp) as until_at
from {{ ref('finding') }} as finding
cross join present
left join {{ ref('filing') }} as filing on finding.filing_id = filing.filing_id
where finding.finding_id not in (select earlier.finding_id from earlier where earlier.until_publication is null)
