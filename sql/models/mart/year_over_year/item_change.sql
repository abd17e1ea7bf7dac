-- Every functional and economic item of two neighbouring papers, those of one year only included, and what each adds to
-- the change of the whole. Codes that were renamed or merged between the two years are carried over first.
with totals as (
    select
        later.department_id,
        later.scope,
        later.measure,
        later.fund,
        later.stage,
        earlier.fiscal_year as from_year,
        later.fiscal_year as to_year,
        earlier.amount_yuan as total_from_yuan,
        later.amount_yuan as total_to_yuan,
        earlier.source_id as total_from_source_id,
        later.source_id as total_to_source_id
    from {{ ref('figure') }} as earlier
    inner join {{ ref('figure') }} as later
        on
            earlier.department_id = later.department_id
            and earlier.scope = later.scope
            and earlier.subject = later.subject
            and earlier.measure = later.measure
            and earlier.fund = later.fund
            and earlier.stage = later.stage
            and earlier.fiscal_year < later.fiscal_year
    where
        later.level = 'headline'
        and later.measure in ('expenditure', 'basic_expenditure')
        and later.stage in ('final', 'initial_budget')
        and earlier.basis = 'own_form'
        and later.basis = 'own_form'
),

items as (
    select
        department_id,
        scope,
        level,
        code,
        measure,
        fund,
        stage,
        fiscal_year,
        amount_yuan,
        source_id
    from {{ ref('figure') }}
    where
        amount_yuan is not null
        and basis = 'own_form'
        and (
            (level = 'function' and measure = 'expenditure')
            or (level = 'dept_economic' and measure = 'basic_expenditure')
        )
),

-- a code goes over into another one only if the department's later paper no longer uses the old one
earlier_items as (
    select
        totals.*,
        items.level,
        case when still.code is null then coalesce(changes.to_code, items.code) else items.code end as code,
        items.amount_yuan,
        items.source_id,
        case when still.code is null and changes.to_code is not null then items.code end as carried_code
    from totals
    inner join items
        on
            totals.department_id = items.department_id
            and totals.scope = items.scope
            and totals.measure = items.measure
            and totals.fund = items.fund
            and totals.stage = items.stage
            and totals.from_year = items.fiscal_year
    left join {{ ref('reference_code_change') }} as changes
        on
            items.level = changes.kind
            and items.code = changes.from_code
            and changes.effective_year > totals.from_year
            and changes.effective_year <= totals.to_year
    left join items as still
        on
            totals.department_id = still.department_id
            and totals.scope = still.scope
            and totals.measure = still.measure
            and totals.fund = still.fund
            and totals.stage = still.stage
            and totals.to_year = still.fiscal_year
            and items.level = still.level
            and changes.from_code = still.code
),

earlier_codes as (
    select
        department_id,
        scope,
        level,
        code,
        measure,
        fund,
        stage,
        from_year,
        to_year,
        sum(amount_yuan) as from_yuan,
        list(source_id order by source_id) as from_source_ids,
        list(carried_code order by carried_code) filter (where carried_code is not null) as carried_codes
    from earlier_items
    group by all
),

later_codes as (
    select totals.department_id, totals.scope, items.level, items.code, totals.measure, totals.fund, totals.stage,
        totals.from_year, totals.to_year, items.amount_yuan as to_yuan, items.source_id as to_source_id
    from totals
    inner join items
        on
            totals.department_id = items.department_id
            and totals.scope = items.scope
            and totals.measure = items.measure
            and totals.fund = items.fund
            and totals.stage = items.stage
            and totals.to_year = items.fiscal_year
),

-- a level that one of the two papers does not print says nothing about its items
levels as (
    select distinct department_id, scope, level, length(code) as depth, measure, fund, stage, from_year, to_year
    from earlier_codes
    semi join later_codes as later
        on
            earlier_codes.department_id = later.department_id
            and earlier_codes.scope = later.scope
            and earlier_codes.level = later.level
            and length(earlier_codes.code) = length(later.code)
            and earlier_codes.measure = later.measure
            and earlier_codes.fund = later.fund
            and earlier_codes.stage = later.stage
            and earlier_codes.from_year = later.from_year
            and earlier_codes.to_year = later.to_year
),

pairs as (
    select
        department_id,
        scope,
        level,
        code,
        measure,
        fund,
        stage,
        from_year,
        to_year,
        earlier_codes.from_yuan,
        later_codes.to_yuan,
        earlier_codes.from_source_ids,
        earlier_codes.carried_codes,
        later_codes.to_source_id,
        cast(
            coalesce(later_codes.to_yuan, 0) - coalesce(earlier_codes.from_yuan, 0) as decimal(20, 2)
        ) as change_yuan
    from earlier_codes
    full join later_codes
        using (department_id, scope, level, code, measure, fund, stage, from_year, to_year)
)

select
    pairs.department_id,
    departments.department,
    departments.region_code,
    pairs.scope,
    pairs.level,
    case length(pairs.code) when 3 then 'class' when 5 then 'section' else 'item' end as depth,
    pairs.code,
    subjects.title_zh as subject_zh,
    pairs.measure,
    pairs.fund,
    pairs.stage,
    pairs.from_year,
    pairs.to_year,
    case
        when pairs.from_yuan is null then 'new'
        when pairs.to_yuan is null then 'ended'
        else 'both'
    end as presence,
    cast(pairs.from_yuan as decimal(20, 2)) as from_yuan,
    pairs.to_yuan,
    pairs.change_yuan,
    {{ amount_ratio('pairs.change_yuan', 'pairs.from_yuan') }} as change_rate,
    totals.total_from_yuan,
    totals.total_to_yuan,
    {{ amount_ratio('pairs.change_yuan', 'totals.total_from_yuan') }} as contribution,
    {{ amount_ratio('pairs.change_yuan', '(totals.total_to_yuan - totals.total_from_yuan)') }} as share_of_change,
    pairs.carried_codes,
    pairs.from_source_ids,
    pairs.to_source_id,
    totals.total_from_source_id,
    totals.total_to_source_id
from pairs
inner join levels
    on
        pairs.department_id = levels.department_id
        and pairs.scope = levels.scope
        and pairs.level = levels.level
        and length(pairs.code) = levels.depth
        and pairs.measure = levels.measure
        and pairs.fund = levels.fund
        and pairs.stage = levels.stage
        and pairs.from_year = levels.from_year
        and pairs.to_year = levels.to_year
inner join totals
    on
        pairs.department_id = totals.department_id
        and pairs.scope = totals.scope
        and pairs.measure = totals.measure
        and pairs.fund = totals.fund
        and pairs.stage = totals.stage
        and pairs.from_year = totals.from_year
        and pairs.to_year = totals.to_year
left join {{ ref('reference_department') }} as departments on pairs.department_id = departments.department_id
left join {{ ref('reference_subject') }} as subjects on pairs.level || ':' || pairs.code = subjects.subject
