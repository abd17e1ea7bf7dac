-- Family words_words, shares: a part told with its share of a whole that the paragraph tells before it (本年支出合计…，
-- 其中：基本支出…，占…%), and parts whose shares make up the whole. Whole is the amount told last before the parts that
-- has no share of its own; where the sentence tells none, the total of the fund it names is the whole of its classes. A
-- share that names its whole (占本年支出合计的…%) is of the printed total.
{{ config(materialized='ephemeral') }}
with amounts as (
  select * from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null
    and subject is not null and measure is not null and fiscal_year is not null
),

shares as (
  select * from {{ ref('told') }} where figure = 'share' and unit = 'percent' and amount is not null and last_place is not null
),

parts as (
  select
    part.*, share.amount as share, share.last_place as share_place, share.claim_id as share_id,
    regexp_extract(split_part(share.sentence, share.printed || '%', 1), '占本年(收入|支出)(合计|总计)?的?$', 1) as named_whole
  from amounts as part
  inner join shares as share
    on part.paragraph_id = share.paragraph_id and part.place = share.place - 1 and part.subject = share.subject
    and part.measure = share.measure and part.fund = share.fund
),

wholes as (
  select amounts.* from amounts anti join parts on amounts.claim_id = parts.claim_id
),

paired_with_told as (
  select
    part.*,
    whole.amount as whole,
    whole.last_place * 0.5 as whole_half,
    'claim' as whole_kind,
    whole.claim_id as whole_id,
    whole.subject as whole_subject
  from parts as part
  inner join wholes as whole
    on part.paragraph_id = whole.paragraph_id and whole.place < part.place and part.stage = whole.stage
    and part.fiscal_year = whole.fiscal_year and part.sentence = whole.sentence
  where regexp_matches(part.sentence, '以下方面|其中|包括')
    and part.named_whole = ''
  qualify row_number() over (partition by part.claim_id order by whole.place desc) = 1
),

paired as (
  select * from paired_with_told
  union all by name
  select
    part.*,
    total.amount as whole,
    total.half as whole_half,
    'amount' as whole_kind,
    total.amount_id as whole_id,
    total.subject as whole_subject
  from parts as part
  anti join wholes as told on part.paragraph_id = told.paragraph_id and part.sentence = told.sentence
  inner join {{ ref('printed_once') }} as total
    on part.filing_id = total.filing_id and part.measure = total.subject and part.measure = total.measure
    and part.fund = total.fund and part.stage = total.stage and part.fiscal_year = total.fiscal_year
  where part.fund_told and regexp_full_match(part.subject, 'function:[0-9]{3}')
    and regexp_matches(part.sentence, '以下方面|其中|包括') and part.named_whole = ''
  union all by name
  select
    part.*, total.amount as whole, total.half as whole_half, 'amount' as whole_kind, total.amount_id as whole_id,
    total.subject as whole_subject
  from parts as part
  inner join {{ ref('printed_once') }} as total
    on part.filing_id = total.filing_id and total.fund = 'all' and part.stage = total.stage
    and part.fiscal_year = total.fiscal_year
    and total.subject = if(part.named_whole = '收入', 'income', 'expenditure') and total.measure = total.subject
  where part.named_whole <> ''
),

numbered as (
  select
    *,
    row_number() over (
      partition by filing_id, subject, measure, fund, stage, fiscal_year order by place
    ) as nth
  from paired
),

told_shares as (
  select
    'told_share' as relation,
    filing_id, document_id, subject, measure, fund, stage, fiscal_year, label, nth,
    'percent' as unit,
    share as lhs,
    {{ percent_of('amount', 'whole') }} as rhs,
    {{ percent_allowance('amount', 'last_place * 0.5', 'whole', 'whole_half') }} + share_place * 0.5 as allowance,
    case when whole - whole_half <= 0 then 'base_is_zero' end as reason,
    share_place,
    [{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': share_id},
     {'side': 'rhs', 'sign': 1, 'kind': 'claim', 'id': claim_id},
     {'side': 'rhs', 'sign': 2, 'kind': whole_kind, 'id': whole_id}] as facts
  from numbered
),

groups as (
  select
    filing_id, whole_id,
    any_value(document_id) as document_id, any_value(whole_subject) as subject, any_value(sentence) as sentence,
    any_value(stage) as stage, any_value(fiscal_year) as fiscal_year,
    any_value(whole) as whole, any_value(whole_half) as whole_half,
    count(*) as n, sum(amount) as total, sum(last_place) * 0.5 as halves, sum(share) as shares,
    sum(share_place) * 0.5 as share_halves,
    count(distinct subject || '/' || fund) as distinct_parts,
    {{ facts_in_order('rhs', 'claim_id', 'place') }} as part_facts,
    {{ facts_in_order('lhs', 'share_id', 'place') }} as share_facts
  from numbered
  where whole_kind = 'claim'
  group by filing_id, whole_id
  having count(*) > 1
),

sums as (
  select
    groups.*,
    whole.label,
    row_number() over (partition by groups.filing_id, groups.subject, groups.stage, groups.fiscal_year order by whole.place) as nth,
    abs(groups.shares - 100) <= groups.share_halves as shares_are_whole,
    abs(groups.total - groups.whole) <= groups.halves + groups.whole_half as amounts_are_whole
  from groups
  inner join amounts as whole on groups.whole_id = whole.claim_id
  where groups.n = groups.distinct_parts and groups.whole > 0
),

told_statements as (
  select
    * exclude (share_place, rhs),
    coalesce(rhs, 0) as rhs,
    case when rhs > lhs and rhs - lhs < share_place then 'truncated' end as hint
  from told_shares
  union all by name
  select
    'told_parts' as relation, filing_id, document_id, subject, subject as measure, '' as fund, stage, fiscal_year, label,
    nth, 'yuan' as unit, whole as lhs, total as rhs, halves + whole_half as allowance,
    cast(null as varchar) as reason, cast(null as varchar) as hint,
    list_concat([{'side': 'lhs', 'sign': 1, 'kind': 'claim', 'id': whole_id}], part_facts) as facts
  from sums where shares_are_whole
  union all by name
  select
    'told_shares_of_whole' as relation, filing_id, document_id, subject, subject as measure, '' as fund, stage,
    fiscal_year, label, nth, 'percent' as unit, shares as lhs, 100 as rhs, share_halves as allowance,
    cast(null as varchar) as reason, cast(null as varchar) as hint,
    list_concat(share_facts, [{'side': 'rhs', 'sign': 0, 'kind': 'claim', 'id': whole_id}]) as facts
  from sums where amounts_are_whole
),

statements as (select *, cast(null as varchar) as other_filing_id from told_statements)

{{ as_assertions('words_words') }}
