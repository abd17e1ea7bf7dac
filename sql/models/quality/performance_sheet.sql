-- The tables of performance papers on which rules are evaluated: a project's form, or an indicator system of the whole
-- department. `places` is the finest decimal place that its marks use; `name_no` tells sheets of one name apart.
{{ config(materialized='ephemeral') }}
with indicators as (
  select
    coalesce(project_id, concat(document_id, '#', table_no)) as sheet_id,
    filing_id, document_id, project_id, table_no,
    min(line_no) as line_no, min(page_no) as page_no,
    max({{ places_of('score') }}) as places,
    bool_or(row_kind = 'indicator' and contains(level1, '执行')) as rate_is_indicator,
    count(*) filter (row_kind = 'indicator') as indicators,
    count(weight) filter (row_kind = 'indicator') as weighted,
    count(score) filter (row_kind = 'indicator') as scored
  from {{ ref('indicator') }}
  group by all
)

select
  coalesce(project.project_id, indicators.sheet_id) as sheet_id,
  coalesce(project.filing_id, indicators.filing_id) as filing_id,
  coalesce(project.document_id, indicators.document_id) as document_id,
  project.project_id,
  coalesce(project.project, '部门整体') as name,
  coalesce(project.form_code, 'PF04') as form_code,
  coalesce(project.form_title, '绩效评价指标体系') as form_title,
  {{ project_key('project.project') }} as project_key,
  cast(row_number() over (
    partition by coalesce(project.filing_id, indicators.filing_id), coalesce(project.project, '部门整体'),
      coalesce(project.form_code, 'PF04')
    order by coalesce(project.table_no, indicators.table_no), project.line_no, project.page_no
  ) as integer) as name_no,
  project.rate_points,
  project.rate_score,
  project.score,
  project.grade,
  project.execution_rate_printed,
  greatest(coalesce(indicators.places, 0), {{ places_of('coalesce(project.score, 0)') }},
    {{ places_of('coalesce(project.rate_score, 0)') }}) as places,
  coalesce(indicators.rate_is_indicator, false) as rate_is_indicator,
  coalesce(indicators.indicators, 0) as indicators,
  coalesce(indicators.weighted, 0) as weighted,
  coalesce(indicators.scored, 0) as scored,
  coalesce(project.table_no, indicators.table_no) as table_no,
  coalesce(project.page_no, indicators.page_no) as page_no,
  coalesce(project.line_no, indicators.line_no) as line_no
from {{ ref('project') }} as project
full join indicators on project.project_id = indicators.sheet_id
where coalesce(project.filing_id, indicators.filing_id) is not null
