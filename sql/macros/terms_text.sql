{# One side of a check in words, its terms in order: `term` for each row of the side, sorted by `place` (not NULL), without
   the plus sign in front. A sorted list is joined, which is four times as fast as aggregating strings in order. #}
{% macro terms_text(side, term, place) -%}
  ltrim(array_to_string(list_transform(
    list_sort(list({'place': {{ place }}, 'term': {{ term }}}) filter (side = '{{ side }}')), lambda told: told.term
  ), ' '), '+ ')
{%- endmacro %}
