-- What the money bought: amounts by departmental or government economic code, and their share in the whole of the same
-- measure and fund.
select
    codes.department_id,
    codes.department,
    codes.region_code,
    codes.scope,
    codes.level as classification,
    case length(codes.code) when 3 then 'class' else 'section' end as level,
    left(codes.code, 3) as class_code,
    codes.code,
    codes.subject_zh,
    codes.measure,
    codes.fund,
    codes.stage,
    codes.fiscal_year,
    codes.amount_yuan,
    codes.source_id,
    totals.amount_yuan as total_yuan,
    totals.source_id as total_source_id,
    {{ amount_ratio('codes.amount_yuan', 'totals.amount_yuan') }} as share
from {{ ref('figure') }} as codes
left join {{ ref('figure') }} as totals
    on
        {{ same('codes', 'totals', ['department_id', 'scope', 'fund', 'stage', 'fiscal_year', ('measure', 'subject'), 'measure']) }}
where codes.level in ('dept_economic', 'gov_economic') and codes.amount_yuan is not null
