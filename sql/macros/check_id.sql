{# The identity of a check: filing, rule, subject, form and column; never bytes, page or reader, so that it survives
   republication and re-reading. #}
{% macro check_id(filing, rule, subject, form, column) -%}
  md5(concat_ws('|', {{ filing }}, {{ rule }}, {{ subject }}, {{ form }}, {{ column }}))
{%- endmacro %}
