{# The statements of a family as rows of `assertion`: the model's CTE `statements` names for each what was evaluated
   (relation, and the quantity by subject, measure, fund, stage, year and which telling of it) and hands in both sides;
   the active rule of the family with this relation gives the id. All families hand in decimals of one kind: where kinds
   meet, DuckDB takes places from the longer ones, row by row and slowly. #}
{% macro as_assertions(family) -%}
select
  rule.rule_id,
  statements.filing_id,
  statements.other_filing_id,
  statements.subject,
  concat_ws(
    '/', statements.measure, statements.fund, statements.stage, statements.fiscal_year, nullif(statements.nth, 1)
  ) as column_key,
  statements.document_id,
  statements.label as scope,
  statements.unit,
  cast(statements.lhs as decimal(28, 10)) as lhs,
  cast(statements.rhs as decimal(28, 10)) as rhs,
  cast(statements.allowance as decimal(28, 10)) as allowance,
  statements.reason,
  statements.hint,
  statements.facts
from statements
inner join {{ ref('rule') }} as rule on statements.relation = rule.relation
where rule.status = 'active' and rule.family = '{{ family }}'
{%- endmacro %}

{# The claims of a group as facts of one side, in the order in which they are told; sorted when listed, since a list that
   is made in order costs many times as much. #}
{% macro facts_in_order(side, claim_id, place) -%}
  list_transform(
    list_sort(list({'place': {{ place }}, 'id': {{ claim_id }}})),
    lambda told: {'side': '{{ side }}', 'sign': 1, 'kind': 'claim', 'id': told.id}
  )
{%- endmacro %}
