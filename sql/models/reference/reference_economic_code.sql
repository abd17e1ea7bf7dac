with counterparts as (
    select 'dept_economic' as kind, dept_code as code, gov_code as counterpart
    from {{ build_input('reference_economic_crosswalk') }}
    union all
    select 'gov_economic', gov_code, dept_code
    from {{ build_input('reference_economic_crosswalk') }}
),

crosswalk as (
    select kind, code, list(counterpart order by counterpart) as counterparts
    from counterparts
    group by kind, code
)

select
    codes.kind,
    codes.code,
    codes.title_zh,
    cast(length(codes.code) // 2 as integer) as level,
    codes.parent_code,
    codes.first_year,
    codes.last_year,
    crosswalk.counterparts,
    codes.evidence
from {{ build_input('reference_economic_code') }} as codes
left join crosswalk using (kind, code)
