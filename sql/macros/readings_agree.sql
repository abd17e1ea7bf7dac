{# Whether the second reader saw the same as the first, white space aside; NULL where it did not look. #}
{% macro readings_agree(first, second) -%}
  case when {{ second }}.amount_id is not null then
    coalesce(regexp_replace({{ first }}.printed, '\s', '', 'g') = regexp_replace({{ second }}.printed, '\s', '', 'g'), false)
  end
{%- endmacro %}
