-- Index systems of one evaluation that a paper prints more than once (the system with its criteria, the score table): they
-- have the same indicators with the same weights. And quantities that the words on a project tell by an indicator's name.
{{ config(materialized='ephemeral') }}
with systems as (
  select * from {{ ref('performance_sheet') }} where project_id is null and indicators > 5 and weighted = indicators
),

rows as (
  select
    rows.*, systems.document_id, systems.filing_id, {{ project_key('level3') }} as key,
    count(*) over (partition by rows.sheet_id, {{ project_key('level3') }}) as times
  from {{ ref('performance_row') }} as rows
  inner join systems on rows.sheet_id = systems.sheet_id
  where rows.row_kind = 'indicator' and rows.level3 is not null
),

named as (
  select * from rows where times = 1
),

-- the same system: full marks alike, and most indicators of the shorter have the same names
pairs as (
  select
    later.sheet_id, first.sheet_id as first_id, later.indicators, first.indicators as first_indicators
  from systems as later
  inner join systems as first
    on later.document_id = first.document_id
    and (first.line_no, first.page_no, first.table_no) < (later.line_no, later.page_no, later.table_no)
  qualify row_number() over (
    partition by later.sheet_id order by first.line_no, first.page_no, first.table_no, first.sheet_id
  ) = 1
),

shared as (
  select pairs.sheet_id, pairs.first_id, count(*) as names
  from pairs
  inner join named as later on pairs.sheet_id = later.sheet_id
  inner join named as first on pairs.first_id = first.sheet_id and later.key = first.key
  group by pairs.sheet_id, pairs.first_id
),

weights as (
  select sheet_id, sum(weight) as weights from rows group by sheet_id
),

same as (
  select pairs.*
  from pairs
  inner join shared on pairs.sheet_id = shared.sheet_id
  inner join weights as later on pairs.sheet_id = later.sheet_id
  inner join weights as first on pairs.first_id = first.sheet_id
  where later.weights = first.weights and shared.names * 3 >= least(pairs.indicators, pairs.first_indicators) * 2
),

told_quantities as (
  select
    rows.sheet_id, rows.place_name, rows.indicator_id, rows.target_value, rows.target_unit, rows.target, rows.actual,
    paragraphs.paragraph_id, paragraphs.page_no, paragraphs.line_no, rows.page_no as row_page, rows.line_no as row_line,
    {{ without_blanks('paragraphs.text') }} as words,
    regexp_extract(
      substr(
        {{ without_blanks('paragraphs.text') }},
        instr({{ without_blanks('paragraphs.text') }}, {{ without_blanks('rows.level3') }}) + length({{ without_blanks('rows.level3') }})
      ),
      '^(?:数量|共|共计|为|：)?(\d+(?:\.\d+)?)([一-鿿]{1,2})', ['digits', 'unit']
    ) as told
  from {{ ref('performance_row') }} as rows
  inner join {{ ref('paragraph') }} as paragraphs on rows.sheet_id = paragraphs.project_id
  where rows.row_kind = 'indicator' and rows.target_value is not null and rows.target_unit is not null
    and length({{ without_blanks('rows.level3') }}) >= 2
    and contains({{ without_blanks('paragraphs.text') }}, {{ without_blanks('rows.level3') }})
),

told as (
  select
    *,
    try_cast(told.digits as decimal(28, 10)) as told_value,
    try_cast(regexp_extract(actual, '^\s*(\d+(?:\.\d+)?)', 1) as decimal(28, 10)) as actual_value,
    row_number() over (partition by sheet_id, place_name order by line_no, page_no, paragraph_id) as telling
  from told_quantities
  where told.digits <> '' and starts_with(told.unit, target_unit)
),

figures as (
  select
    sheet_id, 'system' as place, '' as place_name,
    unnest([
      {'quantity': 'system_indicators', 'value': indicators, 'printed': '', 'kind': 'sheet', 'id': sheet_id},
      {'quantity': 'first_system_indicators', 'value': first_indicators, 'printed': '', 'kind': 'sheet', 'id': first_id}
    ], recursive := true),
    cast(null as integer) as page_no, cast(null as integer) as line_no
  from same
  union all
  select
    later.sheet_id, 'system', later.place_name,
    unnest([
      {'quantity': 'system_weight', 'value': later.weight, 'printed': '', 'kind': 'indicator', 'id': later.indicator_id},
      {'quantity': 'first_system_weight', 'value': first.weight, 'printed': '', 'kind': 'indicator', 'id': first.indicator_id}
    ], recursive := true),
    later.page_no, later.line_no
  from same
  inner join named as later on same.sheet_id = later.sheet_id
  inner join named as first on same.first_id = first.sheet_id and later.key = first.key
  union all
  select
    sheet_id, 'told_row', concat_ws('/', place_name, nullif(telling, 1)),
    unnest([
      {'quantity': 'told_quantity', 'value': told_value, 'printed': words, 'kind': 'paragraph', 'id': paragraph_id},
      {'quantity': 'quantity_set', 'value': target_value, 'printed': target, 'kind': 'indicator', 'id': indicator_id},
      {'quantity': 'quantity_reached', 'value': actual_value, 'printed': actual, 'kind': 'indicator', 'id': indicator_id}
    ], recursive := true),
    page_no, line_no
  from told
),

sheets as (
  select * from {{ ref('performance_sheet') }}
),

-- what an index system has as a whole stands where its sheet does
placed as (
  select
    figures.* exclude (page_no, line_no), 0 as half, {{ cell_field('kind', 'quantity') }} as field,
    coalesce(figures.page_no, sheets.page_no) as page_no, coalesce(figures.line_no, sheets.line_no) as line_no
  from figures inner join sheets on figures.sheet_id = sheets.sheet_id
)

{{ as_figures_of_sheets('placed') }}
