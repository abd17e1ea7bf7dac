-- Two years' own papers: final accounts against final accounts, budget against budget, for any two years.
select
    earlier.department_id,
    earlier.scope,
    earlier.level,
    earlier.subject,
    earlier.measure,
    earlier.fund,
    earlier.stage as from_stage,
    later.stage as to_stage,
    earlier.fiscal_year as from_year,
    later.fiscal_year as to_year,
    earlier.amount_yuan as from_yuan,
    later.amount_yuan as to_yuan,
    {{ half_quantum('earlier.quantum_yuan') }} as from_allowance,
    {{ half_quantum('later.quantum_yuan') }} as to_allowance,
    'both_papers' as basis,
    earlier.document_id as from_document_id,
    later.document_id as to_document_id,
    earlier.amount_id as from_amount_id,
    later.amount_id as to_amount_id,
    cast(null as varchar) as claim_id,
    true as in_its_paper
from {{ ref('own_level') }} as earlier
inner join {{ ref('own_level') }} as later
    on
        earlier.department_id = later.department_id
        and earlier.scope is not distinct from later.scope
        and earlier.subject = later.subject
        and earlier.measure = later.measure
        and earlier.fund = later.fund
        and earlier.stage = later.stage
        and earlier.fiscal_year < later.fiscal_year
where earlier.stage in ('final', 'initial_budget')
