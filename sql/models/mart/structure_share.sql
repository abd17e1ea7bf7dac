-- What the whole is made of: each part over its whole, in the same paper, fund, stage and year. Which parts make up
-- which whole is listed first.
with parts (structure, part, whole) as (
    values
    ('income_source', 'superior_subsidy_income', 'income'),
    ('income_source', 'institutional_income', 'income'),
    ('income_source', 'business_income', 'income'),
    ('income_source', 'affiliated_remittance_income', 'income'),
    ('income_source', 'other_income', 'income'),
    ('expenditure_kind', 'basic_expenditure', 'expenditure'),
    ('expenditure_kind', 'project_expenditure', 'expenditure'),
    ('expenditure_kind', 'remittance_to_superior', 'expenditure'),
    ('expenditure_kind', 'business_expenditure', 'expenditure'),
    ('expenditure_kind', 'subsidy_to_affiliated', 'expenditure'),
    ('basic_expenditure_kind', 'personnel_expenditure', 'basic_expenditure'),
    ('basic_expenditure_kind', 'operating_expenditure', 'basic_expenditure'),
    ('three_public_kind', 'overseas_travel', 'three_public'),
    ('three_public_kind', 'official_vehicles', 'three_public'),
    ('three_public_kind', 'official_reception', 'three_public'),
    ('procurement_kind', 'procurement_goods', 'procurement'),
    ('procurement_kind', 'procurement_works', 'procurement'),
    ('procurement_kind', 'procurement_services', 'procurement')
),

headlines as (
    select * from {{ ref('figure') }} where level = 'headline' and amount_yuan is not null
),

of_headlines as (
    select
        parts.structure,
        part_figures.*,
        wholes.subject as whole_subject,
        wholes.amount_yuan as whole_yuan,
        wholes.source_id as whole_source_id
    from parts
    inner join headlines as part_figures on parts.part = part_figures.subject
    inner join headlines as wholes
        on
            parts.whole = wholes.subject
            and {{ same('part_figures', 'wholes', ['department_id', 'scope', 'fund', 'stage', 'fiscal_year']) }}
),

of_codes as (
    select
        case codes.level when 'function' then 'functional_class' else 'economic_class' end as structure,
        codes.*,
        wholes.subject as whole_subject,
        wholes.amount_yuan as whole_yuan,
        wholes.source_id as whole_source_id
    from {{ ref('figure') }} as codes
    inner join headlines as wholes
        on
            {{ same('codes', 'wholes', ['department_id', 'scope', 'fund', 'stage', 'fiscal_year', ('measure', 'subject')]) }}
    where
        codes.amount_yuan is not null
        and length(codes.code) = 3
        and (
            (codes.level = 'function' and codes.measure = 'expenditure')
            or (codes.level = 'dept_economic' and codes.measure = 'basic_expenditure')
        )
),

of_funds as (
    select
        'fund' as structure,
        part_figures.*,
        wholes.subject as whole_subject,
        wholes.amount_yuan as whole_yuan,
        wholes.source_id as whole_source_id
    from headlines as part_figures
    inner join headlines as wholes
        on
            {{ same('part_figures', 'wholes', ['department_id', 'scope', 'subject', 'stage', 'fiscal_year']) }}
    where
        part_figures.subject in ('income', 'expenditure')
        and wholes.fund = 'all'
        and part_figures.fund not in ('all', 'fiscal_appropriation')
)

select
    structure,
    department_id,
    department,
    region_code,
    scope,
    subject as part,
    subject_zh as part_zh,
    whole_subject as whole,
    measure,
    fund,
    stage,
    fiscal_year,
    amount_yuan as part_yuan,
    whole_yuan,
    {{ amount_ratio('amount_yuan', 'whole_yuan') }} as share,
    source_id as part_source_id,
    whole_source_id
from (
    select * from of_headlines
    union all
    select * from of_codes
    union all
    select * from of_funds
) as shares
