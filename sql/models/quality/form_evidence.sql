-- The cells of the broken checks within and between forms.
{{ config(materialized='ephemeral') }}
select
  part.check_id,
  part.side,
  case when part.factor < 0 then -1 else 1 end as sign,
  'amount' as kind,
  cells.amount_id as id,
  cells.document_id,
  cells.printed,
  cells.page_no,
  case when cells.x0 is null then null else [cells.x0, cells.y0, cells.x1, cells.y1] end as bbox,
  {{ cell_place('cells', 'document') }} as place,
  [part.term_no, cells.row_no, cells.column_no] as place_order
from {{ ref('form_part') }} as part
inner join {{ ref('cell') }} as cells on part.amount_id = cells.amount_id
left join {{ ref('document') }} as document on cells.document_id = document.document_id
semi join (select check_id from {{ ref('check') }} where outcome = 'broken') as broken on part.check_id = broken.check_id
