-- Family words_words, items: wholes told with their parts. Items (项) told one by one after the total that introduces
-- them; measures that are made of others whenever all are told in one paragraph; counts told twice; shares above 100%.
{{ config(materialized='ephemeral') }}
with amounts as (
  select * from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null
    and subject is not null and measure is not null and stage <> '' and fiscal_year is not null
),

-- each item belongs to the total of its fund, stage and year that is told last before it
introduced as (
  select
    *,
    max(if(subject = measure, place, null)) over earlier as total_place
  from amounts
  where subject = measure or regexp_full_match(subject, 'function:[0-9]{7}')
  window earlier as (
    partition by filing_id, document_id, fund, stage, fiscal_year order by place rows unbounded preceding
  )
),

items as (
  select filing_id, document_id, fund, stage, fiscal_year, total_place, subject, amount, last_place, claim_id, place
  from introduced
  where subject <> measure and measure = 'expenditure'
),

-- what the forms print of items in the same fund
printed_items as (
  select filing_id, fund, {{ own_stage('stage') }} as stage, fiscal_year, count(distinct subject) as items
  from {{ ref('cell') }}
  where regexp_full_match(subject, 'function:[0-9]{7}') and measure = 'expenditure' and amount_yuan <> 0
  group by all
),

item_sums as (
  select
    items.filing_id, items.document_id, items.fund, items.stage, items.fiscal_year, items.total_place,
    sum(items.amount) as total, sum(items.last_place) * 0.5 as halves, count(*) as n,
    count(distinct items.subject) as subjects,
    count(distinct if(items.amount <> 0, items.subject, null)) as told_items,
    {{ facts_in_order('rhs', 'items.claim_id', 'items.place') }} as part_facts
  from items
  group by all
  having count(*) > 1 and count(*) = count(distinct items.subject)
),

sums_of_wholes as (
  select
    sums.*, whole.claim_id as whole_id, whole.amount as whole, whole.last_place as whole_place, whole.label,
    whole.paragraph_id,
    coalesce(printed.items = sums.told_items, false) as as_printed,
    abs(whole.amount - sums.total) <= sums.halves + whole.last_place * 0.5 as agrees
  from item_sums as sums
  inner join amounts as whole
    on sums.filing_id = whole.filing_id and sums.document_id = whole.document_id and sums.total_place = whole.place
  left join printed_items as printed
    on sums.filing_id = printed.filing_id and sums.fund = printed.fund and sums.stage = printed.stage
    and sums.fiscal_year = printed.fiscal_year
  where whole.subject = 'expenditure'
),

-- the list is whole where it adds up for another stage of the same paragraph, or has as many items as the forms
listed as (
  select
    *,
    as_printed or bool_or(agrees) over (partition by paragraph_id, n) as is_whole
  from sums_of_wholes
),

made_of (whole, part, parts, way) as (
  values
    ('three_public', 'overseas_travel', 3, 1), ('three_public', 'official_vehicles', 3, 1),
    ('three_public', 'official_reception', 3, 1),
    ('three_public', 'overseas_travel', 4, 2), ('three_public', 'vehicle_purchase', 4, 2),
    ('three_public', 'vehicle_running', 4, 2), ('three_public', 'official_reception', 4, 2),
    ('official_vehicles', 'vehicle_purchase', 2, 1), ('official_vehicles', 'vehicle_running', 2, 1),
    ('official_reception', 'domestic_reception', 2, 1), ('official_reception', 'foreign_reception', 2, 1),
    ('procurement', 'procurement_goods', 3, 1), ('procurement', 'procurement_works', 3, 1),
    ('procurement', 'procurement_services', 3, 1),
    ('basic_expenditure', 'personnel_expenditure', 2, 1), ('basic_expenditure', 'operating_expenditure', 2, 1)
),

-- a measure for which a paragraph tells one amount only
told_measures as (
  select
    filing_id, document_id, paragraph_id, measure, fund, stage, fiscal_year,
    min(amount) as amount, max(last_place) as last_place, min(place) as place, arg_min(claim_id, place) as claim_id,
    arg_min(label, place) as label
  from amounts
  where subject = measure and measure in (select whole from made_of union select part from made_of)
  group by all
  having min(amount) = max(amount)
),

partitions as (
  select
    whole.filing_id, whole.document_id, whole.paragraph_id, whole.measure, whole.fund, whole.stage, whole.fiscal_year,
    whole.place, whole.label, whole.amount as whole, whole.last_place as whole_place, whole.claim_id as whole_id,
    made_of.way,
    sum(part.amount) as total, sum(part.last_place) * 0.5 as halves,
    {{ facts_in_order('rhs', 'part.claim_id', 'part.place') }} as part_facts
  from told_measures as whole
  inner join made_of on whole.measure = made_of.whole
  inner join told_measures as part
    on whole.paragraph_id = part.paragraph_id and made_of.part = part.measure and whole.fund = part.fund
    and whole.stage = part.stage and whole.fiscal_year = part.fiscal_year
  group by all
  having count(*) = any_value(made_of.parts)
),

counts as (
  select * from {{ ref('told') }}
  where figure = 'count' and amount is not null and fiscal_year is not null
    and regexp_matches(subject, '^vehicles|_batches$|_person_times$|^overseas_groups$')
),

usual_counts as (
  select filing_id, subject, stage, fund, fiscal_year, arg_min(claim_id, place) as claim_id, arg_min(amount, place) as amount
  from counts group by all
),

shares as (
  select * from {{ ref('told') }}
  where figure = 'share' and unit = 'percent' and amount is not null and last_place is not null
    and subject is not null and measure is not null and fiscal_year is not null
),

told_statements as (
  select
    'told_items' as relation, filing_id, document_id, 'expenditure' as subject, 'expenditure' as measure, fund, stage,
    fiscal_year, label, total_place as place, 'yuan' as unit, whole as lhs, total as rhs,
    halves + whole_place * 0.5 as allowance,
    case when total < whole and not is_whole then 'list_open' end as reason,
    {{ power_of_ten('whole', 'total') }} as hint,
    list_concat([{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': whole_id}], part_facts) as facts
  from listed
  union all
  select
    'told_partition', filing_id, document_id, measure, measure, fund, stage, fiscal_year, label, place + way, 'yuan',
    whole, total, halves + whole_place * 0.5, null, {{ power_of_ten('whole', 'total') }},
    list_concat([{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': whole_id}], part_facts)
  from partitions
  union all
  select
    'told_count_twice', again.filing_id, again.document_id, again.subject, again.measure, again.fund, again.stage,
    again.fiscal_year, again.label, again.place, 'count', again.amount, usual.amount, 0, null, null,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': again.claim_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': usual.claim_id}]
  from counts as again
  inner join usual_counts as usual
    on again.filing_id = usual.filing_id and again.subject = usual.subject and again.stage = usual.stage
    and again.fund is not distinct from usual.fund and again.fiscal_year = usual.fiscal_year
    and again.claim_id <> usual.claim_id
  union all
  select
    'told_share_limit', filing_id, document_id, subject, measure, fund, stage, fiscal_year, label, place, 'percent',
    amount, least(amount, 100), 0, null, null,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': claim_id}]
  from shares
),

statements as (
  select
    * exclude (place),
    row_number() over (
      partition by relation, filing_id, subject, measure, fund, stage, fiscal_year order by place
    ) as nth,
    cast(null as varchar) as other_filing_id
  from told_statements
)

{{ as_assertions('words_words') }}
