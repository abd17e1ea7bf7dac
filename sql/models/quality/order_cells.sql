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

-- what bounds the narrower funds of a quantity: the money of all funds, and that of the fiscal appropriation
wider as (
  select
    filing_id, subject, measure, stage, fiscal_year,
    any_value({'amount': amount, 'amount_id': amount_id, 'half': half}) filter (fund = 'all') as of_all,
    any_value({'amount': amount, 'amount_id': amount_id, 'half': half}) filter (fund <> 'all') as of_treasury
  from {{ ref('printed_once') }}
  where fund in ('all', 'fiscal_appropriation')
  group by all
),

bounded as (
  select
    part.*,
    case
      when part.fund in ('general_public_budget', 'government_managed_fund_budget', 'state_capital_operating_budget')
        then least(wider.of_all, wider.of_treasury)
      else wider.of_all
    end as whole
  from {{ ref('printed_once') }} as part
  inner join wider
    on part.filing_id = wider.filing_id and part.subject = wider.subject and part.measure = wider.measure
    and part.stage = wider.stage and part.fiscal_year is not distinct from wider.fiscal_year
  where part.fund not in ('all', '') and not regexp_matches(part.measure, 'balance|surplus|forward|distribution|change')
),

narrower as (
  select
    'fund_at_most' as relation, filing_id, subject, measure, fund, stage, fiscal_year, document_id, label,
    amount as lhs, least(amount, whole.amount) as rhs, half + whole.half as allowance,
    [{'side': 'lhs', 'sign': 1, 'kind': 'amount', 'id': amount_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'amount', 'id': whole.amount_id}] as facts
  from bounded
  where whole is not null
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
