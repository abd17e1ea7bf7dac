-- The assertions as checks, and one row for each rule and filing where nothing of the kind is told.
{{ config(materialized='ephemeral') }}
with texts as (
  select
    check_id,
    {%- for side in ('lhs', 'rhs') %}
    {{ terms_text(
      side, "concat(case sign when 1 then '+ ' when 0 then '＝ ' when 2 then '÷ ' else '− ' end, label, ' ', printed)",
      "{'is_divisor': sign = 2, 'order': place_order}"
    ) }} as {{ side }}_text{{ ',' if not loop.last }}
    {%- endfor %}
  from {{ ref('assertion_fact') }}
  group by check_id
),

readings as (
  select facts.check_id, bool_or(not {{ readings_agree('amount', 'again') }}) as differ
  from {{ ref('assertion_fact') }} as facts
  inner join {{ ref('amount') }} as amount on facts.id = amount.amount_id
  inner join {{ ref('second_reading') }} as again on amount.amount_id = again.amount_id
  group by facts.check_id
),

candidates as (
  select rule.rule_id, rule.title_zh, filing.filing_id
  from {{ ref('rule') }} as rule
  inner join {{ ref('filing') }} as filing on rule.kind in ('any', filing.kind)
  where rule.status = 'active' and rule.relation is not null and rule.family not in {{ place_families() }}
)

select
  made.check_id,
  made.rule_id,
  made.filing_id,
  made.other_filing_id,
  made.document_id,
  made.scope,
  made.unit,
  made.lhs,
  made.rhs,
  texts.lhs_text,
  texts.rhs_text,
  made.difference,
  made.allowance,
  made.outcome,
  case
    when made.outcome <> 'broken' then null
    when document.format in ('docx', 'xlsx', 'xls', 'html', 'text') then 'source'
    when readings.differ then 'reading'
    else 'unknown'
  end as cause,
  made.reason,
  made.hint
from {{ ref('assertion') }} as made
left join texts on made.check_id = texts.check_id
left join readings on made.check_id = readings.check_id
left join {{ ref('document') }} as document on made.document_id = document.document_id
union all
select
  {{ check_id('candidates.filing_id', 'candidates.rule_id', "''", "''", "''") }},
  candidates.rule_id,
  candidates.filing_id,
  null, null,
  candidates.title_zh,
  'yuan',
  null, null, null, null, null, null,
  'not_applicable',
  null,
  'nothing_told',
  null
from candidates
anti join {{ ref('assertion') }} as made
  on candidates.rule_id = made.rule_id and candidates.filing_id = made.filing_id
