-- Departments of the same main function and the same level of government beside each other. The main function is the
-- functional class that takes most of the spending.
with main_functions as (
    select department_id, scope, stage, fiscal_year, class_code
    from {{ ref('functional_spending') }}
    where level = 'class' and expenditure_yuan is not null
    qualify row_number() over (
        partition by department_id, scope, stage, fiscal_year
        order by
            list_position(['all', 'fiscal_appropriation', 'general_public_budget'], fund) nulls last,
            expenditure_yuan desc,
            class_code
    ) = 1
),

placed as (
    select figures.*, main_functions.class_code, regions.level as region_level
    from {{ ref('figure') }} as figures
    inner join main_functions
        on
            {{ same('figures', 'main_functions', ['department_id', 'scope', 'stage', 'fiscal_year']) }}
    inner join {{ ref('reference_region') }} as regions on figures.region_code = regions.region_code
    where figures.level = 'headline' and figures.amount_yuan is not null
)

select
    class_code,
    region_level,
    scope,
    subject,
    subject_zh,
    fund,
    stage,
    fiscal_year,
    department_id,
    department,
    region_code,
    amount_yuan,
    source_id,
    cast(count(*) over peer_group as integer) as peers,
    cast(rank() over (peer_group order by amount_yuan desc) as integer) as rank,
    {{ amount_ratio(
        'cast(count(*) over (peer_group order by amount_yuan range between unbounded preceding and current row) as decimal(18, 0))',
        'cast(count(*) over peer_group as decimal(18, 0))'
    ) }} as percentile,
    cast(median(amount_yuan) over peer_group as decimal(20, 2)) as median_yuan
from placed
window peer_group as (partition by class_code, region_level, scope, subject, fund, stage, fiscal_year)
