-- Operating costs of agencies (机关) and institutions (事业), with the change from the year before where it is known.
with costs as (
    select *
    from {{ ref('figure') }}
    where
        subject = measure
        and measure in ('agency_operating_costs', 'institutional_operating_costs')
        and amount_yuan is not null
)

select
    costs.department_id,
    costs.department,
    costs.region_code,
    costs.scope,
    costs.measure,
    costs.fund,
    costs.stage,
    costs.fiscal_year,
    costs.amount_yuan,
    costs.basis,
    costs.source_id,
    changes.from_yuan as year_before_yuan,
    changes.change_yuan,
    changes.change_rate,
    changes.basis as change_basis,
    coalesce(changes.claim_id, changes.from_amount_id) as change_source_id
from costs
left join {{ ref('year_over_year_best') }} as changes
    on
        {{ same('costs', 'changes', [
            'department_id', 'subject', 'measure', 'fund', ('stage', 'to_stage'), ('fiscal_year', 'to_year')
        ]) }}
        and costs.scope = coalesce(changes.scope, 'unknown')
        and changes.from_stage = changes.to_stage
        and changes.from_year = changes.to_year - 1
