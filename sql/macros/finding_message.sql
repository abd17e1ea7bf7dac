{# A decimal as people write it: no trailing zeros. #}
{% macro plain_number(value) -%}
  rtrim(rtrim(cast({{ value }} as varchar), '0'), '.')
{%- endmacro %}

{# What a side says, in one language: some are told in both, as `Chinese | English`. #}
{% macro side_text(side, language) -%}
  {%- set part = {'zh': 1, 'en': 2}[language] -%}
  coalesce(nullif(split_part({{ side }}, ' | ', {{ part }}), ''), {{ side }}, '0')
{%- endmacro %}

{# A rule's message template with its placeholders filled from a broken check and the places of its cells. #}
{% macro finding_message(template, title, broken, places, hint, language) -%}
  {%- set filled = namespace(sql=template) -%}
  {%- set values = {
    'title': title,
    'scope': broken ~ '.scope',
    'lhs_text': side_text(broken ~ '.lhs_text', language),
    'rhs_text': side_text(broken ~ '.rhs_text', language),
    'lhs': "coalesce(" ~ plain_number(broken ~ '.lhs') ~ ", '')",
    'rhs': "coalesce(" ~ plain_number(broken ~ '.rhs') ~ ", '')",
    'difference': "coalesce(" ~ plain_number(broken ~ '.difference') ~ ", '')",
    'allowance': "coalesce(" ~ plain_number(broken ~ '.allowance') ~ ", '')",
    'hint': "coalesce(" ~ hint ~ ", '')",
    'cells': "coalesce(" ~ places ~ ", '—')",
  } -%}
  {%- for name, value in values.items() -%}
    {%- set filled.sql = "replace(" ~ filled.sql ~ ", '{" ~ name ~ "}', " ~ value ~ ")" -%}
  {%- endfor -%}
  {{ filled.sql }}
{%- endmacro %}

{# What a check's hint says, in one language. #}
{% macro hint_text(hint, language) -%}
  {%- set words = {
    'zh': ["'可能是单位或小数点有误：两数相差 ' || substr(" ~ hint ~ ", 2) || ' 倍。'"],
    'en': ["'Likely a slip of unit or decimal point: one is ' || substr(" ~ hint ~ ", 2) || ' times the other. '"],
  }[language] -%}
  case when {{ hint }} is null then '' when left({{ hint }}, 1) in ('x', '/') then {{ words[0] }} end
{%- endmacro %}
