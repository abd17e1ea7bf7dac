-- Which papers of which years should be there. From the first year a department shows, each year has a budget and final
-- accounts; final accounts of a year come out before the budget of the year after next, and after next year's budget.
with filings as (
    select
        filings.filing_id,
        filings.department_id,
        coalesce(filings.scope, 'unknown') as scope,
        filings.fiscal_year,
        filings.kind
    from {{ ref('filing') }} as filings
    where filings.department_id is not null and filings.fiscal_year is not null
),

spans as (
    select
        department_id,
        scope,
        min(fiscal_year) as first_year,
        max(fiscal_year) filter (where kind = 'budget') as last_budget,
        max(fiscal_year) filter (where kind = 'final_accounts') as last_accounts
    from filings
    where kind in ('budget', 'final_accounts')
    group by department_id, scope
),

due as (
    select department_id, scope, 'budget' as kind, unnest(range(first_year, last_year + 1)) as fiscal_year
    from (select *, greatest(last_budget, last_accounts + 1) as last_year from spans) as budgets
    union all
    select department_id, scope, 'final_accounts', unnest(range(first_year, last_year + 1))
    from (select *, greatest(last_accounts, last_budget - 2) as last_year from spans) as accounts
),

papers as (
    select
        department_id,
        scope,
        kind,
        cast(fiscal_year as integer) as fiscal_year,
        true as expected,
        filings.filing_id
    from due
    left join filings using (department_id, scope, kind, fiscal_year)
    union all
    select department_id, scope, kind, fiscal_year, false, filing_id
    from filings
    anti join due using (department_id, scope, kind, fiscal_year)
),

documents as (
    select
        filing_id,
        count(*) as documents,
        count(*) filter (where status != 'loaded') as incomplete_documents
    from {{ ref('document') }}
    where superseded_by is null and filing_id is not null
    group by filing_id
),

-- a form that the contents promise may stand in another file of the same filing
forms as (
    select filing_id, count(*) filter (where present) as forms, count(*) filter (where not present) as missing_forms
    from (
        select filing_id, coalesce(form_code, form_title) as form, bool_or(present) as present
        from {{ ref('form') }}
        where filing_id is not null
        group by all
    ) as each_form
    group by filing_id
),

amounts as (
    select filing_id, count(*) as amounts from {{ ref('amount') }} group by filing_id
),

-- what a paper, or the page it was published on, prints of its own publication; of several dates the earliest
printed_dates as (
    select
        documents.filing_id,
        min(try_strptime(
            regexp_replace(
                regexp_extract(
                    paragraphs.text,
                    '(?:公开|发布|公布)(?:日期|时间)[：:]\s*(20\d{2}[-年./]\d{1,2}[-月./]\d{1,2})', 1
                ),
                '[年月./]', '-', 'g'
            ),
            '%Y-%m-%d'
        )::date) as published_on
    from {{ ref('paragraph') }} as paragraphs
    inner join {{ ref('document') }} as documents on paragraphs.document_id = documents.document_id
    where regexp_matches(paragraphs.text, '(公开|发布|公布)(日期|时间)')
    group by documents.filing_id
),

-- Budget Act, articles 14, 52 and 89: published within 20 days of the approval that follows within 20 days of the congress
-- (first quarter) or of its standing committee (by September); the last days of the next month leave room for late sessions
with_last_days as (
    select *, case kind
        when 'budget' then make_date(fiscal_year, 5, 31)
        when 'final_accounts' then make_date(fiscal_year + 1, 11, 30)
    end as last_day
    from papers
)

select
    papers.department_id,
    departments.department,
    departments.region_code,
    papers.scope,
    papers.fiscal_year,
    papers.kind,
    papers.expected,
    case
        when papers.filing_id is null then 'missing'
        when documents.incomplete_documents > 0 or forms.missing_forms > 0 then 'partial'
        else 'published'
    end as status,
    case
        when printed_dates.published_on <= papers.last_day then 'on_time'
        when printed_dates.published_on > papers.last_day then 'late'
        else 'unknown'
    end as timeliness,
    printed_dates.published_on,
    papers.filing_id,
    cast(coalesce(documents.documents, 0) as integer) as documents,
    cast(coalesce(documents.incomplete_documents, 0) as integer) as incomplete_documents,
    cast(coalesce(forms.forms, 0) as integer) as forms,
    cast(coalesce(forms.missing_forms, 0) as integer) as missing_forms,
    cast(coalesce(amounts.amounts, 0) as integer) as amounts
from with_last_days as papers
left join documents using (filing_id)
left join forms using (filing_id)
left join amounts using (filing_id)
left join printed_dates using (filing_id)
left join {{ ref('reference_department') }} as departments on papers.department_id = departments.department_id
