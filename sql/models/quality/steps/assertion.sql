-- Every statement in words, between papers or on order that was evaluated: both sides, what rounding allows, and the
-- figures it rests on. Families hand in the same columns, whatever relation they evaluate.
with evaluated as (
  select * from {{ ref('words_tables') }}
  union all by name
  select * from {{ ref('words_words') }}
  union all by name
  select * from {{ ref('words_shares') }}
  union all by name
  select * from {{ ref('words_items') }}
  union all by name
  select * from {{ ref('words_parts') }}
  union all by name
  select * from {{ ref('words_adjusted') }}
  union all by name
  select * from {{ ref('between_papers') }}
  union all by name
  select * from {{ ref('order_cells') }}
)

select
  {{ check_id('filing_id', 'rule_id', 'subject', "coalesce(other_filing_id, '')", 'column_key') }} as check_id,
  rule_id,
  filing_id,
  other_filing_id,
  document_id,
  scope,
  unit,
  cast(lhs as decimal(28, 10)) as lhs,
  cast(rhs as decimal(28, 10)) as rhs,
  cast(lhs - rhs as decimal(28, 10)) as difference,
  cast(allowance as decimal(28, 10)) as allowance,
  case
    when lhs = rhs then 'holds'
    when abs(lhs - rhs) <= allowance or hint = 'truncated' then 'rounding'
    when reason is not null then 'not_evaluable'
    else 'broken'
  end as outcome,
  case when abs(lhs - rhs) > allowance and hint is distinct from 'truncated' then reason end as reason,
  case when lhs <> rhs then hint end as hint,
  cast(facts as struct(side varchar, sign integer, kind varchar, id varchar)[]) as facts
from evaluated
