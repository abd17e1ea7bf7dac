{# A figure recognised with less confidence is more likely wrong than one recognised with more. #}
{% macro doubtful() -%}
  0.95
{%- endmacro %}

{# Whether an amount of `yuan` would be printed like `printed` but for one digit, in the same unit and places. #}
{% macro differs_by_one_digit(printed, yuan, unit) -%}
  coalesce(
    {{ _length_without_marks(printed) }} >= length({{ _digits_of(printed, yuan, unit) }})
    and hamming(
      regexp_replace({{ printed }}, '\D', '', 'g'),
      lpad({{ _digits_of(printed, yuan, unit) }}, {{ _length_without_marks(printed) }}, '0')
    ) = 1,
    false
  )
{%- endmacro %}

{% macro _length_without_marks(printed) -%}
  cast(length(regexp_replace({{ printed }}, '\D', '', 'g')) as integer)
{%- endmacro %}

{# The digits of an amount in a unit, to as many places as `printed` has; NULL if it needs more, or the unit is none of money. #}
{% macro _digits_of(printed, yuan, unit) -%}
  cast(case
    when {{ _in_last_places(printed, yuan, unit) }} = trunc({{ _in_last_places(printed, yuan, unit) }})
      then cast(abs({{ _in_last_places(printed, yuan, unit) }}) as hugeint)
  end as varchar)
{%- endmacro %}

{% macro _in_last_places(printed, yuan, unit) -%}
  (cast({{ yuan }} as decimal(20, 2))
    * cast(case {{ unit }} when '元' then 1 when '千元' then 0.001 when '万元' then 0.0001 when '亿元' then 0.00000001 end
      as decimal(9, 8))
    * cast(case length(split_part({{ printed }}, '.', 2))
      when 0 then 1 when 1 then 10 when 2 then 100 when 3 then 1000 when 4 then 10000 when 6 then 1000000
      end as decimal(7, 0)))
{%- endmacro %}
