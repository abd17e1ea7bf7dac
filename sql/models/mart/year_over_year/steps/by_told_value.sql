-- 2022年…为1.48万元，2023年…2.63万元: both levels told in one document. Of two stages only where the paper sets them
-- side by side in one paragraph and tells no level of the same stage.
with levels as (
    select *
    from {{ ref('comparable_claim') }}
    where figure = 'amount' and value_yuan is not null
)

select
    later.department_id,
    later.scope,
    later.level,
    later.subject,
    later.measure,
    later.fund,
    earlier.stage as from_stage,
    later.stage as to_stage,
    earlier.fiscal_year as from_year,
    later.fiscal_year as to_year,
    earlier.value_yuan as from_yuan,
    later.value_yuan as to_yuan,
    {{ half_quantum('earlier.quantum_yuan') }} as from_allowance,
    {{ half_quantum('later.quantum_yuan') }} as to_allowance,
    'told_value' as basis,
    later.document_id as from_document_id,
    later.document_id as to_document_id,
    cast(null as varchar) as from_amount_id,
    cast(null as varchar) as to_amount_id,
    earlier.claim_id,
    {{ is_stage_of('later.kind', 'later.stage') }} as in_its_paper
from levels as earlier
inner join levels as later
    on
        earlier.document_id = later.document_id
        and earlier.subject = later.subject
        and earlier.measure = later.measure
        and earlier.fund = later.fund
        and earlier.fiscal_year < later.fiscal_year
        and later.fiscal_year = later.paper_year
        and (earlier.stage = later.stage or earlier.paragraph_id = later.paragraph_id)
qualify row_number() over (
    partition by earlier.claim_id
    order by
        earlier.stage = later.stage desc,
        earlier.paragraph_id = later.paragraph_id and earlier.sentence = later.sentence desc,
        earlier.paragraph_id = later.paragraph_id desc,
        abs(earlier.char_start - later.char_start),
        later.claim_id
) = 1
