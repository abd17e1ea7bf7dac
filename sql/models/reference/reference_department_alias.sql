-- Every spelling with the department it stands for, as the papers print it, and every alias that people confirmed.
select
    printed as alias,
    department_id,
    cast(min(fiscal_year) as integer) as first_year,
    cast(max(fiscal_year) as integer) as last_year,
    case
        when any_value({{ department_id('printed') }}) = department_id then 'printed'
        else 'printed and confirmed'
    end as basis
from {{ ref('stg_document_department') }}
where department_id is not null
group by printed, department_id
union all by name
select
    confirmed.alias,
    {{ department_id('confirmed.department') }} as department_id,
    confirmed.first_year,
    confirmed.last_year,
    'confirmed' as basis
from {{ build_input('reference_department_alias') }} as confirmed
where not exists (
    select 1
    from {{ ref('stg_document_department') }} as papers
    where papers.printed = confirmed.alias and papers.department_id = {{ department_id('confirmed.department') }}
)
