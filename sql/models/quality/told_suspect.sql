-- The likeliest wrong figure told in words behind each broken statement: the printed one that stands in most broken
-- statements (of whatever family) less those that hold. One that stands in a single broken one explains nothing more; a
-- tie accuses none. Where told figures of one stage and year miss those of the tables by one and the same amount, the
-- least of them is the part that the others contain.
{{ config(materialized='ephemeral') }}
with statements as (
  select check_id, outcome, unnest(facts, recursive := true) from {{ ref('assertion') }}
  where outcome in ('holds', 'rounding', 'broken')
),

-- one printed figure may be told of several subjects (收支总计)
figures as (
  select
    facts.check_id,
    facts.outcome,
    concat_ws('|', told.paragraph_id, told.char_start) as figure,
    told.claim_id
  from (
    select check_id, outcome, id from statements where kind = 'claim'
    union all
    select check_id, outcome, unnest(json_extract_string(evidence, '$[*].id')) from {{ ref('place') }}
    where outcome = 'broken' and contains(evidence, '"kind":"claim"')
  ) as facts
  inner join {{ ref('told') }} as told on facts.id = told.claim_id
),

weighed as (
  select
    figure,
    min(claim_id) as claim_id,
    count(distinct check_id) filter (outcome = 'broken') as broken,
    count(distinct check_id) filter (outcome <> 'broken') as held
  from figures
  group by figure
),

ranked as (
  select
    figures.check_id,
    weighed.claim_id,
    rank() over (partition by figures.check_id order by weighed.broken - weighed.held desc) as place,
    count(*) over (partition by figures.check_id, weighed.broken - weighed.held) as tied
  from (select distinct check_id, figure from figures where outcome = 'broken') as figures
  inner join weighed on figures.figure = weighed.figure
  where weighed.broken > 1
),

shared as (
  select check_id, claim_id from ranked where place = 1 and tied = 1
),

-- broken against the tables by the same amount
missed as (
  select
    made.check_id, made.filing_id, made.lhs, made.difference,
    list_filter(made.facts, lambda fact: fact.side = 'lhs')[1].id as claim_id
  from {{ ref('assertion') }} as made
  inner join {{ ref('rule') }} as rule on made.rule_id = rule.rule_id
  anti join shared on made.check_id = shared.check_id
  where made.outcome = 'broken' and rule.relation = 'told_printed'
),

parts as (
  select
    check_id,
    first_value(claim_id) over (same_miss order by lhs, check_id) as claim_id,
    count(*) over same_miss as times
  from (
    select missed.*, told.stage, told.fiscal_year from missed
    inner join {{ ref('told') }} as told on missed.claim_id = told.claim_id
  ) as told_missed
  window same_miss as (partition by filing_id, difference, stage, fiscal_year)
)

select check_id, claim_id from shared
union all
select check_id, claim_id from parts where times > 1
