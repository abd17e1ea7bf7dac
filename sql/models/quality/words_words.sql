-- Family words_words: what sentences tell against what sentences (or tables) tell: one quantity told twice, differences,
-- rates of change, completions, directions. One row for each statement; both figures it rests on are its evidence.
{{ config(materialized='ephemeral') }}
with
-- one quantity told with two amounts, by words that name its fund or both leave it open
amounts as (
  select *
  from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null
    and subject is not null and measure is not null and stage <> '' and fiscal_year is not null
    and not {{ of_some_projects('subject', 'label') }}
),

tellings as (
  select
    filing_id, subject, measure, fund, fund_told, stage, fiscal_year, amount,
    count(*) as times,
    min(place) as place,
    arg_min(claim_id, place) as claim_id,
    max(last_place) as last_place
  from amounts
  group by filing_id, subject, measure, fund, fund_told, stage, fiscal_year, amount
),

-- what is told more than once: the amount told most often stands for the quantity; of several, the one told first
usual as (
  select
    filing_id, subject, measure, fund, fund_told, stage, fiscal_year,
    arg_min({'amount': amount, 'claim_id': claim_id, 'last_place': last_place}, (-times, place)) as most
  from tellings
  group by filing_id, subject, measure, fund, fund_told, stage, fiscal_year
  having sum(times) > 1
),

told_again as (
  select
    'told_twice' as relation,
    told.filing_id, told.document_id, told.subject, told.measure, told.fund, told.stage, told.fiscal_year, told.label,
    row_number() over (
      partition by told.filing_id, told.subject, told.measure, told.fund, told.stage, told.fiscal_year, told.fund_told
      order by told.place
    ) + if(told.fund_told, 0, 1000) as nth,
    told.amount as lhs,
    usual.most.amount as rhs,
    greatest(told.last_place, usual.most.last_place) * 0.5 as allowance,
    {{ power_of_ten('told.amount', 'usual.most.amount') }} as hint,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': told.claim_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': usual.most.claim_id}] as facts,
    cast(null as varchar) as reason
  from amounts as told
  inner join usual
    on told.filing_id = usual.filing_id and told.subject = usual.subject and told.measure = usual.measure
    and told.fund = usual.fund and told.fund_told = usual.fund_told and told.stage = usual.stage
    and told.fiscal_year = usual.fiscal_year and told.claim_id <> usual.most.claim_id
),

compared as (
  select
    *,
    row_number() over (
      partition by filing_id, subject, measure, fund, stage, fiscal_year, comparison_stage, comparison_year, figure
      order by place
    ) as nth,
    coalesce(base_amount, now_amount - change_amount) as from_amount,
    coalesce(base_half, now_half + change_half) as from_half,
    -- a completion is now ÷ base, a rate of change now ÷ base − 1, or the told difference ÷ (now − difference)
    if(figure = 'completion_rate' or base_amount is not null, now_amount, change_amount) as part,
    if(figure = 'completion_rate' or base_amount is not null, now_half, change_half) as part_half,
    if(figure = 'growth_rate' and base_amount is not null, 100, 0) as less
  from {{ ref('compared_claim') }}
),

differences as (
  select
    case
      when amount is null then 'told_direction'
      when direction = 'unchanged' then 'told_unchanged'
      else 'told_difference'
    end as relation,
    filing_id, document_id, subject, measure, fund, stage, fiscal_year, label, nth,
    case when amount is null then now_amount else amount end as lhs,
    case
      when amount is not null then now_amount - base_amount
      when (direction = 'increase') = (now_amount > base_amount) then now_amount
      else base_amount
    end as rhs,
    now_half + base_half + last_place * 0.5 as allowance,
    case when amount <> 0 then {{ power_of_ten('amount', '(now_amount - base_amount)') }} end as hint,
    list_concat(
      [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': claim_id}],
      [{'side': 'rhs', 'sign': 1, 'kind': now_kind, 'id': now_id},
       {'side': 'rhs', 'sign': -1, 'kind': base_kind, 'id': base_id}]
    ) as facts,
    cast(null as varchar) as reason
  from compared
  where figure = 'change' and now_amount is not null and base_amount is not null
    and not (direction = 'unchanged' and contains(sentence, '基本持平'))
    and (amount is not null or direction in ('increase', 'decrease'))
),

-- a figure cannot have grown by more than it is: what it grew from would be less than nothing
increases as (
  select
    'told_increase' as relation,
    filing_id, document_id, subject, measure, fund, stage, fiscal_year, label, nth,
    amount as lhs,
    least(amount, now_amount) as rhs,
    now_half + last_place * 0.5 as allowance,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': claim_id},
     {'side': 'rhs', 'sign': 1, 'kind': now_kind, 'id': now_id}] as facts
  from compared
  where figure = 'change' and direction = 'increase' and amount > 0 and now_amount >= 0 and base_amount is null
    and not regexp_matches(measure, 'balance|surplus|carried_over')
),

rates as (
  select
    if(figure = 'completion_rate', 'told_completion', 'told_rate') as relation,
    filing_id, document_id, subject, measure, fund, stage, fiscal_year, label, nth,
    amount as lhs,
    {{ percent_of('part', 'from_amount') }} - less as rhs,
    {{ percent_allowance('part', 'part_half', 'from_amount', 'from_half') }} + last_place * 0.5 as allowance,
    last_place,
    list_concat(
      [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': claim_id}],
      list_filter(
        [{'side': 'rhs', 'sign': 1, 'kind': now_kind, 'id': now_id},
         {'side': 'rhs', 'sign': if(base_id is null, 1, 2), 'kind': coalesce(base_kind, 'claim'),
          'id': coalesce(base_id, change_id)}],
        lambda fact: fact.id is not null
      )
    ) as facts,
    case when abs(from_amount) <= from_half or (from_amount < 0 and contains(measure, 'balance')) then 'base_is_zero' end as reason
  from compared
  where figure in ('growth_rate', 'completion_rate') and amount is not null and last_place > 0
    and from_amount is not null and part is not null
),

told_statements as (
  select * from told_again
  union all by name
  select * from differences
  union all by name
  select * from increases
  union all by name
  select
    * exclude (last_place, rhs),
    coalesce(rhs, 0) as rhs,
    case when abs(rhs) > abs(lhs) and abs(rhs) - abs(lhs) < last_place and sign(rhs) = sign(lhs) then 'truncated' end as hint
  from rates
),

statements as (
  select
    *,
    cast(null as varchar) as other_filing_id,
    if(relation in ('told_rate', 'told_completion'), 'percent', 'yuan') as unit
  from told_statements
)

{{ as_assertions('words_words') }}
