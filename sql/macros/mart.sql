{# The level of detail of a figure: headline, a classification, projects, or another pair of row and column. #}
{% macro figure_level(subject, measure) -%}
  case
    when {{ subject }} = {{ measure }} then 'headline'
    when starts_with({{ subject }}, 'function:') then 'function'
    when starts_with({{ subject }}, 'dept_economic:') then 'dept_economic'
    when starts_with({{ subject }}, 'gov_economic:') then 'gov_economic'
    when starts_with({{ subject }}, 'project:') then 'project'
    else 'other'
  end
{%- endmacro %}

{# One column of the figure that meets a condition, in a group where at most one does. #}
{% macro only(column, condition) -%}
  max({{ column }}) filter (where {{ condition }})
{%- endmacro %}

{# Amount and source of each measure side by side: overseas_travel -> overseas_travel_yuan, overseas_travel_source_id. #}
{% macro measures_side_by_side(measures) -%}
  {%- for measure in measures %}
    {{ only('amount_yuan', "measure = '" ~ measure ~ "'") }} as {{ measure }}_yuan,
    {{ only('source_id', "measure = '" ~ measure ~ "'") }} as {{ measure }}_source_id{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{# A model's description with its usage warnings behind it: what its COMMENT says. #}
{% macro described_with_warnings(description, warnings) -%}
  {{ return(description if not warnings else description ~ ' ⚠ ' ~ (warnings | join(' ⚠ '))) }}
{%- endmacro %}

{% macro duckdb__alter_relation_comment(relation, comment) -%}
  {%- set warnings = model.config.get('meta', {}).get('usage_warnings', []) -%}
  comment on {{ relation.type }} {{ relation }} is
    {{ duckdb_escape_comment(described_with_warnings(comment, warnings)) }};
{%- endmacro %}
