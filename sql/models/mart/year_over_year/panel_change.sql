-- Sums over departments for two years: of all that published, and of the fixed panel that published both years. A rise of
-- the first that the second lacks comes from who published, not from spending.
with own as (
    select
        figures.department_id,
        figures.region_code,
        figures.scope,
        figures.level,
        figures.code,
        figures.subject,
        figures.subject_zh,
        figures.measure,
        figures.fund,
        figures.stage,
        figures.fiscal_year,
        figures.amount_yuan
    from {{ ref('figure') }} as figures
    where
        figures.amount_yuan is not null
        and figures.basis = 'own_form'
        and figures.stage in ('final', 'initial_budget')
        and (
            figures.level = 'headline'
            or (figures.level = 'function' and figures.measure = 'expenditure' and length(figures.code) = 3)
        )
),

papers as (
    select distinct department_id, scope, stage, fiscal_year from own
),

spans as (
    select earlier.department_id, earlier.scope, earlier.stage, earlier.fiscal_year as from_year, later.fiscal_year as to_year
    from papers as earlier
    inner join papers as later using (department_id, scope, stage)
    where earlier.fiscal_year < later.fiscal_year
),

years as (
    select distinct stage, from_year, to_year from spans
),

sides as (
    select own.*, years.from_year, years.to_year, spans.department_id is not null as in_panel
    from own
    inner join years on own.stage = years.stage and own.fiscal_year in (years.from_year, years.to_year)
    left join spans
        on
            own.department_id = spans.department_id
            and own.scope = spans.scope
            and own.stage = spans.stage
            and years.from_year = spans.from_year
            and years.to_year = spans.to_year
),

{% set facts = 'region_code, scope, level, code, subject, subject_zh, measure, fund, stage, from_year, to_year' -%}
{% set sums = ['from_departments', 'to_departments', 'from_yuan', 'to_yuan'] -%}
-- a figure has one row a department, so rows count departments
regional as (
    select
        {{ facts }},
        in_panel,
        count(*) filter (where fiscal_year = from_year) as from_departments,
        count(*) filter (where fiscal_year = to_year) as to_departments,
        sum(amount_yuan) filter (where fiscal_year = from_year) as from_yuan,
        sum(amount_yuan) filter (where fiscal_year = to_year) as to_yuan
    from sides
    group by all
),

panels as (
    select 'all' as panel, * from regional
    union all
    select 'fixed', * from regional where in_panel
),

regions as (
    select * from panels where region_code is not null
    union all
    select * replace (cast(null as varchar) as region_code) from panels
),

added as (
    select
        panel,
        {{ facts }},
        {%- for each in sums %}
        sum({{ each }}) as {{ each }}{{ ',' if not loop.last }}
        {%- endfor %}
    from regions
    group by all
)

select
    panel,
    {{ facts }},
    cast(from_departments as integer) as from_departments,
    cast(to_departments as integer) as to_departments,
    cast(from_yuan as decimal(20, 2)) as from_yuan,
    cast(to_yuan as decimal(20, 2)) as to_yuan,
    cast(to_yuan - from_yuan as decimal(20, 2)) as change_yuan,
    {{ amount_ratio('(to_yuan - from_yuan)', 'from_yuan') }} as change_rate
from added
where from_departments > 0 and to_departments > 0
