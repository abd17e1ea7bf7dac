-- The figures every check of forms, words, papers and order rests on: printed in a cell or told in words.
with told as (
  select check_id, filing_id, unnest(range(1, len(facts) + 1)) as term_no, unnest(facts, recursive := true)
  from {{ ref('assertion') }}
)

select check_id, filing_id, term_no, side, factor, amount_id, cast(null as varchar) as claim_id
from {{ ref('form_part') }}
union all
select
  check_id,
  filing_id,
  cast(term_no as integer),
  side,
  cast(if(abs(sign) = 1, sign, null) as decimal(9, 4)),
  case when kind = 'amount' then id end,
  case when kind = 'claim' then id end
from told
