-- Spending by functional code: total, basic and project side by side, and the share in the whole of the same fund.
{% set measures = ['expenditure', 'basic_expenditure', 'project_expenditure'] %}
with codes as (
    select
        department_id,
        department,
        region_code,
        scope,
        case length(code) when 3 then 'class' when 5 then 'section' else 'item' end as level,
        left(code, 3) as class_code,
        code,
        subject_zh,
        fund,
        stage,
        fiscal_year,
        {{ measures_side_by_side(measures) }}
    from {{ ref('figure') }}
    where level = 'function' and measure in ('{{ measures | join("', '") }}') and amount_yuan is not null
    group by all
)

select
    codes.*,
    totals.amount_yuan as total_yuan,
    totals.source_id as total_source_id,
    {{ amount_ratio('codes.expenditure_yuan', 'totals.amount_yuan') }} as share
from codes
left join {{ ref('figure') }} as totals
    on
        {{ same('codes', 'totals', ['department_id', 'scope', 'fund', 'stage', 'fiscal_year']) }}
        and totals.subject = 'expenditure'
        and totals.measure = 'expenditure'
