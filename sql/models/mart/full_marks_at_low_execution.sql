-- Projects that got every point for execution although the rule "points x rate", rounded as the score is printed, gives
-- less; the lowest execution first.
with scored as (
    select
        *,
        length(rtrim(split_part(cast(rate_score as varchar), '.', 2), '0')) as places
    from {{ ref('project_performance') }}
    where full_marks_below_full_execution
)

select
    cast(row_number() over (order by execution_rate, project_id) as integer) as position,
    project_id,
    department_id,
    department,
    region_code,
    fiscal_year,
    project,
    coalesce(adjusted_budget_yuan, initial_budget_yuan) as budget_yuan,
    executed_yuan,
    execution_rate,
    rate_points,
    rate_score,
    rate_score_by_rule,
    cast(rate_score - rate_score_by_rule as decimal(28, 10)) as points_too_many,
    score,
    grade,
    document_id,
    page_no,
    line_no
from scored
where (rate_score - rate_score_by_rule) * cast(pow(10, places) as bigint) > 0.5
