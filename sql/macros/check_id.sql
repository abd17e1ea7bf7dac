{# The identity of a check: filing, rule, subject, form and column; never bytes, page or reader, so that it survives
   republication and re-reading. #}
{% macro check_id(filing, rule, subject, form, column) -%}
  md5(concat_ws('|', {{ filing }}, {{ rule }}, {{ subject }}, {{ form }}, {{ column }}))
{%- endmacro %}

{# The identity of a check of cells, where the columns stand that its place is made of; `form`: the first form of the rule. #}
{% macro form_check_id(form) -%}
  {{ check_id(
    'filing_id', 'rule_id', 'key_row', "concat_ws('+', " ~ form ~ ", nullif(key_seq, 1))",
    "concat_ws('/', key_measure, key_fund, key_stage)"
  ) }}
{%- endmacro %}
