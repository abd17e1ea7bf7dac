{# A text as SQL writes it. #}
{% macro quoted(text) -%}
  '{{ text | replace("'", "''") }}'
{%- endmacro %}

{# Whether a text has any of these words: few are looked for one by one, which costs less than one pattern of them all. #}
{% macro has_any_word_of(text, words) -%}
  {%- if words | length <= 4 -%}
    ({% for word in words %}contains({{ text }}, {{ quoted(word) }}){{ ' or ' if not loop.last }}{% endfor %})
  {%- else -%}
    regexp_matches({{ text }}, {{ quoted('\\Q' ~ words | join('\\E|\\Q') ~ '\\E') }})
  {%- endif -%}
{%- endmacro %}
