select
    facts.*,
    paths.filing_id,
    paths.source_path,
    versions.superseded_by
from {{ ref('stg_document') }} as facts
left join {{ ref('stg_filing_document') }} as paths using (document_id)
left join {{ ref('stg_supersession') }} as versions using (document_id)
