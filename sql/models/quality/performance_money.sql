-- The money of projects by stage, all sources together: two different amounts of one stage are no amount.
{{ config(materialized='ephemeral') }}
select
  project_id,
  stage,
  any_value(amount_yuan) as amount,
  max(coalesce(quantum_yuan, 0)) as quantum,
  any_value(printed) as printed,
  any_value(unit) as unit,
  any_value(project_amount_id) as id,
  min(page_no) as page_no,
  min(line_no) as line_no
from {{ ref('project_amount') }}
where source is null and amount_yuan is not null and not coalesce(contains(printed, '%'), false)
group by project_id, stage
having count(distinct amount_yuan) = 1
