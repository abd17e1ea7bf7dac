-- Every classification code as each form prints it, beside what the lists know: input for rules on codes and names.
-- A code no list has is no error (see learned_code); a name of another code, or a parent of another class, may be.
with listed as (
    select 'function' as kind, code, title_zh, first_year, last_year
    from {{ ref('reference_function_code') }}
    union all
    select kind, code, title_zh, first_year, last_year
    from {{ ref('reference_economic_code') }}
),

keyed as (
    select *, {{ code_title_key('title_zh') }} as title_key
    from listed
),

titles_of_code as (
    select kind, code, list(distinct title_zh order by title_zh) as listed_titles
    from keyed
    group by kind, code
),

codes_of_title as (
    select kind, length(code) as digits, title_key, list(distinct code order by code) as codes
    from keyed
    group by kind, length(code), title_key
),

printed as (
    select
        form_id,
        row_code_kind as kind,
        row_code as code,
        row_label as title_printed,
        {{ code_title_key('row_label') }} as title_key,
        any_value(document_id) as document_id,
        any_value(filing_id) as filing_id,
        any_value(form_code) as form_code,
        cast(max(fiscal_year) as integer) as fiscal_year,
        arg_min(amount_id, (coalesce(page_no, 0), row_no, column_no)) as amount_id,
        cast(min(page_no) as integer) as page_no,
        cast(min(row_no) as integer) as row_no
    from {{ ref('amount') }}
    where row_code_kind in ('function', 'dept_economic', 'gov_economic') and row_label is not null
    group by form_id, row_code_kind, row_code, row_label
),

matched as (
    select
        printed.form_id,
        printed.kind,
        printed.code,
        printed.title_key,
        count(*) as names,
        bool_or(
            printed.fiscal_year is null
            or printed.fiscal_year between coalesce(keyed.first_year, 0) and coalesce(keyed.last_year, 9999)
        ) as in_its_years
    from printed
    inner join keyed
        on printed.kind = keyed.kind and printed.code = keyed.code and printed.title_key = keyed.title_key
    group by printed.form_id, printed.kind, printed.code, printed.title_key
),

codes_of_form as (
    select distinct form_id, kind, code
    from printed
)

select
    printed.form_id,
    printed.kind,
    printed.code,
    printed.title_printed,
    printed.document_id,
    printed.filing_id,
    printed.form_code,
    printed.fiscal_year,
    printed.amount_id,
    printed.page_no,
    printed.row_no,
    case
        when titles_of_code.code is null then 'unknown_code'
        when matched.in_its_years then 'listed'
        when matched.names is not null then 'listed_for_other_years'
        when codes_of_title.codes is not null then 'title_of_other_code'
        else 'unknown_title'
    end as verdict,
    titles_of_code.listed_titles,
    case when matched.names is null then codes_of_title.codes end as codes_of_title,
    case when length(printed.code) > 3 then left(printed.code, length(printed.code) - 2) end as parent_code,
    case when length(printed.code) > 3 then parents.code is not null end as parent_printed,
    case when length(printed.code) > 3 then known_parents.code is not null end as parent_listed
from printed
left join matched using (form_id, kind, code, title_key)
left join titles_of_code on printed.kind = titles_of_code.kind and printed.code = titles_of_code.code
left join codes_of_title
    on
        printed.kind = codes_of_title.kind
        and length(printed.code) = codes_of_title.digits
        and printed.title_key = codes_of_title.title_key
left join codes_of_form as parents
    on
        printed.form_id = parents.form_id
        and printed.kind = parents.kind
        and left(printed.code, greatest(length(printed.code) - 2, 3)) = parents.code
left join titles_of_code as known_parents
    on
        printed.kind = known_parents.kind
        and left(printed.code, greatest(length(printed.code) - 2, 3)) = known_parents.code
