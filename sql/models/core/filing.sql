select distinct
    documents.filing_id,
    departments.department_id,
    departments.department,
    departments.region_code,
    documents.fiscal_year,
    documents.kind,
    documents.scope
from {{ ref('document') }} as documents
left join {{ ref('reference_department') }} as departments
    on {{ department_id('documents.department') }} = departments.department_id
where documents.filing_id is not null
