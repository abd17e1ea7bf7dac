{# A classification's printed name as it is compared: no blanks, half-width brackets, no trailing 支出 of longer names. #}
{% macro code_title_key(title) -%}
  regexp_replace(
    translate(regexp_replace({{ title }}, '[\s\x{3000}]', '', 'g'), '（）', '()'),
    '^(.{3,})支出$', '\1'
  )
{%- endmacro %}
