{# What a side says, in one language: some are told in both, as `Chinese | English`. #}
{% macro side_text(side, language) -%}
  {%- set part = {'zh': 1, 'en': 2}[language] -%}
  coalesce(nullif(split_part({{ side }}, ' | ', {{ part }}), ''), {{ side }})
{%- endmacro %}

{# Words as they are quoted: quotation marks inside them are single ones. #}
{% macro inside_quotes(words) -%}
  translate({{ words }}, '“”', '‘’')
{%- endmacro %}

{# A rule's message template with its placeholders filled from the texts of a broken check and its places. #}
{% macro finding_message(language, rule, text, places, hint) -%}
  {%- set where = {'zh': ['位置：', '。'], 'en': ['Where: ', '.']}[language] -%}
  {%- set anywhere = {'zh': '全文', 'en': 'The paper'}[language] -%}
  {#- Chinese puts no blank behind a bracket -#}
  {%- set lhs = text ~ ".lhs_" ~ language -%}
  {%- set blank = "if(right(" ~ lhs ~ ", 1) = '）', '', ' ')" -%}
  {%- set template = "replace(" ~ rule ~ ".message_" ~ language ~ ", '{lhs_text} ', '{lhs_text}' || " ~ blank ~ ")" -%}
  {%- set filled = namespace(sql=template) -%}
  {%- set values = {
    'title': inside_quotes(rule ~ '.title_' ~ language),
    'scope': "coalesce(nullif(" ~ text ~ ".scope, ''), '" ~ anywhere ~ "')",
    'lhs_text': "coalesce(" ~ lhs ~ ", '—')",
    'rhs_text': "coalesce(" ~ text ~ ".rhs_" ~ language ~ ", '—')",
    'gap': "coalesce(" ~ text ~ ".gap_" ~ language ~ ", '')",
    'hint': "coalesce(" ~ hint_text(hint, language) ~ ", '')",
    'cells': "coalesce('" ~ where[0] ~ "' || nullif(" ~ places ~ ".places_" ~ language ~ ", '') || '" ~ where[1]
      ~ "', '')",
  } -%}
  {%- for name, value in values.items() -%}
    {%- set filled.sql = "replace(" ~ filled.sql ~ ", '{" ~ name ~ "}', " ~ value ~ ")" -%}
  {%- endfor -%}
  rtrim({{ filled.sql }})
{%- endmacro %}

{# What a check's hint says, in one language. #}
{% macro hint_text(hint, language) -%}
  {%- set words = {
    'zh': ["'可能是单位或小数点有误：两数相差 ' || substr(" ~ hint ~ ", 2) || ' 倍。'"],
    'en': ["'Likely a slip of unit or decimal point: one is ' || substr(" ~ hint ~ ", 2) || ' times the other. '"],
  }[language] -%}
  case when {{ hint }} is null then '' when left({{ hint }}, 1) in ('x', '/') then {{ words[0] }} end
{%- endmacro %}
