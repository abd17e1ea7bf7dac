-- What people said of findings, from the file of reviews: the last word on each. Ids of findings are stable, so a review
-- outlives every load, and a finding that comes back finds its review again.
select
  finding_id,
  verdict,
  reason,
  reviewer,
  reviewed_on,
  expires_on,
  in_force,
  times
from {{ build_input('review') }}
