-- The likeliest wrong figure told in words behind each broken statement: the one that stands in most broken statements
-- less those that hold. One that stands in a single broken one explains nothing more; a tie accuses none.
{{ config(materialized='ephemeral') }}
with figures as (
  select check_id, outcome, unnest(facts, recursive := true) from {{ ref('assertion') }}
  where outcome in ('holds', 'rounding', 'broken')
),

weighed as (
  select
    id,
    count(distinct check_id) filter (outcome = 'broken') as broken,
    count(distinct check_id) filter (outcome <> 'broken') as held
  from figures
  where kind = 'claim'
  group by id
),

ranked as (
  select
    figures.check_id,
    figures.id,
    rank() over (partition by figures.check_id order by weighed.broken - weighed.held desc) as place,
    count(*) over (partition by figures.check_id, weighed.broken - weighed.held) as tied
  from (select distinct check_id, id from figures where outcome = 'broken' and kind = 'claim') as figures
  inner join weighed on figures.id = weighed.id
  where weighed.broken > 1
)

select check_id, id as claim_id from ranked where place = 1 and tied = 1
