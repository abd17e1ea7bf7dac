-- Of several statements of one figure, the form of its own paper comes first, then what most places state, then the most
-- precise. Statements agree where they lie no further apart than half the coarsest quantum.
with counted as (
    select
        *,
        count(*) over same_figure as statements,
        count(*) over (
            partition by department_id, scope, subject, measure, fund, stage, fiscal_year, basis, value, amount_yuan
        ) as times,
        min(amount_yuan) over same_figure as least_yuan,
        max(amount_yuan) over same_figure as most_yuan,
        max(quantum_yuan) over same_figure as coarsest_yuan
    from {{ ref('statement') }}
    window same_figure as (partition by department_id, scope, subject, measure, fund, stage, fiscal_year)
),

best as (
    select *
    from counted
    qualify row_number() over (
        partition by department_id, scope, subject, measure, fund, stage, fiscal_year
        order by
            list_position(['own_form', 'other_form', 'prior_column', 'told', 'told_later'], basis),
            times desc,
            quantum_yuan,
            source_id
    ) = 1
)

select
    best.department_id,
    departments.department,
    departments.region_code,
    best.scope,
    {{ figure_level('best.subject', 'best.measure') }} as level,
    subjects.code,
    best.subject,
    subjects.title_zh as subject_zh,
    best.measure,
    best.fund,
    best.stage,
    best.fiscal_year,
    best.amount_yuan,
    best.quantum_yuan,
    best.value,
    best.unit,
    best.basis,
    cast(best.statements as integer) as statements,
    best.least_yuan,
    best.most_yuan,
    case
        when best.statements > 1
            then best.most_yuan - best.least_yuan <= {{ half_quantum('best.coarsest_yuan') }}
    end as agrees,
    best.source_id,
    case when best.source_kind = 'amount' then best.source_id end as amount_id,
    case when best.source_kind = 'claim' then best.source_id end as claim_id,
    best.filing_id,
    best.document_id
from best
left join {{ ref('reference_department') }} as departments using (department_id)
left join {{ ref('reference_subject') }} as subjects using (subject)
