{# A decimal as people write it: thousands apart, no trailing zeros. In text, never as a float. #}
{% macro plain_number(value) -%}
  concat(
    case when {{ value }} < 0 then '-' end,
    format('{:,}', cast(split_part(cast(abs({{ value }}) as varchar), '.', 1) as hugeint)),
    nullif('.' || rtrim(split_part(cast(abs({{ value }}) as varchar), '.', 2), '0'), '.')
  )
{%- endmacro %}

{# How many decimal places a difference needs to be seen beside what rounding can cause. #}
{% macro places_needed(difference, allowance) -%}
  case
    {%- for places in [2, 3, 4, 6] %}
    when round(abs({{ difference }}), {{ places }}) > round({{ allowance }}, {{ places }}) then {{ places }}
    {%- endfor %}
    when {{ difference }} = 0 then 2
    else 10
  end
{%- endmacro %}

{# How many decimal places a number above zero needs not to become zero, and no fewer than `least`. #}
{% macro places_not_zero(value, least) -%}
  case
    {%- for places in [2, 3, 4, 6] %}
    when {{ places }} >= {{ least }} and (round({{ value }}, {{ places }}) > 0 or {{ value }} = 0) then {{ places }}
    {%- endfor %}
    else 10
  end
{%- endmacro %}

{# A decimal rounded to one of the numbers of places that `places_needed` gives. #}
{% macro rounded_to(value, places) -%}
  cast(case {{ places }}
    {%- for each in [2, 3, 4, 6] %} when {{ each }} then round({{ value }}, {{ each }}){% endfor %} else {{ value }}
  end as decimal(28, 10))
{%- endmacro %}

{# A number with its unit, in one language. A difference of percentages is one of percentage points. #}
{% macro with_unit(number, unit, language, is_gap=false) -%}
  {%- set words = {
    'zh': {'yuan': ' 元', 'percent': ' 个百分点' if is_gap else '%', 'score': ' 分'},
    'en': {'yuan': ' yuan', 'percent': ' percentage points' if is_gap else '%', 'score': ' points'},
  }[language] -%}
  concat({{ number }}, case
    {%- if language == 'en' %} when {{ number }} = '1' and {{ unit }} = 'score' then ' point'{% endif %}
    {%- for name, word in words.items() %} when {{ unit }} = '{{ name }}' then '{{ word }}'{% endfor %}
  end)
{%- endmacro %}

{# How far two sides are apart and what of it rounding could have caused, in one language. #}
{% macro gap_text(difference, difference_text, allowance, allowance_text, unit, language) -%}
  {%- set words = {
    'zh': ['两者相等', '相差 ', '，超出四舍五入所能造成的 ', ''],
    'en': ['both are equal', 'difference ', ', more than the ', ' that rounding can cause'],
  }[language] -%}
  case
    when {{ difference }} = 0 then '{{ words[0] }}'
    when {{ difference }} is not null then concat(
      '{{ words[1] }}', {{ with_unit(difference_text, unit, language, true) }},
      case when {{ allowance }} > 0 and {{ allowance }} < abs({{ difference }})
        then concat('{{ words[2] }}', {{ with_unit(allowance_text, unit, language, true) }}, '{{ words[3] }}') end
    )
  end
{%- endmacro %}
