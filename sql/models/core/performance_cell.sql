select facts.*, documents.filing_id
from {{ ref('stg_performance_cell') }} as facts
inner join {{ ref('document') }} as documents on facts.document_id = documents.document_id
where documents.superseded_by is null
