-- Sums as the checksum of what was recognised in pictures. A form is trusted where at least one sum of its figures was
-- evaluated and none is broken.
with recognised as (
  select amount_id, form_id, filing_id, document_id, confidence from {{ ref('amount') }} where confidence is not null
),

sums as (
  select part.amount_id, bool_or(checks.outcome = 'broken') as in_broken
  from {{ ref('form_part') }} as part
  inner join {{ ref('check') }} as checks on part.check_id = checks.check_id
  semi join recognised on part.amount_id = recognised.amount_id
  where checks.outcome in ('holds', 'rounding', 'broken')
  group by part.amount_id
)

select
  recognised.form_id,
  any_value(recognised.filing_id) as filing_id,
  any_value(recognised.document_id) as document_id,
  count(*) as figures,
  count(*) filter (not sums.in_broken) as confirmed,
  count(*) filter (sums.in_broken) as in_broken,
  min(recognised.confidence) as least_confidence,
  coalesce(bool_or(not sums.in_broken) and not bool_or(sums.in_broken), false) as is_trusted
from recognised
left join sums on recognised.amount_id = sums.amount_id
group by recognised.form_id
