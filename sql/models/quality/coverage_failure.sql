-- Rules that were silent where they should have spoken: silence is the worst error.
with totals as (
  select
    rule_id,
    count(*) filter (forms_present) as filings,
    sum(evaluated) as evaluated,
    sum(not_evaluable) as not_evaluable
  from {{ ref('coverage') }}
  group by rule_id
)

select
  totals.rule_id,
  totals.filings,
  cast(totals.evaluated as bigint) as evaluated,
  cast(totals.not_evaluable as bigint) as not_evaluable,
  rule.coverage_floor,
  case when totals.evaluated = 0 then 'nothing_evaluated' else 'below_floor' end as reason
from totals
inner join {{ ref('rule') }} as rule on totals.rule_id = rule.rule_id
where totals.not_evaluable > 0
  and totals.evaluated < rule.coverage_floor * (totals.evaluated + totals.not_evaluable)
