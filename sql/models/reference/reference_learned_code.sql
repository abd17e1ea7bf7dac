-- Codes that no list has, learned from the papers with the names these print; and codes of a length or first digit that
-- no classification has, which the papers print all the same.
with learned as (
    select
        kind,
        code,
        arg_max(title_printed, occurrences) as title_printed,
        list(title_printed order by occurrences desc, title_printed) as titles_printed,
        cast(min(first_year) as integer) as first_year,
        cast(max(last_year) as integer) as last_year,
        any_value(parent_code) as parent_code,
        bool_or(parent_listed) as parent_listed
    from (
        select
            kind,
            code,
            title_printed,
            count(*) as occurrences,
            min(fiscal_year) as first_year,
            max(fiscal_year) as last_year,
            any_value(parent_code) as parent_code,
            bool_or(parent_listed) as parent_listed
        from {{ ref('reference_printed_code') }}
        where verdict = 'unknown_code'
        group by kind, code, title_printed
    )
    group by kind, code
),

papers as (
    select kind, code, cast(count(distinct document_id) as integer) as documents
    from {{ ref('reference_printed_code') }}
    where verdict = 'unknown_code'
    group by kind, code
),

misshapen as (
    select
        regexp_extract(left_over.reason, '^code (\S+) belongs to no classification', 1) as code,
        cast(min(documents.fiscal_year) as integer) as first_year,
        cast(max(documents.fiscal_year) as integer) as last_year,
        cast(count(distinct left_over.document_id) as integer) as documents
    from {{ ref('unplaced') }} as left_over
    inner join {{ ref('document') }} as documents on left_over.document_id = documents.document_id
    where left_over.reason like 'code % belongs to no classification'
    group by all
)

select learned.*, papers.documents
from learned
inner join papers using (kind, code)
union all by name
select
    'none' as kind,
    code,
    cast(null as varchar) as title_printed,
    cast(null as varchar[]) as titles_printed,
    first_year,
    last_year,
    cast(null as varchar) as parent_code,
    cast(null as boolean) as parent_listed,
    documents
from misshapen
