{# On which level of mart.year_over_year a subject and measure are compared; NULL: on none. #}
{% macro comparison_level(subject, measure) -%}
  case
    when {{ subject }} = {{ measure }} then 'headline'
    when starts_with({{ subject }}, 'function:') and {{ measure }} = 'expenditure' then 'function'
    when starts_with({{ subject }}, 'dept_economic:') then 'economic'
  end
{%- endmacro %}

{# Last year's budget, seen from its own year, is an initial budget; its final accounts are final. What last year is
   expected to execute stays a stage of its own. #}
{% macro own_stage(stage) -%}
  case {{ stage }} when 'prior_budget' then 'initial_budget' when 'prior_final' then 'final' else {{ stage }} end
{%- endmacro %}

{# Whether a stage is what a paper of this kind is about. #}
{% macro is_stage_of(kind, stage) -%}
  coalesce(({{ kind }}, {{ stage }}) in (('final_accounts', 'final'), ('budget', 'initial_budget')), false)
{%- endmacro %}

{# Half the printed precision: how far a printed amount can be from the exact one. #}
{% macro half_quantum(quantum) -%}
  cast(coalesce({{ quantum }}, 0) * 0.5 as decimal(24, 8))
{%- endmacro %}
