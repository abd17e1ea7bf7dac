-- How much of each rule was evaluated in each filing of its kind.
select
  rule_id,
  filing_id,
  bool_and(reason is distinct from 'form_absent') as forms_present,
  count(*) filter (outcome in ('holds', 'rounding', 'broken')) as evaluated,
  count(*) filter (outcome = 'holds') as holds,
  count(*) filter (outcome = 'rounding') as rounding,
  count(*) filter (outcome = 'broken') as broken,
  count(*) filter (outcome = 'not_applicable') as not_applicable,
  count(*) filter (outcome = 'not_evaluable') as not_evaluable
from {{ ref('check') }}
group by rule_id, filing_id
