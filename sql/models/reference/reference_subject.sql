-- Every subject there is: the measures (headline rows), the codes of the lists in their latest name, and codes that
-- only the disclosures know, in the name they print most often.
with listed as (
    select 'function' as kind, code, title_zh, first_year, last_year, evidence
    from {{ ref('reference_function_code') }}
    union all
    select kind, code, title_zh, first_year, last_year, evidence
    from {{ ref('reference_economic_code') }}
),

latest as (
    select kind, code, title_zh
    from listed
    qualify row_number() over (
        partition by kind, code
        order by
            coalesce(last_year, 9999) desc,
            coalesce(first_year, 0) desc,
            list_max(regexp_extract_all(evidence, '\d{4}')) desc nulls last,
            title_zh
    ) = 1
),

printed as (
    select split_part(subject, ':', 1) as kind, split_part(subject, ':', 2) as code, row_label as title_zh
    from {{ ref('amount') }}
    where regexp_matches(subject, '^(function|dept_economic|gov_economic):') and row_label is not null
    group by subject, row_label
    qualify row_number() over (partition by subject order by count(*) desc, row_label) = 1
)

select
    measure as subject,
    'headline' as kind,
    cast(null as varchar) as code,
    title_zh,
    title_en,
    'declared' as source
from {{ ref('reference_measure') }}
union all
select kind || ':' || code, kind, code, title_zh, null, 'list'
from latest
union all
select kind || ':' || code, kind, code, title_zh, null, 'printed'
from printed
anti join latest using (kind, code)
