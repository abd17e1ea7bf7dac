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

{# The columns of a comparison that words tell against an earlier year, of which the amount follows from this year's. #}
{% macro told_against_earlier(basis, from_yuan, from_allowance) -%}
    department_id,
    scope,
    level,
    subject,
    measure,
    fund,
    comparison_stage as from_stage,
    stage as to_stage,
    comparison_year as from_year,
    fiscal_year as to_year,
    {{ from_yuan }} as from_yuan,
    to_yuan,
    cast({{ from_allowance }} as decimal(24, 8)) as from_allowance,
    {{ half_quantum('to_quantum_yuan') }} as to_allowance,
    '{{ basis }}' as basis,
    document_id as from_document_id,
    to_document_id,
    cast(null as varchar) as from_amount_id,
    to_amount_id,
    claim_id,
    {{ is_stage_of('kind', 'stage') }} and fiscal_year = paper_year as in_its_paper
{%- endmacro %}
