select distinct
    department as alias,
    {{ department_id('department') }} as department_id
from {{ ref('stg_document') }}
where {{ department_id('department') }} is not null
