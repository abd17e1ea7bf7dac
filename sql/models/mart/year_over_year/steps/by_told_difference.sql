-- 较上年增加X万元: the year before is this year less the difference.
select
    department_id,
    scope,
    level,
    subject,
    measure,
    fund,
    comparison_stage as from_stage,
    stage as to_stage,
    comparison_year as from_year,
    fiscal_year as to_year,
    cast(to_yuan - value_yuan as decimal(20, 2)) as from_yuan,
    to_yuan,
    cast(
        {{ half_quantum('quantum_yuan') }} + {{ half_quantum('to_quantum_yuan') }} as decimal(24, 8)
    ) as from_allowance,
    {{ half_quantum('to_quantum_yuan') }} as to_allowance,
    'told_difference' as basis,
    document_id as from_document_id,
    to_document_id,
    cast(null as varchar) as from_amount_id,
    to_amount_id,
    claim_id,
    {{ is_stage_of('kind', 'stage') }} and fiscal_year = paper_year as in_its_paper
from {{ ref('told_change') }}
where figure = 'change' and value_yuan is not null
