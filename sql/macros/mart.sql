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

{# Whether rows of two relations have equal columns; a pair names the column of each: ('to_year', 'fiscal_year'). #}
{% macro same(one, other, columns) -%}
  {%- for column in columns %}
    {%- set pair = (column, column) if column is string else column %}
    {{- one }}.{{ pair[0] }} = {{ other }}.{{ pair[1] }}{{ ' and ' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{# The headline amounts of some measures beside each other: one row per department, fund, stage and year. #}
{% macro headlines_side_by_side(measures) -%}
    select
        department_id,
        department,
        region_code,
        scope,
        fund,
        stage,
        fiscal_year,
        {{ measures_side_by_side(measures) }}
    from {{ ref('figure') }}
    where level = 'headline' and measure in ('{{ measures | join("', '") }}') and amount_yuan is not null
    group by all
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
