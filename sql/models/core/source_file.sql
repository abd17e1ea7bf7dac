select source_path, container_path, document_id
from {{ ref('stg_source_file') }}
