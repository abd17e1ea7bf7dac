-- The amounts as rules see them: only those in yuan whose row and column are understood. row_key pairs the cells of a
-- row (all totals of a form are one row); parts says of how many printed figures the cell is exactly the sum.
with placed as not materialized (
  select
    amount_id, filing_id, document_id, form_id, form_code, form_title, subject, measure, fiscal_year, amount_yuan,
    quantum_yuan, row_label, column_label, printed, unit, page_no, table_no, row_no, column_no, x0, y0, x1, y1,
    case when subject = measure then 'total' else split_part(subject, ':', 1) end as row_kind,
    case when subject = measure then 'total' else subject end as row_key,
    case when subject <> measure then substr(subject, length(split_part(subject, ':', 1)) + 2) end as code,
    coalesce(fund, '') as fund_key,
    coalesce(stage, '') as stage_key
  from {{ ref('amount') }}
  where amount_yuan is not null and subject is not null and measure is not null and filing_id is not null
),

form_facts as (
  select
    form_id,
    row_number() over (
      partition by filing_id, form_code order by count(*) desc, min(page_no), min(table_no), form_id
    ) as form_seq
  from placed
  group by filing_id, form_code, form_id
),

unplaced_rows as (
  select form_id, row_no, bool_or(measure is null) as column_unknown, bool_or(subject is null) as row_unknown
  from {{ ref('amount') }}
  where amount_yuan <> 0 and (measure is null or subject is null)
  group by form_id, row_no
),

unplaced_forms as (
  select distinct form_id from unplaced_rows where row_unknown
),

-- the codes a form prints, and the codes that would stand above them
printed_codes as (
  select distinct
    form_id,
    row_kind,
    code,
    case when length(code) > 5 then left(code, 5) end as section_code,
    case when length(code) > 3 then left(code, 3) end as class_code
  from placed
  where row_kind in ('function', 'dept_economic', 'gov_economic')
),

parents as (
  select codes.form_id, codes.row_kind, codes.code, coalesce(sections.code, classes.code) as parent_code
  from printed_codes as codes
  left join printed_codes as sections
    on codes.form_id = sections.form_id and codes.row_kind = sections.row_kind and codes.section_code = sections.code
  left join printed_codes as classes
    on codes.form_id = classes.form_id and codes.row_kind = classes.row_kind and codes.class_code = classes.code
),

with_children as (
  select distinct form_id, row_kind, parent_code from parents where parent_code is not null
),

-- what sums are made of
with_parent as (
  select
    placed.form_id, placed.measure, placed.fund_key, placed.stage_key, placed.row_kind, placed.code,
    placed.amount_yuan, parents.parent_code,
    placed.row_kind <> 'total' and with_children.form_id is null as is_leaf
  from placed
  left join parents
    on placed.form_id = parents.form_id and placed.row_kind = parents.row_kind and placed.code = parents.code
  left join with_children
    on placed.form_id = with_children.form_id and placed.row_kind = with_children.row_kind
    and placed.code = with_children.parent_code
),

-- sums of leaves and of direct children, by the row they could add up to
sums as (
  select form_id, measure, fund_key, stage_key, 'total' as target, count(*) as n, sum(amount_yuan) as total
  from with_parent where is_leaf
  group by all
  union all
  select form_id, measure, fund_key, stage_key, 'total', count(*), sum(amount_yuan)
  from with_parent where parent_code is null and row_kind <> 'total'
  group by all
  union all
  select form_id, measure, fund_key, stage_key, row_kind || ':' || left(code, 3), count(*), sum(amount_yuan)
  from with_parent where is_leaf and parent_code is not null
  group by all
  union all
  select form_id, measure, fund_key, stage_key, row_kind || ':' || parent_code, count(*), sum(amount_yuan)
  from with_parent where parent_code is not null
  group by all
),

parts as (
  select placed.amount_id, max(sums.n) as parts
  from placed
  inner join sums
    on placed.form_id = sums.form_id and placed.row_key = sums.target and placed.measure = sums.measure
    and placed.fund_key = sums.fund_key and placed.stage_key = sums.stage_key
    and placed.amount_yuan = sums.total
  group by placed.amount_id
)

select
  cells.amount_id,
  cells.filing_id,
  cells.document_id,
  cells.form_id,
  cells.form_code,
  cells.form_title,
  cast(forms.form_seq as integer) as form_seq,
  cells.subject,
  cells.row_kind,
  cells.row_key,
  cells.code,
  parents.parent_code,
  cells.measure,
  cells.fund_key as fund,
  cells.stage_key as stage,
  cells.fiscal_year,
  cells.amount_yuan,
  cast(coalesce(cells.quantum_yuan, 0) as decimal(18, 8)) as quantum_yuan,
  cast(coalesce(parts.parts, 1) as integer) as parts,
  coalesce(rows.column_unknown, false) as column_unknown,
  unplaced_forms.form_id is not null as row_unknown,
  coalesce(
    nullif(concat_ws('·', nullif(cells.row_label, ''), nullif(cells.column_label, '')), ''), cells.measure
  ) as label,
  cells.printed,
  cells.unit,
  cells.page_no,
  cells.row_no,
  cells.column_no,
  cells.x0,
  cells.y0,
  cells.x1,
  cells.y1
from placed as cells
inner join form_facts as forms on cells.form_id = forms.form_id
left join parents
  on cells.form_id = parents.form_id and cells.row_kind = parents.row_kind and cells.code = parents.code
left join parts on cells.amount_id = parts.amount_id
left join unplaced_rows as rows on cells.form_id = rows.form_id and cells.row_no = rows.row_no
left join unplaced_forms on cells.form_id = unplaced_forms.form_id
