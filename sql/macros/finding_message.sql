{# A decimal as people write it: no trailing zeros. #}
{% macro plain_number(value) -%}
  rtrim(rtrim(cast({{ value }} as varchar), '0'), '.')
{%- endmacro %}

{# A rule's message template with its placeholders filled from a broken check and the places of its cells. #}
{% macro finding_message(template, title, broken, places) -%}
  {%- set filled = namespace(sql=template) -%}
  {%- set values = {
    'title': title,
    'scope': broken ~ '.scope',
    'lhs_text': "coalesce(" ~ broken ~ ".lhs_text, '0')",
    'rhs_text': "coalesce(" ~ broken ~ ".rhs_text, '0')",
    'lhs': plain_number(broken ~ '.lhs'),
    'rhs': plain_number(broken ~ '.rhs'),
    'difference': plain_number(broken ~ '.difference'),
    'allowance': plain_number(broken ~ '.allowance'),
    'cells': "coalesce(" ~ places ~ ", '')",
  } -%}
  {%- for name, value in values.items() -%}
    {%- set filled.sql = "replace(" ~ filled.sql ~ ", '{" ~ name ~ "}', " ~ value ~ ")" -%}
  {%- endfor -%}
  {{ filled.sql }}
{%- endmacro %}
