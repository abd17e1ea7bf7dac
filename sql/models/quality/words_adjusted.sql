-- Family words_words, adjustments: what is told of the year's adjusted budget against what is told of its parts. Where the
-- whole budget was adjusted by less than one of its parts, and nothing was told to be cut, one of them is wrong; where it
-- was not adjusted at all, a completion “of the budget” is measured by the budget told.
{{ config(materialized='ephemeral') }}
with adjustments as (
  select * from {{ ref('told') }}
  where figure = 'change' and stage = 'adjusted_budget' and comparison_stage = 'initial_budget' and amount is not null
    and subject = measure and fiscal_year is not null and comparison_year = fiscal_year
),

wholes as (
  select * from adjustments
  where subject = 'expenditure' and fund = 'all'
  qualify count(*) over (partition by filing_id, fiscal_year) = 1
),

parts as (
  select * from adjustments
  where subject in ('project_expenditure', 'basic_expenditure') and amount >= 0
),

cuts as (
  select distinct filing_id, fiscal_year from adjustments where direction = 'decrease' and subject <> 'expenditure'
),

amounts as (
  select * from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null and subject = measure
),

-- a quantity of which the paper tells one budget only
budgets as (
  select
    filing_id, subject, fund, fiscal_year, min(amount) as amount, max(last_place) * 0.5 as half,
    arg_min(claim_id, place) as claim_id
  from amounts
  where stage = 'initial_budget'
  group by filing_id, subject, fund, fiscal_year
  having min(amount) = max(amount)
),

completions as (
  select
    done.*, outturn.amount as now_amount, outturn.last_place * 0.5 as now_half, outturn.claim_id as now_id,
    budgets.amount as base_amount, budgets.half as base_half, budgets.claim_id as base_id
  from {{ ref('told') }} as done
  inner join wholes on done.filing_id = wholes.filing_id and done.fiscal_year = wholes.fiscal_year and wholes.amount = 0
  inner join amounts as outturn
    on done.paragraph_id = outturn.paragraph_id and done.subject = outturn.subject and done.fund = outturn.fund
    and done.fiscal_year = outturn.fiscal_year and outturn.stage = 'final' and outturn.place < done.place
  inner join budgets
    on done.filing_id = budgets.filing_id and done.subject = budgets.subject and done.fund = budgets.fund
    and done.fiscal_year = budgets.fiscal_year
  where done.figure = 'completion_rate' and done.stage = 'final' and done.comparison_stage = ''
    and done.comparison_year = done.fiscal_year and done.amount is not null and done.last_place is not null
    and not {{ of_some_projects('done.subject', 'done.label') }}
  qualify row_number() over (partition by done.claim_id order by outturn.place desc, outturn.claim_id) = 1
),

told_statements as (
  select
    'told_adjustment' as relation, wholes.filing_id, wholes.document_id, parts.subject, parts.measure, parts.fund,
    parts.stage, parts.fiscal_year, parts.label, parts.place, 'yuan' as unit, wholes.amount as lhs,
    greatest(wholes.amount, parts.amount) as rhs, (wholes.last_place + parts.last_place) * 0.5 as allowance,
    if(cuts.filing_id is not null and wholes.amount < parts.amount, 'part_cut', null) as reason,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': wholes.claim_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': parts.claim_id}] as facts
  from wholes
  inner join parts on wholes.filing_id = parts.filing_id and wholes.fiscal_year = parts.fiscal_year
  left join cuts on wholes.filing_id = cuts.filing_id and wholes.fiscal_year = cuts.fiscal_year
  union all by name
  select
    'told_completion_unadjusted' as relation, filing_id, document_id, subject, measure, fund, stage, fiscal_year, label,
    place, 'percent' as unit, amount as lhs, coalesce({{ percent_of('now_amount', 'base_amount') }}, 0) as rhs,
    {{ percent_allowance('now_amount', 'now_half', 'base_amount', 'base_half') }} + last_place * 0.5 as allowance,
    if(abs(base_amount) <= base_half, 'base_is_zero', null) as reason,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': claim_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': now_id},
     {'side': 'rhs', 'sign': 2, 'kind': 'claim', 'id': base_id}] as facts
  from completions
),

statements as (
  select
    * exclude (place),
    row_number() over (
      partition by relation, filing_id, subject, measure, fund, stage, fiscal_year order by place
    ) as nth,
    cast(null as varchar) as other_filing_id,
    cast(null as varchar) as hint
  from told_statements
)

{{ as_assertions('words_words') }}
