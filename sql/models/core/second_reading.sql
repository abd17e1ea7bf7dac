select readings.*
from {{ build_input('second_reading') }} as readings
inner join {{ ref('document') }} as documents on readings.document_id = documents.document_id
where documents.superseded_by is null
