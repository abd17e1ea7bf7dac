-- Bases that print both amounts may differ by half a quantum of the coarser; a derived amount carries the allowances of
-- all it was derived from.
with comparisons as (
    select *, basis in ('told_difference', 'told_rate') as is_derived
    from {{ ref('comparison') }}
),

agreement as (
    select
        mine.comparison_key,
        mine.basis,
        bool_and(
            abs(mine.from_yuan - theirs.from_yuan) <= case
                when mine.is_derived or theirs.is_derived then mine.from_allowance + theirs.from_allowance
                else greatest(mine.from_allowance, theirs.from_allowance)
            end
            and abs(mine.to_yuan - theirs.to_yuan) <= greatest(mine.to_allowance, theirs.to_allowance)
        ) as agrees
    from comparisons as mine
    inner join comparisons as theirs
        on mine.comparison_key = theirs.comparison_key and mine.basis != theirs.basis
    group by mine.comparison_key, mine.basis
)

select
    comparisons.department_id,
    departments.department,
    departments.region_code,
    comparisons.scope,
    comparisons.level,
    subjects.code,
    comparisons.subject,
    subjects.title_zh as subject_zh,
    comparisons.measure,
    comparisons.fund,
    comparisons.from_stage,
    comparisons.to_stage,
    comparisons.from_year,
    comparisons.to_year,
    comparisons.from_yuan,
    comparisons.to_yuan,
    cast(comparisons.to_yuan - comparisons.from_yuan as decimal(20, 2)) as change_yuan,
    {{ amount_ratio('(comparisons.to_yuan - comparisons.from_yuan)', 'comparisons.from_yuan') }} as change_rate,
    comparisons.basis,
    agreement.agrees,
    comparisons.from_document_id,
    comparisons.to_document_id,
    comparisons.from_amount_id,
    comparisons.to_amount_id,
    comparisons.claim_id
from comparisons
left join agreement using (comparison_key, basis)
left join {{ ref('reference_department') }} as departments using (department_id)
left join {{ ref('reference_subject') }} as subjects using (subject)
