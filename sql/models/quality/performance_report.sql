-- Which self-evaluation forms a passage of a paper introduces: forms in a row, with no passage between them, belong to one
-- report, and the words before the first of them, back to the report before, tell of these forms. A paper of several
-- bodies has several such reports. One row for each paragraph before forms.
{{ config(materialized='ephemeral') }}
with sheets as (
  select document_id, sheet_id, coalesce(line_no, page_no) as place
  from {{ ref('performance_sheet') }}
  where form_code = 'PF01' and coalesce(line_no, page_no) is not null
),

-- paragraphs come first on their place: on a page both may stand, and then the paragraph's side is not known
things as (
  select document_id, place, 1 as is_sheet, sheet_id, null as paragraph_id, '' as words from sheets
  union all
  select document_id, coalesce(line_no, page_no), 0, null, paragraph_id, {{ without_blanks('text') }}
  from {{ ref('paragraph') }}
  where coalesce(line_no, page_no) is not null and document_id in (select document_id from sheets)
),

counted as (
  select
    *,
    sum(is_sheet) over (
      partition by document_id order by place, is_sheet, sheet_id, paragraph_id rows unbounded preceding
    ) as sheets_before
  from things
),

-- a gap between forms that holds a passage on a performance, not just titles and who filled them in
gaps as (
  select
    document_id, sheets_before,
    sum(length(words)) filter (length(words) >= 40) >= 200 and bool_or(regexp_matches(words, '评价|自评')) as is_passage
  from counted
  where is_sheet = 0
  group by document_id, sheets_before
),

numbered as (
  select
    counted.document_id, counted.sheet_id, counted.sheets_before as sheet_no,
    sum(case when gaps.is_passage or counted.sheets_before = 1 then 1 else 0 end) over (
      partition by counted.document_id order by counted.sheets_before rows unbounded preceding
    ) as report_no
  from counted
  left join gaps on counted.document_id = gaps.document_id and counted.sheets_before - 1 = gaps.sheets_before
  where counted.is_sheet = 1
),

reports as (
  select
    document_id, report_no, min(sheet_no) as first_sheet, count(*) as forms, arg_min(sheet_id, sheet_no) as sheet_id,
    max(report_no) over (partition by document_id) as reports,
    sum(count(*)) over (partition by document_id) as all_forms
  from numbered
  group by document_id, report_no
)

select
  counted.paragraph_id,
  reports.document_id,
  reports.report_no,
  reports.reports,
  reports.forms,
  cast(reports.all_forms as integer) as all_forms,
  reports.sheet_id as first_sheet_id,
  members.sheet_ids
from counted
inner join reports
  on counted.document_id = reports.document_id and counted.sheets_before = reports.first_sheet - 1
inner join (
  select document_id, report_no, list(sheet_id order by sheet_no) as sheet_ids from numbered group by document_id, report_no
) as members on reports.document_id = members.document_id and reports.report_no = members.report_no
where counted.is_sheet = 0
