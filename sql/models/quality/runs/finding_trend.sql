-- How many findings of a rule stood in a filing after each publication that changed their number.
with changes as (
  select from_publication as publication, from_run_id as run_id, from_at as run_at, 1 as appeared, 0 as gone, rule_id, severity,
    filing_id, department_id, department, fiscal_year, kind
  from {{ ref('finding_history') }}
  union all by name
  select until_publication as publication, until_run_id as run_id, until_at as run_at, 0 as appeared, 1 as gone, rule_id,
    severity, filing_id, department_id, department, fiscal_year, kind
  from {{ ref('finding_history') }}
  where until_publication is not null
),

by_publication as (
  select
    publication,
    rule_id,
    filing_id,
    any_value(run_id) as run_id,
    any_value(run_at) as run_at,
    max_by(severity, appeared) as severity,
    any_value(department_id) as department_id,
    any_value(department) as department,
    any_value(fiscal_year) as fiscal_year,
    any_value(kind) as kind,
    cast(sum(appeared) as integer) as appeared,
    cast(sum(gone) as integer) as gone
  from changes
  group by publication, rule_id, filing_id
)

select
  publication,
  rule_id,
  filing_id,
  run_id,
  run_at,
  severity,
  department_id,
  department,
  fiscal_year,
  kind,
  appeared,
  gone,
  cast(sum(appeared - gone) over (partition by rule_id, filing_id order by publication) as integer) as standing
from by_publication
