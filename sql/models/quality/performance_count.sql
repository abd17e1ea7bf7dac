-- How many projects a paper tells of, and how many forms or rows of the summary it prints.
{{ config(materialized='ephemeral') }}
with counted as (
  select
    filing_id,
    count(distinct sheet_id) filter (form_code = 'PF01') as self_evaluations,
    count(distinct sheet_id) filter (form_code = 'PF02') as targets,
    count(distinct sheet_id) filter (form_code = 'PF03') as summary_rows,
    min(document_id) as document_id,
    min(sheet_id) as sheet_id
  from {{ ref('performance_sheet') }}
  group by filing_id
),

told as (
  select
    claim.filing_id, claim.document_id, claim.claim_id, claim.subject, claim.value, claim.sentence, claim.page_no,
    claim.line_no,
    row_number() over (partition by filing_id, subject order by line_no, page_no, char_start, claim_id) as told_no
  from {{ ref('claim') }} as claim
  where figure = 'count' and measure = 'performance_projects'
    and subject in ('performance:self_evaluation', 'performance:targets')
),

paired as (
  select
    told.*,
    case
      when told.subject = 'performance:targets' then nullif(counted.targets, 0)
      when counted.summary_rows > 1 then counted.summary_rows
      else nullif(counted.self_evaluations, 0)
    end as rows_present,
    counted.sheet_id
  from told inner join counted on told.filing_id = counted.filing_id
)

select
  filing_id, document_id, sheet_id, subject, concat('told#', told_no) as place_name,
  unnest([
    {'quantity': 'told_projects', 'value': cast(value as decimal(28, 10)), 'printed': sentence, 'kind': 'claim',
     'id': claim_id},
    {'quantity': 'printed_projects', 'value': cast(rows_present as decimal(28, 10)), 'printed': '', 'kind': 'sheet',
     'id': sheet_id}
  ], recursive := true),
  page_no, line_no
from paired
where rows_present is not null
