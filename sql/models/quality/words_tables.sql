-- Family words_tables: a quantity told in words against the same quantity printed in the tables of the filing, whichever
-- of its files they stand in. The nearest of the printed figures counts. Where the words leave the fund open, any fund
-- will do, and neither several printed funds nor a narrower one accuse anybody; 财政拨款 often means the general public
-- budget; a class and its section of one name may be meant for each other.
{{ config(materialized='ephemeral') }}
with figures as (
  select * from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null
    and subject is not null and measure is not null
),

ruled as (
  select kinds.subject, kinds.measure, rule.rule_id
  from (select distinct subject, measure from figures) as kinds
  inner join {{ ref('rule') }} as rule on {{ looks_at('rule', 'kinds.subject', 'kinds.measure') }}
  where rule.status = 'active' and rule.relation = 'told_printed'
),

-- the same figure told again is the same statement
statements as (
  select
    filing_id, subject, measure, fund, stage, fiscal_year, amount,
    max(last_place) as last_place,
    bool_and(fund_told) as fund_told,
    arg_min(document_id, place) as document_id,
    arg_min(label, place) as label,
    min(place) as place,
    list_sort(list({'place': place, 'id': claim_id})) as claims
  from figures
  group by filing_id, subject, measure, fund, stage, fiscal_year, amount
),

numbered as (
  select
    filing_id, place,
    row_number() over (
      partition by filing_id, subject, measure, fund, stage, fiscal_year order by place
    ) as nth
  from statements
),

printed as (
  select
    amount_id, filing_id, form_id, subject, measure, fund, {{ own_stage('stage') }} as stage, fiscal_year,
    cast(amount_yuan as decimal(28, 10)) as amount, quantum_yuan as last_place, parts
  from {{ ref('cell') }}
),

named_rows as (
  select distinct form_id, row_kind, subject, code, split_part(label, '·', 1) as name
  from {{ ref('cell') }}
  where code is not null
),

-- rows of one name, of which one stands below the other
namesakes as (
  select distinct one.form_id, one.subject, other.subject as other_subject
  from named_rows as one
  inner join named_rows as other
    on one.form_id = other.form_id and one.row_kind = other.row_kind and one.name = other.name
    and one.subject <> other.subject
    and (starts_with(one.code, other.code) or starts_with(other.code, one.code))
),

meant as (
  select * from printed
  union all
  select printed.* replace (namesakes.subject as subject)
  from printed
  inner join namesakes on printed.form_id = namesakes.form_id and printed.subject = namesakes.other_subject
),

pairs as (
  select
    told.filing_id,
    told.place,
    told.amount,
    told.fund,
    printed.amount_id,
    printed.fund as printed_fund,
    printed.amount as printed_amount,
    printed.last_place as printed_place,
    {{ allowance(
      "'printed_twice'", '2', 'printed.parts', '(told.last_place + printed.last_place) * 0.5',
      '(told.last_place + printed.last_place * printed.parts) * 0.5', 'greatest(told.last_place, printed.last_place)'
    ) }} as allowance
  from statements as told
  inner join meant as printed
    on told.filing_id = printed.filing_id and told.subject = printed.subject and told.measure = printed.measure
    and told.stage = printed.stage and told.fiscal_year is not distinct from printed.fiscal_year
    and (
      printed.fund = told.fund
      or not told.fund_told
      or (told.fund = 'fiscal_appropriation' and printed.fund = 'general_public_budget')
    )
),

nearest as (
  select
    filing_id,
    place,
    arg_min(
      {'amount_id': amount_id, 'fund': printed_fund, 'amount': printed_amount, 'last_place': printed_place,
       'allowance': allowance},
      (
        greatest(abs(amount - printed_amount) - allowance, 0), printed_fund <> fund, abs(amount - printed_amount),
        amount_id
      )
    ) as printed,
    min(printed_amount) = max(printed_amount) as printed_alike
  from pairs
  group by filing_id, place
)

select
  ruled.rule_id,
  told.filing_id,
  cast(null as varchar) as other_filing_id,
  told.subject,
  concat_ws('/', told.measure, told.fund, told.stage, told.fiscal_year, nullif(numbered.nth, 1)) as column_key,
  told.document_id,
  told.label as scope,
  'yuan' as unit,
  told.amount as lhs,
  nearest.printed.amount as rhs,
  nearest.printed.allowance,
  case
    when told.fund_told and nearest.printed.fund = told.fund then null
    when not told.fund_told and nearest.printed_alike
      and (told.fund <> 'all' or nearest.printed.fund = 'all' or told.amount < nearest.printed.amount) then null
    else 'fund_open'
  end as reason,
  case
    when abs(nearest.printed.amount) > abs(told.amount) and nearest.printed.last_place < told.last_place
      and abs(nearest.printed.amount) - abs(told.amount) < told.last_place then 'truncated'
    else {{ power_of_ten('told.amount', 'nearest.printed.amount') }}
  end as hint,
  list_concat(
    list_transform(
      told.claims, lambda claim, n: {'side': 'lhs', 'sign': if(n = 1, 1, 0), 'kind': 'claim', 'id': claim.id}
    ),
    [{'side': 'rhs', 'sign': 1, 'kind': 'amount', 'id': nearest.printed.amount_id}]
  ) as facts
from statements as told
inner join nearest on told.filing_id = nearest.filing_id and told.place = nearest.place
inner join numbered on told.filing_id = numbered.filing_id and told.place = numbered.place
inner join ruled on told.subject = ruled.subject and told.measure = ruled.measure
