-- Every functional and economic item of two neighbouring papers, those of one year only included, and what each adds to
-- the change of the whole. Codes that were renamed or merged between the two years are carried over first.
{% set paper = ['department_id', 'scope', 'measure', 'fund', 'stage'] %}
{% set pair = paper + ['from_year', 'to_year'] %}
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
            {{ same('earlier', 'later', paper + ['subject']) }}
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
            {{ same('totals', 'items', paper + [('from_year', 'fiscal_year')]) }}
    left join {{ ref('reference_code_change') }} as changes
        on
            items.level = changes.kind
            and items.code = changes.from_code
            and changes.effective_year > totals.from_year
            and changes.effective_year <= totals.to_year
    left join items as still
        on
            {{ same('totals', 'still', paper + [('to_year', 'fiscal_year')]) }}
            and items.level = still.level
            and changes.from_code = still.code
),

earlier_codes as (
    select
        {{ pair | join(', ') }},
        level,
        code,
        sum(amount_yuan) as from_yuan,
        list(source_id order by source_id) as from_source_ids,
        list(carried_code order by carried_code) filter (where carried_code is not null) as carried_codes
    from earlier_items
    group by all
),

later_codes as (
    select
        totals.{{ pair | join(', totals.') }},
        items.level,
        items.code,
        items.amount_yuan as to_yuan,
        items.source_id as to_source_id
    from totals
    inner join items
        on
            {{ same('totals', 'items', paper + [('to_year', 'fiscal_year')]) }}
),

-- a level that one of the two papers does not print says nothing about its items
levels as (
    select distinct {{ pair | join(', ') }}, level, length(code) as depth
    from earlier_codes
    semi join later_codes as later
        on
            {{ same('earlier_codes', 'later', pair + ['level']) }}
            and length(earlier_codes.code) = length(later.code)
),

pairs as (
    select
        {{ pair | join(', ') }},
        level,
        code,
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
        using ({{ pair | join(', ') }}, level, code)
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
        {{ same('pairs', 'levels', pair + ['level']) }}
        and length(pairs.code) = levels.depth
inner join totals on {{ same('pairs', 'totals', pair) }}
left join {{ ref('reference_department') }} as departments on pairs.department_id = departments.department_id
left join {{ ref('reference_subject') }} as subjects on pairs.level || ':' || pairs.code = subjects.subject
