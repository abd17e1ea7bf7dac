{# How far two sides may lie apart by rounding alone, in yuan; the only place where a tolerance is computed.

   Every printed figure is off by at most half its quantum q. So a side of n figures against m figures may differ by
   Σ q/2 over all of them: (n+1)·q/2 for a total of n parts.

   `printed_twice`: one figure on each side, the same quantity; both were rounded from one true value, so they differ by
   half the coarser quantum at most. Where a figure is itself exactly the sum of n printed parts, it may have been
   added up after rounding and be off by n·q/2: then (n+1)·q/2.

   half_quanta: Σ q/2 over the figures · coarsest: the coarsest q · half_part_quanta: Σ n·q/2, n = 1 for a figure that
   is no sum · figures: how many figures · most_parts: the largest n #}
{% macro allowance(tolerance, figures, most_parts, half_quanta, half_part_quanta, coarsest) -%}
  case
    when {{ tolerance }} = 'rounded_terms' then cast({{ half_quanta }} as decimal(28, 10))
    when {{ figures }} = 2 and {{ most_parts }} = 1 then cast({{ coarsest }} * 0.5 as decimal(28, 10))
    else cast({{ half_part_quanta }} as decimal(28, 10))
  end
{%- endmacro %}

{# How far one figure printed in two papers may lie apart: both were rounded from one amount, unless one was added up from
   rounded parts. #}
{% macro printed_in_both(half, other_half, adds_up) -%}
  if({{ adds_up }}, {{ half }} + {{ other_half }}, greatest({{ half }}, {{ other_half }}))
{%- endmacro %}

{# How far a rate in percent may lie from part ÷ whole by rounding of the two alone (interval arithmetic); to nine
   places; NULL where the whole may be zero. `*_half`: half the last place of each. #}
{% macro percent_allowance(part, part_half, whole, whole_half) -%}
  case when abs({{ whole }}) - {{ whole_half }} > 0 then {{ let(
    'rates',
    "list_transform("
      ~ "[{'part': abs(" ~ part ~ ") + " ~ part_half ~ ", 'whole': abs(" ~ whole ~ ") - " ~ whole_half ~ "}, "
      ~ "{'part': abs(" ~ part ~ "), 'whole': abs(" ~ whole ~ ")}, "
      ~ "{'part': greatest(abs(" ~ part ~ ") - " ~ part_half ~ ", 0), 'whole': abs(" ~ whole ~ ") + " ~ whole_half ~ "}], "
      ~ "lambda rate: " ~ percent_of('rate.part', 'rate.whole') ~ ")",
    'cast(greatest(rates[1] - rates[2], rates[2] - rates[3]) as decimal(28, 9))'
  ) }} end
{%- endmacro %}
