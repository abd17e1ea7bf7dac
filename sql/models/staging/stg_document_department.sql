-- The department each document is about: its printed name, or what people confirmed that this name stands for in that
-- year (pipelines/classification/data/department_aliases.csv). Nothing else ever merges two names.
with confirmed as (
    select
        {{ department_key('alias') }} as alias_key,
        department,
        coalesce(first_year, 0) as first_year,
        coalesce(last_year, 9999) as last_year,
        first_year is null and last_year is null as always
    from {{ build_input('reference_department_alias') }}
)

select
    facts.document_id,
    facts.department as printed,
    coalesce(confirmed.department, facts.department) as department,
    {{ department_id('coalesce(confirmed.department, facts.department)') }} as department_id,
    facts.fiscal_year
from {{ ref('stg_document') }} as facts
left join confirmed
    on {{ department_key('facts.department') }} = confirmed.alias_key
    and (confirmed.always or facts.fiscal_year between confirmed.first_year and confirmed.last_year)
