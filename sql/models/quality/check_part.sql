-- Every cell of every check. Families hand in the same columns, whatever relation they evaluate.
with parts as (
  select * from {{ ref('linear_part') }}
  union all
  select * from {{ ref('hierarchy_part') }}
)

select
  {{ check_id(
    'parts.filing_id', 'parts.rule_id', 'parts.key_row',
    "concat_ws('+', rule.forms[1], nullif(parts.key_seq, 1))",
    "concat_ws('/', parts.key_measure, parts.key_fund, parts.key_stage)"
  ) }} as check_id,
  parts.*
from parts
inner join {{ ref('rule') }} as rule on parts.rule_id = rule.rule_id
