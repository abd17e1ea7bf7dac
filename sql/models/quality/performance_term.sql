-- The printed figures that a sum over a sheet, a level or a section of it is made of, and those of the sources of money.
{{ config(materialized='ephemeral') }}
with rows as (
  select
    coalesce(project_id, concat(document_id, '#', table_no)) as sheet_id,
    indicator_id, level1, level2, weight, score, level1_points,
    row_number() over (
      partition by coalesce(project_id, concat(document_id, '#', table_no)), level1 order by line_no, indicator_id
    ) as row_of_level
  from {{ ref('indicator') }}
  where row_kind = 'indicator'
),

marks as (
  select
    sheet_id, level1, level2, row_of_level, indicator_id as id,
    unnest([
      {'field': 'weight', 'value': weight}, {'field': 'score', 'value': score},
      {'field': 'level1_points', 'value': case when row_of_level = 1 then level1_points end}
    ], recursive := true)
  from rows
),

sums as (
  select sheet_id, 'sheet' as place, '' as place_name,
    case field when 'weight' then 'weights' when 'score' then 'scores' else 'levels_points' end as quantity, id, field, value
  from marks
  union all
  select sheet_id, 'level', level1, case field when 'weight' then 'level_weights' else 'level_scores' end, id, field, value
  from marks where field <> 'level1_points'
  union all
  select sheet_id, 'level', level1, 'level_scores_unweighted', id, field, value from marks where field = 'score'
  union all
  select sheet_id, 'section', concat_ws('/', level1, level2), 'section_weights', id, field, value
  from marks where field = 'weight' and level2 is not null
)

select sheet_id, place, place_name, quantity, 'indicator' as kind, id, field from sums where value is not null
union all
select project_id, 'stage', stage, 'sources_sum', 'project_amount', project_amount_id, 'amount'
from {{ ref('project_amount') }}
where source is not null and amount_yuan is not null
