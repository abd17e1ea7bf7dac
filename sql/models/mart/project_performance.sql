-- Every reported project: execution rate recomputed beside the printed one, and what its marks would be by the rule
-- "points x rate".
with printed as (
    select
        projects.*,
        filings.department_id,
        coalesce(filings.scope, 'unknown') as scope,
        filings.kind,
        filings.fiscal_year as paper_year,
        coalesce(projects.adjusted_budget_yuan, projects.initial_budget_yuan) as budget_yuan,
        cast(
            try_cast(nullif(regexp_extract(projects.execution_rate_printed, '^\s*(-?[\d.]+)\s*[%％]', 1), '') as decimal(28, 10))
            * 0.01 as decimal(28, 10)
        ) as execution_rate_read
    from {{ ref('project') }} as projects
    inner join {{ ref('filing') }} as filings using (filing_id)
),

computed as (
    select *, {{ amount_ratio('executed_yuan', 'budget_yuan') }} as execution_rate
    from printed
),

marks as (
    select
        project_id,
        cast(count(*) as integer) as indicators,
        cast(count(*) filter (where score = weight) as integer) as full_mark_indicators
    from {{ ref('indicator') }}
    where row_kind = 'indicator' and project_id is not null
    group by project_id
)

select
    computed.project_id,
    computed.department_id,
    departments.department,
    departments.region_code,
    computed.scope,
    computed.kind,
    coalesce(computed.fiscal_year, computed.paper_year) as fiscal_year,
    computed.form_code,
    computed.project,
    computed.initial_budget_yuan,
    computed.adjusted_budget_yuan,
    computed.executed_yuan,
    computed.execution_rate,
    computed.execution_rate_printed,
    computed.execution_rate_read,
    cast(computed.execution_rate - computed.execution_rate_read as decimal(28, 10)) as execution_rate_difference,
    computed.rate_points,
    computed.rate_score,
    cast(
        computed.rate_points * cast(least(computed.execution_rate, 1) as decimal(12, 10)) as decimal(28, 10)
    ) as rate_score_by_rule,
    coalesce(
        computed.rate_score >= computed.rate_points and computed.execution_rate < 1, false
    ) as full_marks_below_full_execution,
    computed.score,
    computed.grade,
    marks.indicators,
    marks.full_mark_indicators,
    computed.filing_id,
    computed.document_id,
    computed.page_no,
    computed.line_no
from computed
left join {{ ref('reference_department') }} as departments using (department_id)
left join marks using (project_id)
