-- Family words_words, parts without shares: the main uses of basic expenditure, basic expenditure beside projects, and
-- what procurement saved of what was to be spent.
{{ config(materialized='ephemeral') }}
with amounts as (
  select * from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null and fiscal_year is not null
),

-- basic expenditure, and the economic classes its sentence goes on with
basics as (
  select
    *,
    row_number() over (partition by filing_id, fund, stage, fiscal_year order by place) as nth
  from amounts where subject = 'basic_expenditure'
),

uses as (
  select
    basics.claim_id,
    sum(part.amount) as total, sum(part.last_place) * 0.5 as half, count(*) as n, count(distinct part.subject) as subjects,
    {{ facts_in_order('lhs', 'part.claim_id', 'part.place') }} as facts
  from basics
  inner join amounts as part
    on basics.paragraph_id = part.paragraph_id and basics.sentence = part.sentence and basics.place < part.place
    and basics.fiscal_year = part.fiscal_year
  where regexp_full_match(part.subject, 'dept_economic:3\d\d')
    and regexp_matches(basics.sentence, '基本支出[^。；;]*主要(用于|包括|是)')
  group by basics.claim_id
),

main_uses as (
  select
    'told_main_uses' as relation,
    basics.filing_id, basics.document_id, basics.subject, basics.measure, basics.fund, basics.stage, basics.fiscal_year,
    basics.label, basics.nth, 'yuan' as unit,
    uses.total as lhs,
    greatest(uses.total, cast(basics.amount * 0.5 as decimal(28, 10))) as rhs,
    uses.half + basics.last_place * 0.25 as allowance,
    cast(null as varchar) as hint,
    list_concat(uses.facts, [{'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': basics.claim_id}]) as facts
  from basics inner join uses on basics.claim_id = uses.claim_id
  where uses.n > 1 and uses.n = uses.subjects
),

-- the whole expenditure told of the same year and stage, and the largest project told
wholes as (
  select
    filing_id, fiscal_year, stage, amount, max(last_place) as last_place, min(claim_id) as claim_id
  from amounts
  where subject in ('expenditure', 'expenditure_grand_total') and amount > 0
  group by filing_id, fiscal_year, stage, amount
),

projects as (
  select
    filing_id, fiscal_year, count(distinct subject) as projects, max(amount) as amount,
    arg_max(claim_id, amount) as claim_id, arg_max(last_place, amount) as last_place
  from amounts
  where starts_with(subject, 'project:') and measure = 'project_expenditure' and amount > 0 and contains(sentence, '项目支出')
  group by filing_id, fiscal_year
),

no_projects as (
  select distinct filing_id, fiscal_year from amounts where subject = 'project_expenditure' and amount = 0
),

beside_projects as (
  select
    'told_beside_projects' as relation,
    basics.filing_id, basics.document_id, basics.subject, basics.measure, basics.fund, basics.stage, basics.fiscal_year,
    basics.label, basics.nth, 'yuan' as unit,
    basics.amount as lhs,
    least(basics.amount, wholes.amount - projects.amount) as rhs,
    (basics.last_place + wholes.last_place + projects.last_place) * 0.5 as allowance,
    cast(null as varchar) as hint,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': basics.claim_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': wholes.claim_id},
     {'side': 'rhs', 'sign': -1, 'kind': 'claim', 'id': projects.claim_id}] as facts
  from basics
  inner join wholes
    on basics.filing_id = wholes.filing_id and basics.fiscal_year = wholes.fiscal_year
    and (basics.stage = wholes.stage or basics.stage = '' or wholes.stage = '')
  inner join projects on basics.filing_id = projects.filing_id and basics.fiscal_year = projects.fiscal_year
  anti join no_projects on basics.filing_id = no_projects.filing_id and basics.fiscal_year = no_projects.fiscal_year
  -- a project that is more than the rest may be paid from elsewhere; but nothing is left where basic is all
  where projects.projects > 1 and projects.amount < basics.amount
    and (
      basics.amount = wholes.amount
      or basics.amount + projects.amount
        <= wholes.amount + (basics.last_place + wholes.last_place + projects.last_place) * 0.5
    )
  qualify row_number() over (partition by basics.claim_id order by wholes.amount, wholes.claim_id) = 1
),

-- “成交金额…，节约金额…，节资率…%”: saved ÷ (paid + saved), or saved ÷ the budget told
savings as (
  select
    rate.*,
    row_number() over (partition by rate.filing_id order by rate.place) as nth,
    saved.amount as saved, saved.last_place * 0.5 as saved_half, saved.claim_id as saved_id,
    whole.amount as whole, whole.last_place * 0.5 as whole_half, whole.claim_id as whole_id,
    regexp_matches(whole.label, '预算|控制价') as is_budget,
    count(*) over (partition by rate.claim_id) as readings
  from {{ ref('told') }} as rate
  inner join amounts as saved
    on rate.paragraph_id = saved.paragraph_id and rate.sentence = saved.sentence
    and regexp_full_match(saved.label, '(共|累计|实际)?(节约|节省)(资金|金额|额)?')
  inner join amounts as whole
    on rate.paragraph_id = whole.paragraph_id and rate.sentence = whole.sentence
    and regexp_full_match(whole.label, '(采购|项目)?(预算|控制价|成交|中标)(资金|总?金额|总?额|价)?')
  where rate.figure = 'share' and rate.unit = 'percent' and rate.amount is not null and rate.last_place > 0
    and regexp_full_match(rate.label, '(平均|综合|资金)?(节资|节约|节省|资金节约)率')
),

rated as (
  select *, {{ percent_of('saved', 'base') }} as saving_rate
  from (select *, if(is_budget, whole, whole + saved) as base from savings where readings = 1)
  where base > 0
),

saving_rates as (
  select
    'told_saving_rate' as relation,
    filing_id, document_id, subject, coalesce(measure, '') as measure, fund, stage, fiscal_year, label, nth,
    'percent' as unit,
    amount as lhs,
    saving_rate as rhs,
    {{ percent_allowance('saved', 'saved_half', 'base', '(whole_half + saved_half)') }} + last_place * 0.5 as allowance,
    {{ power_of_ten('amount', 'saving_rate') }} as hint,
    list_concat(
      [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': claim_id},
       {'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': saved_id}],
      [{'side': 'rhs', 'sign': 2, 'kind': 'claim', 'id': whole_id}]
    ) as facts
  from rated
),

told_statements as (
  select * from main_uses
  union all by name
  select * from beside_projects
  union all by name
  select * from saving_rates
),

statements as (
  select *, cast(null as varchar) as other_filing_id, cast(null as varchar) as reason from told_statements
)

{{ as_assertions('words_words') }}
