-- The likeliest wrong cell of each broken check: the one whose change mends most. Changing a cell so that one check
-- comes right may mend others that it stands in, and spoils those it stands in that hold; the cell with the largest
-- gain is the suspect. A tie between cells gives none; neither does a change that spoils as much as it mends (a row that
-- was left out), nor a check with a blank side, where the wrong cell may be the one that was not printed. No amount is suspected of having to be negative. Of a figure recognised in a picture
-- one digit may have been misread: nothing else is suggested for it, and of several the least certain is suspected.
with parts as (
  select
    part.check_id,
    part.rule_id,
    part.filing_id,
    part.amount_id,
    case when part.side = 'lhs' then part.factor else -part.factor end as weight,
    checks.outcome,
    checks.difference,
    checks.allowance,
    cells.amount_yuan,
    count(*) filter (part.side = 'lhs') over (partition by part.check_id) > 0
      and count(*) filter (part.side = 'rhs') over (partition by part.check_id) > 0 as both_sides
  from {{ ref('form_part') }} as part
  inner join {{ ref('check') }} as checks on part.check_id = checks.check_id
  inner join {{ ref('cell') }} as cells on part.amount_id = cells.amount_id
  semi join (select filing_id from {{ ref('check') }} where outcome = 'broken') as affected
    on part.filing_id = affected.filing_id
  where checks.outcome in ('holds', 'rounding', 'broken') and abs(part.factor) = 1
),

-- the change of a cell that would make a broken check come right
changes as (
  select
    check_id, amount_id, amount_yuan, allowance,
    cast(case when weight > 0 then -difference else difference end as decimal(28, 10)) as change
  from parts
  where outcome = 'broken' and both_sides
),

remedies as (
  select changes.*, if(amount.confidence < {{ doubtful() }}, amount.confidence, 1) as certainty
  from changes
  inner join {{ ref('amount') }} as amount on changes.amount_id = amount.amount_id
  where amount.confidence is null
    or {{ differs_by_one_digit('amount.printed', 'changes.amount_yuan + changes.change', 'amount.unit') }}
),

holding as (
  select amount_id, count(distinct check_id) as spoilt from parts where outcome <> 'broken' group by amount_id
),

weighed as (
  select
    remedy.check_id,
    remedy.amount_id,
    remedy.change,
    any_value(remedy.certainty) as certainty,
    count(distinct other.check_id) as mended,
    coalesce(any_value(holding.spoilt), 0) as spoilt
  from remedies as remedy
  inner join remedies as other
    on remedy.amount_id = other.amount_id and abs(remedy.change - other.change) <= other.allowance
  left join holding on remedy.amount_id = holding.amount_id
  where remedy.amount_yuan < 0 or remedy.amount_yuan + remedy.change >= 0
  group by remedy.check_id, remedy.amount_id, remedy.change
),

ranked as (
  select
    *,
    rank() over (partition by check_id order by mended - spoilt desc, certainty) as place,
    count(*) over (partition by check_id, mended - spoilt, certainty) as tied
  from weighed
)

select
  ranked.check_id,
  ranked.amount_id,
  ranked.mended,
  ranked.spoilt,
  cast(cells.amount_yuan + ranked.change as decimal(28, 10)) as suggested_value
from ranked
inner join {{ ref('cell') }} as cells on ranked.amount_id = cells.amount_id
where ranked.place = 1 and ranked.tied = 1 and ranked.mended > ranked.spoilt
