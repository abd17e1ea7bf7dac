-- Family papers: one paper of a department against another: what it opens with against what last year closed with, last
-- year's figure as it tells or prints it against last year's own, the budget it tells against the published one. The
-- other paper's figure is the one printed for the same subject, measure, fund and stage, where it prints only one; of a
-- quantity that stands in none of its forms, the one it tells. A unit has at most the treasury money of its department.
{{ config(materialized='ephemeral') }}
with filings as (
  select filing_id, department_id, kind, fiscal_year, scope from {{ ref('filing') }}
  where department_id is not null and fiscal_year is not null and kind in ('final_accounts', 'budget')
),

-- papers of one department and scope, each beside those it can be held against: last year's, and the budget of the year
-- whose final accounts it gives; with the stage that the other paper is about
pairs as (
  select
    this.filing_id, other.filing_id as other_filing_id, this.kind, other.kind as other_kind,
    other.fiscal_year as other_year,
    if(other.kind = 'budget', 'initial_budget', 'final') as other_stage
  from filings as this
  inner join filings as other
    on this.department_id = other.department_id and this.scope is not distinct from other.scope
    and this.filing_id <> other.filing_id
  where other.fiscal_year = this.fiscal_year - 1
    or (other.fiscal_year = this.fiscal_year and this.kind = 'final_accounts' and other.kind = 'budget')
),

balances as (
  select * from {{ ref('printed_once') }}
  where subject = measure and measure in ('opening_balance', 'closing_balance') and stage = 'final'
),

openings as (
  select
    'opening_closing' as relation,
    pairs.filing_id, pairs.other_filing_id, opening.document_id, opening.subject, opening.measure, opening.fund,
    opening.stage, opening.fiscal_year, opening.label,
    opening.amount as lhs, closing.amount as rhs,
    {{ printed_in_both('opening.half', 'closing.half', 'opening.is_sum or closing.is_sum') }} as allowance,
    'amount' as kind, opening.amount_id as id, 'amount' as other_kind, closing.amount_id as other_id,
    cast(null as varchar) as base_id
  from pairs
  inner join balances as opening
    on pairs.filing_id = opening.filing_id and pairs.other_year + 1 = opening.fiscal_year
  inner join balances as closing
    on pairs.other_filing_id = closing.filing_id and pairs.other_year = closing.fiscal_year
    and opening.fund = closing.fund
  where pairs.kind = 'final_accounts' and pairs.other_kind = 'final_accounts'
    and opening.measure = 'opening_balance' and closing.measure = 'closing_balance'
),

-- figures of another year or stage that a paper prints or tells, where the other paper is about them
foreign_figures as (
  select
    filing_id, subject, measure, fund, stage, fiscal_year, document_id, label, amount, half,
    'amount' as kind, amount_id as id, cast(null as varchar) as base_id, is_sum as adds_up
  from {{ ref('printed_once') }}
  union all
  select
    filing_id, subject, measure, fund, stage, fiscal_year, document_id, label, amount,
    cast(last_place * 0.5 as decimal(28, 10)), 'claim', claim_id, null, false
  from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null and stage <> ''
    and subject is not null and measure is not null and fiscal_year is not null and fund_told
    and not {{ of_some_projects('subject', 'label') }}
  union all
  -- last year's figure as a difference implies it: the figure less what it rose by
  select
    filing_id, subject, measure, fund, comparison_stage, comparison_year, document_id, label, now_amount - amount,
    cast(now_half + last_place * 0.5 as decimal(28, 10)), 'claim', claim_id, now_id, true
  from {{ ref('compared_claim') }}
  where figure = 'change' and amount is not null and now_amount is not null and fund <> ''
),

told_once as (
  select
    filing_id, subject, measure, fund, stage, fiscal_year, min(claim_id) as id, min(amount) as amount,
    cast(max(last_place) * 0.5 as decimal(28, 10)) as half
  from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null and stage <> ''
    and subject is not null and measure is not null and fiscal_year is not null
    and not {{ of_some_projects('subject', 'label') }}
  group by all
  having min(amount) = max(amount)
),

own_figures as (
  select
    filing_id, subject, measure, fund, stage, fiscal_year, 'amount' as kind, amount_id as id, amount, half,
    is_sum as adds_up
  from {{ ref('printed_once') }}
  union all
  select
    told.filing_id, told.subject, told.measure, told.fund, told.stage, told.fiscal_year, 'claim', told.id, told.amount,
    told.half, false
  from told_once as told
  anti join {{ ref('cell') }} as cells
    on told.filing_id = cells.filing_id and told.subject = cells.subject and told.measure = cells.measure
    and told.stage = {{ own_stage('cells.stage') }} and told.fiscal_year = cells.fiscal_year
),

-- materialized, since DuckDB takes pairs with all that the other papers print for the smaller side
told_of_others as materialized (
  select
    if(pairs.kind = 'final_accounts' and pairs.other_kind = 'budget', 'told_budget', 'last_year') as relation,
    pairs.other_filing_id, figures.*
  from pairs
  inner join foreign_figures as figures
    on pairs.filing_id = figures.filing_id and pairs.other_year = figures.fiscal_year
    and pairs.other_stage = figures.stage
),

others as (
  select
    this.relation, this.filing_id, this.other_filing_id, this.document_id, this.subject, this.measure, this.fund,
    this.stage, this.fiscal_year, this.label, this.amount as lhs, own.amount as rhs,
    {{ printed_in_both('this.half', 'own.half', 'this.adds_up or own.adds_up') }} as allowance,
    this.kind, this.id, own.kind as other_kind, own.id as other_id, this.base_id
  from told_of_others as this
  inner join own_figures as own
    on this.other_filing_id = own.filing_id and this.subject = own.subject and this.measure = own.measure
    and this.fund = own.fund and this.stage = own.stage and this.fiscal_year = own.fiscal_year
),

-- materialized, since DuckDB would pair all papers of a kind and year before it asks whose superior one is
papers_of_units as materialized (
  select filings.filing_id, filings.kind, filings.fiscal_year, department.superior_id
  from filings
  inner join {{ ref('reference_department') }} as department on filings.department_id = department.department_id
  where department.superior_id is not null
),

-- a unit's paper beside that of its department for the same year, and the treasury money that both print: money of other
-- sources passes between a department and its units and is counted once
superiors as (
  select this.filing_id, other.filing_id as other_filing_id, this.fiscal_year
  from papers_of_units as this
  inner join filings as other
    on this.superior_id = other.department_id and this.kind = other.kind and this.fiscal_year = other.fiscal_year
  where other.scope = 'department' and this.filing_id <> other.filing_id
),

units as (
  select
    'unit_at_most' as relation,
    superiors.filing_id, superiors.other_filing_id, part.document_id, part.subject, part.measure, part.fund, part.stage,
    part.fiscal_year, part.label, part.amount as lhs, least(part.amount, whole.amount) as rhs,
    part.half + whole.half as allowance, 'amount' as kind, part.amount_id as id, 'amount' as other_kind,
    whole.amount_id as other_id, cast(null as varchar) as base_id
  from superiors
  inner join {{ ref('printed_once') }} as part
    on superiors.filing_id = part.filing_id and superiors.fiscal_year = part.fiscal_year
  inner join {{ ref('printed_once') }} as whole
    on superiors.other_filing_id = whole.filing_id and part.subject = whole.subject and part.measure = whole.measure
    and part.fund = whole.fund and part.stage = whole.stage and part.fiscal_year = whole.fiscal_year
  where part.fund in ('fiscal_appropriation', 'general_public_budget', 'government_managed_fund_budget', 'state_capital_operating_budget')
    and not regexp_matches(part.measure, 'balance|surplus|forward|distribution|change')
),

statements as (
  select
    *,
    'yuan' as unit,
    cast(null as varchar) as reason,
    {{ power_of_ten('lhs', 'rhs') }} as hint,
    list_filter(
      [{'side': 'lhs', 'sign': if(base_id is null, 1, -1), 'kind': kind, 'id': id},
       {'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': base_id},
       {'side': 'rhs', 'sign': 1, 'kind': other_kind, 'id': other_id}],
      lambda fact: fact.id is not null
    ) as facts,
    row_number() over (
      partition by filing_id, other_filing_id, relation, subject, measure, fund, stage, fiscal_year order by kind, id
    ) as nth
  from (select * from openings union all by name select * from others union all by name select * from units)
)

{{ as_assertions('papers') }}
