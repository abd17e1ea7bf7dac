-- The figures of the assertions that do not simply hold: one row a figure, with what it says and where it stands.
with open_assertions as (
  select check_id, outcome, unnest(facts, recursive := true) from {{ ref('assertion') }} where outcome <> 'holds'
),

-- a condition on one side of a join would make DuckDB compare every row with every row
identified as (
  select
    *,
    case when kind = 'amount' then id end as amount_id,
    case when kind = 'claim' then id end as claim_id
  from open_assertions
)

select
  facts.check_id,
  facts.outcome,
  facts.side,
  cast(facts.sign as integer) as sign,
  facts.kind,
  facts.id,
  coalesce(cells.document_id, told.document_id) as document_id,
  coalesce(cells.label, told.label) as label,
  coalesce(cells.printed, told.printed) as printed,
  coalesce(cells.page_no, told.page_no) as page_no,
  case when cells.x0 is null then null else [cells.x0, cells.y0, cells.x1, cells.y1] end as bbox,
  case
    when told.claim_id is not null then concat('“', told.sentence, '”', ' p' || told.page_no, ' l' || told.line_no)
    else {{ cell_place('cells', 'document') }}
  end as place,
  case when told.claim_id is not null then [0, told.place, 0] else [1, cells.row_no, cells.column_no] end as place_order
from identified as facts
left join {{ ref('cell') }} as cells on facts.amount_id = cells.amount_id
left join {{ ref('document') }} as document on cells.document_id = document.document_id
left join {{ ref('told') }} as told on facts.claim_id = told.claim_id
