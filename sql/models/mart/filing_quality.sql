-- How far a filing's own figures hold together. One wrong cell can break many rules, so findings of one root count once,
-- as the gravest of them; what our own reading got wrong, and what people
-- waived, is not held against the paper.
with evaluated as (
    select
        filing_id,
        count(*) filter (outcome in ('holds', 'rounding', 'broken')) as evaluated,
        count(*) filter (outcome = 'holds') as holds,
        count(*) filter (outcome = 'rounding') as rounding,
        count(*) filter (outcome = 'broken') as broken,
        count(*) filter (outcome = 'not_evaluable') as not_evaluable
    from {{ ref('check') }}
    group by filing_id
),

roots as (
    select
        filing_id,
        coalesce(root_id, finding_id) as root,
        min(list_position(['critical', 'warning', 'info'], severity)) as severity
    from {{ ref('finding') }}
    where cause is distinct from 'reading' and review is distinct from 'waived'
    group by all
),

severities as (
    select
        filing_id,
        count(*) filter (severity = 1) as critical,
        count(*) filter (severity = 2) as warning,
        count(*) filter (severity = 3) as info
    from roots
    group by filing_id
),

unplaced as (
    select documents.filing_id, count(*) as unplaced
    from {{ ref('unplaced') }} as leftovers
    inner join {{ ref('document') }} as documents using (document_id)
    group by documents.filing_id
)

select
    filings.filing_id,
    filings.department_id,
    filings.department,
    filings.region_code,
    filings.scope,
    filings.fiscal_year,
    filings.kind,
    {%- for outcome in ['evaluated', 'holds', 'rounding', 'broken', 'not_evaluable'] %}
    cast(coalesce(evaluated.{{ outcome }}, 0) as integer) as {{ outcome }},
    {%- endfor %}
    {%- for severity in ['critical', 'warning', 'info'] %}
    cast(coalesce(severities.{{ severity }}, 0) as integer) as {{ severity }},
    {%- endfor %}
    cast(coalesce(unplaced.unplaced, 0) as integer) as unplaced,
    case
        when evaluated.evaluated > 0
            then cast(
                greatest(
                    0,
                    100 - 10 * coalesce(severities.critical, 0) - 5 * coalesce(severities.warning, 0)
                    - coalesce(severities.info, 0)
                ) as decimal(28, 10)
            )
    end as score
from {{ ref('filing') }} as filings
left join evaluated using (filing_id)
left join severities using (filing_id)
left join unplaced using (filing_id)
