{# A text as SQL writes it. #}
{% macro quoted(text) -%}
  '{{ text | replace("'", "''") }}'
{%- endmacro %}

{# A pattern that finds any of these words. #}
{% macro any_word_of(words) -%}
  {{ quoted('\\Q' ~ words | join('\\E|\\Q') ~ '\\E') }}
{%- endmacro %}
