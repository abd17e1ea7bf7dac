-- The figures told in current papers that can be compared over years, with whose they are. `rate_quantum` is the last
-- printed place of a percentage.
with claims as (
    select
        told.*,
        filings.department_id,
        filings.scope,
        filings.kind,
        filings.fiscal_year as paper_year,
        {{ comparison_level('told.subject', 'told.measure') }} as level,
        regexp_extract(
            substr(paragraphs.text, told.char_start + 1, told.char_end - told.char_start), '\d[.．](\d+)', 1
        ) as decimals
    from {{ ref('claim') }} as told
    inner join {{ ref('filing') }} as filings using (filing_id)
    left join {{ ref('paragraph') }} as paragraphs using (paragraph_id)
)

select
    * exclude (decimals, stage, comparison_stage),
    {{ own_stage('stage') }} as stage,
    {{ own_stage('coalesce(comparison_stage, stage)') }} as comparison_stage,
    case when figure = 'growth_rate' then least(length(coalesce(decimals, '')), 10) end as rate_places
from claims
where level is not null and fund is not null and stage is not null and fiscal_year is not null
