-- Every told change or growth rate against an earlier year, with the level it starts from: the one told nearest to it
-- in the same document, else the department's own amount.
with changes as (
    select *
    from {{ ref('comparable_claim') }}
    where figure in ('change', 'growth_rate') and value is not null and comparison_year < fiscal_year
),

levels as (
    select
        changes.claim_id,
        told.value_yuan as to_yuan,
        told.quantum_yuan as to_quantum_yuan,
        told.document_id as to_document_id,
        cast(null as varchar) as to_amount_id,
        case
            when told.paragraph_id != changes.paragraph_id then 3
            when told.sentence != changes.sentence then 2
            else 1
        end as remoteness,
        case when told.paragraph_id = changes.paragraph_id then changes.char_start - told.char_start end as ahead,
        told.claim_id as level_id
    from changes
    inner join {{ ref('comparable_claim') }} as told
        on
            changes.document_id = told.document_id
            and changes.subject = told.subject
            and changes.measure = told.measure
            and changes.fund = told.fund
            and changes.stage = told.stage
            and changes.fiscal_year = told.fiscal_year
            and told.figure = 'amount'
            and told.value_yuan is not null
    union all
    select
        changes.claim_id,
        own.amount_yuan,
        own.quantum_yuan,
        own.document_id,
        own.amount_id,
        4,
        null,
        own.amount_id
    from changes
    inner join {{ ref('own_level') }} as own
        on
            changes.department_id = own.department_id
            and changes.scope is not distinct from own.scope
            and changes.subject = own.subject
            and changes.measure = own.measure
            and changes.fund = own.fund
            and changes.stage = own.stage
            and changes.fiscal_year = own.fiscal_year
),

nearest as (
    select *
    from levels
    qualify row_number() over (
        partition by claim_id order by remoteness, coalesce(ahead < 0, false), abs(ahead), level_id
    ) = 1
)

select changes.*, nearest.to_yuan, nearest.to_quantum_yuan, nearest.to_document_id, nearest.to_amount_id
from changes
inner join nearest using (claim_id)
