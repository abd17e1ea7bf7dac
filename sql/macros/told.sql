{# Whether a sentence or its heading names the fund that a figure was understood to be of. Where it does not, the words
   leave the fund open and any fund printed with the subject may be meant. #}
{% macro names_fund(fund, words) -%}
  case {{ fund }}
    when 'general_public_budget' then contains({{ words }}, '一般公共预算')
    when 'government_managed_fund_budget' then contains({{ words }}, '政府性基金')
    when 'state_capital_operating_budget' then contains({{ words }}, '国有资本')
    when 'fiscal_appropriation' then contains({{ words }}, '财政拨款') and not contains({{ words }}, '一般公共预算')
    else false
  end
{%- endmacro %}

{# The last place of a percentage as printed (98.2% -> 0.1); NULL without digits. #}
{% macro last_place(printed) -%}
  case when regexp_matches({{ printed }}, '[0-9]')
    then [
      1.000000, 0.100000, 0.010000, 0.001000, 0.000100, 0.000010, 0.000001
    ][least(length(regexp_extract({{ printed }}, '[.．]([0-9]+)', 1)), 6) + 1]
  end
{%- endmacro %}

{# Whether a rule without terms looks at a subject and measure. #}
{% macro looks_at(rule, subject, measure) -%}
  (({{ rule }}.subject_pattern is null and {{ subject }} = {{ measure }})
    or regexp_full_match({{ subject }}, {{ rule }}.subject_pattern))
  and (len({{ rule }}.measures) = 0 or list_contains({{ rule }}.measures, {{ measure }}))
{%- endmacro %}

{# Which power of ten separates two figures, when one does: 4 for 万元 printed as 元; NULL otherwise. The shorter of the
   two decides how many digits can be compared. #}
{% macro power_of_ten(one, other) -%}
  case
    when {{ one }} = {{ other }} then null
    {%- for power in [8, 4, 3, 2, 1] %}
    {%- set factor = '1' ~ '0' * power %}
    when {{ one }} <> 0 and abs({{ one }} - {{ other }} * {{ factor }}) * 10000 <= abs({{ one }}) then 'x{{ factor }}'
    when {{ other }} <> 0 and abs({{ other }} - {{ one }} * {{ factor }}) * 10000 <= abs({{ other }}) then '/{{ factor }}'
    {%- endfor %}
  end
{%- endmacro %}

{# Whether words stand for the money of some projects that the sentence leaves open (涉及预算金额, 项目资金): not a
   quantity that tables or other sentences tell. #}
{% macro of_some_projects(subject, label) -%}
  ({{ subject }} = 'project_expenditure' and regexp_matches({{ label }}, '涉及|资金|金额'))
{%- endmacro %}

{# The three public expenses and their parts. #}
{% macro three_public_measures() -%}
  'three_public', 'overseas_travel', 'official_vehicles', 'vehicle_purchase', 'vehicle_running', 'official_reception'
{%- endmacro %}
