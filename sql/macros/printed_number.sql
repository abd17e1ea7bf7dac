{# How many decimal places a number shows, without trailing zeros. #}
{% macro places_of(value) -%}
  length(rtrim(split_part(cast({{ value }} as varchar), '.', 2), '0'))
{%- endmacro %}

{# Half of the last place of a number with so many decimal places. #}
{% macro half_place(places) -%}
  cast('5e-' || ({{ places }} + 1) as decimal(28, 10))
{%- endmacro %}

{# What rounding can have taken from a mark: nothing from a whole one, else half of the last place that its form uses. #}
{% macro half_mark(value, places) -%}
  case when {{ value }} = trunc({{ value }}) then 0 else {{ half_place(places) }} end
{%- endmacro %}

{# One number divided by another in percent, to ten decimal places; NULL when dividing by zero. Dividing whole numbers is
   slow, so the quotient in floating point is taken wherever multiplying back shows, exactly, that none is nearer. #}
{% macro percent_of(part, whole) -%}
  {{ let(
    'ratio',
    "{'part': " ~ part ~ ", 'whole': " ~ whole ~ ", 'near': "
      ~ "try_cast(100 * cast(" ~ part ~ " as double) / cast(" ~ whole ~ " as double) as decimal(28, 10))}",
    "case when abs(100 * ratio.part - ratio.near * ratio.whole) * 2 < abs(ratio.whole) * 0.0000000001 then ratio.near"
      ~ " else " ~ percent_of_wholes(tenth_places('ratio.part'), tenth_places('ratio.whole')) ~ " end"
  ) }}
{%- endmacro %}

{# A number as a whole number of tenth decimal places. #}
{% macro tenth_places(number) -%}
  cast({{ number }} * 10000000000 as hugeint)
{%- endmacro %}

{# One whole number divided by another in percent, to ten decimal places; NULL when dividing by zero. #}
{% macro percent_of_wholes(part, whole) -%}
  try_cast(try_cast({{ whole_quotient(part ~ ' * 1000000000000', whole) }} as decimal(38, 0)) * 0.0000000001
    as decimal(28, 10))
{%- endmacro %}

{# A project's name as it is compared: without remarks in brackets, blanks, quotation marks and dashes. #}
{% macro project_key(name) -%}
  regexp_replace(regexp_replace({{ department_key(name) }}, '\([^()]*\)', '', 'g'), '[-、，,。.]', '', 'g')
{%- endmacro %}

{# How many yuan one of a unit of money is; NULL for what is none. #}
{% macro yuan_of_unit(unit) -%}
  case {{ unit }} when '元' then 1 when '千元' then 1000 when '万元' then 10000 when '万' then 10000 when '百万元' then 1000000
    when '亿元' then 100000000 end
{%- endmacro %}
