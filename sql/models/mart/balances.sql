-- Opening and closing balances, and whether they roll forward: opening + income + surplus used - expenditure -
-- distribution = closing, and closing = next year's opening. On the statutory forms a blank is zero.
{% set measures = [
    'opening_balance', 'income', 'surplus_used', 'expenditure', 'surplus_distribution', 'closing_balance'
] %}
with amounts as (
    select
        department_id,
        department,
        region_code,
        scope,
        fund,
        fiscal_year,
        {{ measures_side_by_side(measures) }},
        cast(sum({{ half_quantum('quantum_yuan') }}) as decimal(24, 8)) as allowance_yuan,
        {{ only('quantum_yuan', "measure = 'opening_balance'") }} as opening_quantum_yuan,
        {{ only('quantum_yuan', "measure = 'closing_balance'") }} as closing_quantum_yuan
    from {{ ref('figure') }}
    where
        level = 'headline'
        and stage = 'final'
        and measure in ('{{ measures | join("', '") }}')
        and amount_yuan is not null
    group by all
),

rolled as (
    select
        *,
        case
            when income_yuan is not null and expenditure_yuan is not null
                then cast(
                    coalesce(opening_balance_yuan, 0) + income_yuan + coalesce(surplus_used_yuan, 0) - expenditure_yuan
                    - coalesce(surplus_distribution_yuan, 0) as decimal(20, 2)
                )
        end as expected_closing_yuan
    from amounts
    where opening_balance_yuan is not null or closing_balance_yuan is not null
)

select
    this_year.* exclude (opening_quantum_yuan, closing_quantum_yuan),
    cast(
        coalesce(this_year.closing_balance_yuan, 0) - this_year.expected_closing_yuan as decimal(20, 2)
    ) as roll_forward_difference_yuan,
    abs(coalesce(this_year.closing_balance_yuan, 0) - this_year.expected_closing_yuan)
    <= this_year.allowance_yuan as rolls_forward,
    last_year.closing_balance_yuan as previous_closing_yuan,
    last_year.closing_balance_source_id as previous_closing_source_id,
    cast(
        this_year.opening_balance_yuan - last_year.closing_balance_yuan as decimal(20, 2)
    ) as carried_difference_yuan,
    abs(this_year.opening_balance_yuan - last_year.closing_balance_yuan) <= greatest(
        {{ half_quantum('this_year.opening_quantum_yuan') }}, {{ half_quantum('last_year.closing_quantum_yuan') }}
    ) as carried_over
from rolled as this_year
left join rolled as last_year
    on
        this_year.department_id = last_year.department_id
        and this_year.scope = last_year.scope
        and this_year.fund = last_year.fund
        and this_year.fiscal_year = last_year.fiscal_year + 1
