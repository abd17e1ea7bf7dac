select distinct
    documents.filing_id,
    departments.department_id,
    departments.department,
    departments.region_code,
    documents.fiscal_year,
    documents.kind,
    documents.scope
from {{ ref('document') }} as documents
inner join {{ ref('stg_document_department') }} as whose on documents.document_id = whose.document_id
left join {{ ref('reference_department') }} as departments on whose.department_id = departments.department_id
where documents.filing_id is not null
