{# Exact arithmetic: DuckDB's / turns decimals into floating point, so division is done on whole numbers (HUGEINT). #}

{# An expression over a value that has a name in it, so that it is computed once: what stands twice in a CASE is computed
   twice. #}
{% macro let(name, value, expression) -%}
  list_transform([{{ value }}], lambda {{ name }}: {{ expression }})[1]
{%- endmacro %}

{# The quotient of two whole numbers, rounded half away from zero; NULL when dividing by zero. #}
{% macro whole_quotient(numerator, denominator) -%}
  (sign({{ numerator }}) * sign({{ denominator }})
    * ((2 * abs({{ numerator }}) + abs({{ denominator }})) // nullif(2 * abs({{ denominator }}), 0)))
{%- endmacro %}

{# An amount in yuan as a whole number of fen. #}
{% macro fen(yuan) -%}
  cast({{ yuan }} * 100 as hugeint)
{%- endmacro %}

{# A whole number of fen as an amount in yuan; NULL beyond what an amount can be. #}
{% macro yuan_of_fen(fen) -%}
  try_cast(try_cast({{ fen }} as decimal(30, 0)) * 0.01 as decimal(20, 2))
{%- endmacro %}

{# One amount divided by another, to ten decimal places; NULL when dividing by zero, or beyond 10^18. #}
{% macro amount_ratio(part, whole) -%}
  try_cast(try_cast({{ whole_quotient(fen(part) ~ ' * 10000000000', fen(whole)) }} as decimal(38, 0)) * 0.0000000001
    as decimal(28, 10))
{%- endmacro %}
