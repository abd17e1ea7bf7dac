-- Which filing a document belongs to, and the first path it was found at. Year and department make a filing; without
-- either the document stands alone.
select
    facts.document_id,
    paths.source_path,
    case
        when facts.fiscal_year is not null and departments.department_id is not null
            then concat_ws(
                '-', facts.fiscal_year, facts.kind, coalesce(facts.scope, 'unknown'),
                departments.department_id
            )
    end as filing_id
from {{ ref('stg_document') }} as facts
inner join {{ ref('stg_document_department') }} as departments on facts.document_id = departments.document_id
left join (
    select document_id, min(source_path) as source_path
    from {{ ref('stg_source_file') }}
    group by document_id
) as paths on facts.document_id = paths.document_id
