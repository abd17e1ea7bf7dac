{# The families whose checks are places of documents (quality.place), not cells or figures told. #}
{% macro place_families() -%}
  ('performance', 'completeness', 'dictionary', 'slip')
{%- endmacro %}

{# Evidence of a place: one thing of a document, as findings list it. All arguments are SQL. Written out member by member,
   which takes half the time of a JSON list of structs. #}
{% macro evidence_of(document, kind, id, printed, page) -%}
  concat(
    '[{"document_id":', {{ _json(document) }}, ',"side":"lhs","sign":1,"kind":', {{ _json(kind) }}, ',"id":', {{ _json(id) }},
    ',"printed":', {{ _json(printed) }}, ',"page_no":', {{ _json(page) }}, ',"bbox":null}]'
  )
{%- endmacro %}

{% macro _json(value) -%}
  coalesce(cast(to_json({{ value }}) as varchar), 'null')
{%- endmacro %}

{# Page or line, as findings tell a place. #}
{% macro page_or_line(page, line) -%}
  case when {{ page }} is not null then concat('p', {{ page }}) when {{ line }} is not null then concat('l', {{ line }}) end
{%- endmacro %}

{# The rows of `placed` as places of their rules, for slips of text; `thing` is what they are seen in. All arguments are SQL. #}
{% macro placed_slips(
  thing="placed.kind, placed.id, placed.found as printed, placed.page_no, placed.line_no",
  key_column="placed.key_column",
  relation="placed.relation",
  root_key="cast(null as varchar)",
  root_rank="cast(null as integer)"
) -%}
select
  rule.rule_id,
  placed.filing_id,
  placed.document_id,
  placed.key_row,
  'text' as key_form,
  {{ key_column }} as key_column,
  placed.place as scope,
  placed.found as lhs_text,
  placed.expected as rhs_text,
  placed.verdict as outcome,
  {{ thing }},
  {{ root_key }} as root_key,
  {{ root_rank }} as root_rank
from placed
inner join {{ ref('rule') }} as rule on {{ relation }} = rule.relation and rule.status = 'active'
{%- endmacro %}

{# The paragraph by its number, where a paper has neither pages nor lines (HTML, DOCX). #}
{% macro paragraph_place(evidence) -%}
  '¶' || nullif(regexp_extract(cast({{ evidence }} as varchar), '"kind":"paragraph","id":"[^"]*[^0-9"]([0-9]+)"', 1), '')
{%- endmacro %}

{# A text as it is searched: without blanks. #}
{% macro without_blanks(text) -%}
  regexp_replace({{ text }}, '[\s\x{3000}\x{00a0}]', '', 'g')
{%- endmacro %}

{# A form's topic, as words name it: its title without what all titles have. #}
{% macro form_topic(title) -%}
  regexp_replace(
    regexp_replace({{ without_blanks(title) }}, '[“”"‘’]|20\d\d年?度?|[（(][^）)]*[）)]|^[一二三四五六七八九十]+、', '', 'g'),
    '财政拨款|一般公共预算|收入|支出|收支|决算|预算|总体|情况|明细|功能|分类|部门|单位|总|表', '', 'g'
  )
{%- endmacro %}

{# The earmarked budget that words name, where it is one of the two that many papers do not have. #}
{% macro earmarked_budget(words) -%}
  case
    when contains({{ words }}, '政府性基金') and not contains({{ words }}, '国有资本') then '政府性基金'
    when contains({{ words }}, '国有资本') and not contains({{ words }}, '政府性基金') then '国有资本经营'
  end
{%- endmacro %}

{# In which field of `performance_cell` a figure of a performance form is printed, by what it is; NULL for sums and words. #}
{% macro cell_field(kind, quantity) -%}
  case
    when {{ kind }} = 'project_amount' then 'amount'
    when {{ kind }} = 'project' then case {{ quantity }} when 'form_score' then 'score' when 'result_executed' then 'result' end
    when {{ kind }} = 'indicator' then case
      when {{ quantity }} in ('told_by_indicator', 'told_by_parts', 'quantity_reached') then 'actual'
      when {{ quantity }} in ('cost_target', 'quantity_set') then 'target'
      when {{ quantity }} = 'all_or_nothing_score' then 'score'
      when {{ quantity }} in ('all_marks', 'criteria_weight', 'system_weight', 'first_system_weight') then 'weight'
    end
  end
{%- endmacro %}
