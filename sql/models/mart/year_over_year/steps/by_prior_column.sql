-- Last year's column of a form against this year's in the same row: the same stage if the form has it, else the one the
-- paper is about.
with pairs as (
    select
        later.*,
        earlier.amount_id as from_amount_id,
        earlier.amount_yuan as from_yuan,
        earlier.quantum_yuan as from_quantum_yuan,
        earlier.fiscal_year as from_year,
        {{ own_stage('earlier.stage') }} as from_stage
    from {{ ref('comparable_amount') }} as earlier
    inner join {{ ref('comparable_amount') }} as later
        on
            earlier.form_id = later.form_id
            and earlier.row_no = later.row_no
            and earlier.subject = later.subject
            and earlier.measure = later.measure
            and earlier.fund = later.fund
            and earlier.fiscal_year < later.fiscal_year
    where starts_with(earlier.stage, 'prior_') and not starts_with(later.stage, 'prior_')
)

select
    department_id,
    scope,
    level,
    subject,
    measure,
    fund,
    from_stage,
    stage as to_stage,
    from_year,
    fiscal_year as to_year,
    from_yuan,
    amount_yuan as to_yuan,
    {{ half_quantum('from_quantum_yuan') }} as from_allowance,
    {{ half_quantum('quantum_yuan') }} as to_allowance,
    'prior_column' as basis,
    document_id as from_document_id,
    document_id as to_document_id,
    from_amount_id,
    amount_id as to_amount_id,
    cast(null as varchar) as claim_id,
    {{ is_stage_of('kind', 'stage') }} as in_its_paper
from pairs
qualify row_number() over (
    partition by from_amount_id
    order by from_stage = stage desc, {{ is_stage_of('kind', 'stage') }} desc, stage, amount_id
) = 1
