-- All comparisons, one for each key and basis. Where a basis tells one thing several times, the paper that is about it
-- comes first, then what is told most often. A rate of change from nothing (由0增加100%) tells nothing of the year before.
with told as (
    {% for basis in ['both_papers', 'prior_column', 'told_value', 'told_difference', 'told_rate'] %}
    select * from {{ ref('by_' ~ basis) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

keyed as (
    select
        *,
        md5(concat_ws(
            '|', department_id, coalesce(scope, ''), subject, measure, fund, from_stage, to_stage, from_year, to_year
        )) as comparison_key,
        coalesce(claim_id, to_amount_id) as told_by
    from told
),

counted as (
    select *, count(*) over (partition by comparison_key, basis, from_yuan, to_yuan) as times
    from keyed
)

select *
from counted
qualify
    row_number() over (
        partition by comparison_key, basis order by in_its_paper desc, times desc, told_by, to_document_id
    ) = 1
    and not (
        basis = 'told_rate'
        and coalesce(bool_or(abs(from_yuan) <= from_allowance) filter (where basis != 'told_rate') over (
            partition by comparison_key
        ), false)
    )
