-- 较上年增长Y%: the year before is this year divided by (1 + Y%). The allowance is exact interval arithmetic over the
-- last printed places of both. In whole numbers: fen, and shares of 10^-12.
with rates as (
    select
        *,
        {{ fen('to_yuan') }} as to_fen,
        cast({{ half_quantum('to_quantum_yuan') }} * 100 as hugeint) as to_half_fen,
        cast(1000000000000 as hugeint) + cast(value * 10000000000 as hugeint) as factor,
        cast(pow(10, 10 - rate_places) as hugeint) // 2 as half_place
    from {{ ref('told_change') }}
    where figure = 'growth_rate' and unit in ('%', '％')
),

bounds as (
    select
        *,
        {{ whole_quotient('to_fen * 1000000000000', 'factor') }} as from_fen,
        {{ whole_quotient('(abs(to_fen) + to_half_fen) * 1000000000000', '(factor - half_place)') }} as most_fen,
        {{ whole_quotient('(abs(to_fen) - to_half_fen) * 1000000000000', '(factor + half_place)') }} as least_fen
    from rates
    where factor > half_place
)

select
    {{ told_against_earlier(
        'told_rate',
        yuan_of_fen('from_fen'),
        yuan_of_fen('greatest(most_fen - abs(from_fen), abs(from_fen) - least_fen) + 1')
    ) }}
from bounds
where {{ yuan_of_fen('most_fen') }} is not null
