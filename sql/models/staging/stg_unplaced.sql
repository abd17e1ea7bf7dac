-- The same text can be left over twice in one line (two marks in one row), so pieces are numbered.
select
    *,
    cast(row_number() over (
        partition by document_id order by page_no, line_no, what, text, reason
    ) as integer) as unplaced_no
from {{ build_input('unplaced') }}
