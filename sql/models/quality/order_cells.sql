-- Family order: no negative amount where none can be, and the money of one fund at most that of a wider one. Where the
-- order is kept both sides are the figure itself; where it is not, the right side is the bound.
{{ config(materialized='ephemeral') }}
with
-- one check for each form: its least figure of income or expenditure
least_figures as (
  select
    'not_negative' as relation, filing_id, form_code as subject, '' as measure, '' as fund, '' as stage,
    any_value(fiscal_year) as fiscal_year, arg_min(document_id, (amount_yuan, amount_id)) as document_id,
    concat('《', any_value(form_title), '》') as label,
    min(cast(amount_yuan as decimal(28, 10))) as lhs,
    greatest(min(cast(amount_yuan as decimal(28, 10))), 0) as rhs,
    cast(0 as decimal(28, 10)) as allowance,
    [{'side': 'lhs', 'sign': 1, 'kind': 'amount', 'id': arg_min(amount_id, (amount_yuan, amount_id))}] as facts
  from {{ ref('cell') }}
  where not regexp_matches(measure, 'balance|surplus|forward|distribution|change|net_assets')
  group by filing_id, form_code
),

printed as (
  select * from {{ ref('printed_once') }}
  where fund <> '' and not regexp_matches(measure, 'balance|surplus|forward|distribution|change')
),

narrower as (
  select
    'fund_at_most' as relation, part.filing_id, part.subject, part.measure, part.fund, part.stage, part.fiscal_year,
    part.document_id, part.label,
    part.amount as lhs, least(part.amount, whole.amount) as rhs, part.half + whole.half as allowance,
    [{'side': 'lhs', 'sign': 1, 'kind': 'amount', 'id': part.amount_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'amount', 'id': whole.amount_id}] as facts
  from printed as part
  inner join printed as whole
    on part.filing_id = whole.filing_id and part.subject = whole.subject and part.measure = whole.measure
    and part.stage = whole.stage and part.fiscal_year is not distinct from whole.fiscal_year
  where (whole.fund = 'all' and part.fund <> 'all')
    or (whole.fund = 'fiscal_appropriation'
      and part.fund in ('general_public_budget', 'government_managed_fund_budget', 'state_capital_operating_budget'))
  qualify row_number() over (partition by part.amount_id order by whole.amount, whole.amount_id) = 1
),

statements as (
  select
    *,
    1 as nth,
    'yuan' as unit,
    cast(null as varchar) as other_filing_id,
    cast(null as varchar) as reason,
    cast(null as varchar) as hint
  from (select * from least_figures union all by name select * from narrower)
)

{{ as_assertions('order') }}
