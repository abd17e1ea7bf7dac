-- One amount for each department, quantity, stage and year, out of the forms of its own papers for that year: the one
-- most forms print, in the paper the stage belongs to; then the most precise.
with own as (
    select
        *,
        {{ is_stage_of('kind', 'stage') }} as in_its_paper,
        count(*) over (
            partition by department_id, scope, subject, measure, fund, stage, fiscal_year, kind, amount_yuan
        ) as times
    from {{ ref('comparable_amount') }}
    where fiscal_year = paper_year and not starts_with(stage, 'prior_')
)

select *
from own
qualify row_number() over (
    partition by department_id, scope, subject, measure, fund, stage, fiscal_year
    order by in_its_paper desc, times desc, quantum_yuan, form_code, amount_id
) = 1
