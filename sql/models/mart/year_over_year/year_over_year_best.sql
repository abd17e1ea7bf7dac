select
    *,
    cast(count(*) over same_key as integer) as bases
from {{ ref('year_over_year') }}
window
    same_key as (partition by department_id, scope, subject, measure, fund, from_stage, to_stage, from_year, to_year)
qualify row_number() over (
    partition by department_id, scope, subject, measure, fund, from_stage, to_stage, from_year, to_year
    order by list_position(['both_papers', 'prior_column', 'told_value', 'told_difference', 'told_rate'], basis)
) = 1
