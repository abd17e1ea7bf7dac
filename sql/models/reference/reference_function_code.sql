select code, title_zh, cast(length(code) // 2 as integer) as level, parent_code, first_year, last_year, evidence
from {{ build_input('reference_function_code') }}
