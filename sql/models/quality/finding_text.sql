-- The broken checks in words of both languages: where, both sides with what they come to, and how far they are apart.
{{ config(materialized='ephemeral') }}
{%- set languages = ['zh', 'en'] %}
with broken as (
  select
    checks.*,
    rule.family,
    rule.relation,
    rule.formula_en,
    subtracting.rule_id is not null as subtracts,
    place.evidence,
    {{ places_needed('checks.difference', 'checks.allowance') }} as decimals
  from {{ ref('check') }} as checks
  inner join {{ ref('rule') }} as rule on checks.rule_id = rule.rule_id
  left join (
    select distinct rule_id from {{ ref('rule_term') }} where side = 'rhs' and sign < 0
  ) as subtracting on checks.rule_id = subtracting.rule_id
  left join {{ ref('place') }} as place on checks.check_id = place.check_id
  where checks.outcome = 'broken'
),

-- the sides as said, the numbers as written
said as (
  select
    broken.*,
    {%- for side in ['lhs', 'rhs'] %}
    {%- for language in languages %}
    {{ said_side('broken', side, language) }} as {{ side }}_said_{{ language }},
    {%- endfor %}
    {{ plain_number(rounded_to('broken.' ~ side, 'broken.decimals')) }} as {{ side }}_number,
    {%- endfor %}
    {{ plain_number(rounded_to('abs(broken.difference)', 'broken.decimals')) }} as difference_number,
    {% set kept = places_not_zero('broken.allowance', 'broken.decimals') -%}
    {{ plain_number(rounded_to('broken.allowance', kept)) }} as allowance_number
  from broken
)

select
  check_id,
  {{ scope_in_words('said') }} as scope,
  {%- for language in languages %}
  {%- for side in ['lhs', 'rhs'] %}
  {%- set words = 'said.' ~ side ~ '_said_' ~ language %}
  {{ valued_side(words, 'said.' ~ side, 'said.' ~ side ~ '_number', 'said', language) }} as {{ side }}_{{ language }},
  {%- endfor %}
  {%- set gap = gap_text('difference', 'difference_number', 'allowance', 'allowance_number', 'unit', language) %}
  {{ gap }} as gap_{{ language }}{{ ',' if not loop.last }}
  {%- endfor %}
from said
