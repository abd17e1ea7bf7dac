-- What a report says of all projects it reports on, beside the forms it introduces: how many they are, how many are
-- excellent, what money they have; and, where it introduces a single form, the score.
{{ config(materialized='ephemeral') }}
with passages as (
  select
    reports.*, documents.filing_id, paragraphs.page_no, paragraphs.line_no,
    {{ without_blanks('paragraphs.text') }} as words
  from {{ ref('performance_report') }} as reports
  inner join {{ ref('paragraph') }} as paragraphs on reports.paragraph_id = paragraphs.paragraph_id
  inner join {{ ref('document') }} as documents on reports.document_id = documents.document_id
  where documents.filing_id is not null and (contains(paragraphs.text, '项目') or contains(paragraphs.text, '优'))
),

told_counts as (
  select
    *,
    nullif(coalesce(
      nullif(regexp_extract(words, '(\d+)个(?:评价|自评|专项|预算|支出|绩效)+项目', 1), ''),
      regexp_extract(words, '(?:评价|自评|专项|支出)项目(?:预算|支出|资金|总数|总计|共计|共)*(?:为|有)?(\d+|[一二两三四五六七八九十])(?:个|项)', 1)
    ), '') as projects_told,
    nullif(regexp_extract(words, '等级(?:均|全部|都)?(?:为|是)?[“"]?优[”"]?的?(?:项目)?共?有?(\d+)(?:个|项)', 1), '') as excellent_told
  from passages
),

counts as (
  select
    *,
    row_number() over (
      partition by document_id, report_no, projects_told is null order by line_no, page_no, paragraph_id
    ) as telling,
    coalesce(try_cast(projects_told as integer), list_position(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'], projects_told),
      case projects_told when '两' then 2 end) as projects,
    try_cast(excellent_told as integer) as excellent
  from told_counts
  where projects_told is not null or excellent_told is not null
),

members as (
  select
    per_report.document_id, per_report.report_no,
    count(*) filter (contains(coalesce(sheets.grade, ''), '优')) as excellent,
    count(sheets.grade) as graded,
    sum(coalesce(adjusted.amount, initial.amount)) as budget,
    count(coalesce(adjusted.amount, initial.amount)) as budgeted,
    sum(coalesce(adjusted.quantum, initial.quantum)) * 0.5 as budget_half,
    sum(final.amount) as executed,
    count(final.amount) as spent,
    sum(final.quantum) * 0.5 as executed_half,
    string_agg(coalesce(adjusted.printed, initial.printed), '＋' order by sheets.line_no, sheets.page_no) as budgets,
    string_agg(final.printed, '＋' order by sheets.line_no, sheets.page_no) as executions
  from (
    select distinct document_id, report_no, unnest(sheet_ids) as sheet_id from {{ ref('performance_report') }}
  ) as per_report
  inner join {{ ref('performance_sheet') }} as sheets on per_report.sheet_id = sheets.sheet_id
  left join {{ ref('performance_money') }} as adjusted
    on sheets.project_id = adjusted.project_id and adjusted.stage = 'adjusted_budget'
  left join {{ ref('performance_money') }} as initial
    on sheets.project_id = initial.project_id and initial.stage = 'initial_budget'
  left join {{ ref('performance_money') }} as final on sheets.project_id = final.project_id and final.stage = 'final'
  group by per_report.document_id, per_report.report_no
),

-- money told of the projects in a passage that counts them: not less than what the forms there have, if it counts no fewer
told_money as (
  select
    counts.*, claim.claim_id, claim.stage, claim.value_yuan, coalesce(claim.quantum_yuan, 0) * 0.5 as told_half,
    concat(cast(cast(claim.value as double) as varchar), claim.unit) as told_printed
  from counts
  inner join {{ ref('claim') }} as claim on counts.paragraph_id = claim.paragraph_id
  where claim.figure = 'amount' and claim.subject = 'project_expenditure' and claim.value_yuan is not null
    and coalesce(claim.stage, 'initial_budget') in ('initial_budget', 'adjusted_budget', 'final')
    and counts.projects >= counts.forms
),

-- a report that introduces one form tells that form's score
told_scores as (
  select
    passages.*, claim.claim_id, claim.value, claim.sentence,
    row_number() over (
      partition by passages.document_id, passages.report_no
      order by passages.line_no, passages.page_no, claim.char_start, claim.claim_id
    ) as telling
  from passages
  inner join {{ ref('claim') }} as claim on passages.paragraph_id = claim.paragraph_id
  where passages.forms = 1 and passages.reports > 1 and claim.figure = 'score' and claim.measure = 'score'
    and claim.subject = 'overall_performance' and claim.project_id is null and contains(claim.sentence, '自评')
    and not contains(claim.sentence, '整体')
),

figures as (
  select
    filing_id, document_id, first_sheet_id as sheet_id, 'count' as place,
    concat_ws('/', concat('报告', report_no), '项目个数', nullif(telling, 1)) as place_name,
    unnest([
      {'quantity': 'reported_projects', 'value': projects, 'half': 0, 'printed': words, 'kind': 'paragraph', 'id': paragraph_id},
      {'quantity': 'introduced_forms', 'value': forms, 'half': 0, 'printed': '', 'kind': 'sheet', 'id': first_sheet_id},
      {'quantity': 'forms_of_all_reports', 'value': all_forms, 'half': 0, 'printed': '', 'kind': 'sheet', 'id': first_sheet_id}
    ], recursive := true),
    page_no, line_no
  from counts
  where reports > 1 and projects is not null
  union all
  select
    counts.filing_id, counts.document_id, counts.first_sheet_id, 'count',
    concat_ws('/', concat('报告', counts.report_no), '评优个数', nullif(counts.telling, 1)),
    unnest([
      {'quantity': 'reported_excellent', 'value': counts.excellent, 'half': 0, 'printed': counts.words, 'kind': 'paragraph',
       'id': counts.paragraph_id},
      {'quantity': 'introduced_excellent', 'value': members.excellent, 'half': 0, 'printed': '', 'kind': 'sheet',
       'id': counts.first_sheet_id}
    ], recursive := true),
    counts.page_no, counts.line_no
  from counts
  inner join members on counts.document_id = members.document_id and counts.report_no = members.report_no
  where counts.reports > 1 and counts.excellent is not null and members.graded = counts.forms
  union all
  select
    told_money.filing_id, told_money.document_id, told_money.first_sheet_id, 'count',
    concat_ws('/', concat('报告', told_money.report_no), case when told_money.stage = 'final' then '支出' else '预算' end,
      nullif(told_money.telling, 1)),
    unnest([
      {'quantity': 'reported_money', 'value': told_money.value_yuan, 'half': told_money.told_half,
       'printed': told_money.told_printed, 'kind': 'claim', 'id': told_money.claim_id},
      {'quantity': 'introduced_money',
       'value': case when told_money.stage = 'final' then members.executed else members.budget end,
       'half': case when told_money.stage = 'final' then members.executed_half else members.budget_half end,
       'printed': case when told_money.stage = 'final' then members.executions else members.budgets end,
       'kind': 'sheet', 'id': told_money.first_sheet_id}
    ], recursive := true),
    told_money.page_no, told_money.line_no
  from told_money
  inner join members on told_money.document_id = members.document_id and told_money.report_no = members.report_no
  union all
  select
    told_scores.filing_id, told_scores.document_id, sheets.sheet_id, 'told',
    concat_ws('/', '报告', nullif(told_scores.telling, 1)),
    unnest([
      {'quantity': 'told_score', 'value': told_scores.value, 'half': 0, 'printed': told_scores.sentence, 'kind': 'claim',
       'id': told_scores.claim_id},
      {'quantity': 'form_score', 'value': sheets.score, 'half': 0, 'printed': '', 'kind': 'project', 'id': sheets.sheet_id}
    ], recursive := true),
    told_scores.page_no, told_scores.line_no
  from told_scores
  inner join {{ ref('performance_sheet') }} as sheets on told_scores.first_sheet_id = sheets.sheet_id
)

select
  figures.filing_id,
  figures.document_id,
  figures.sheet_id,
  case when figures.place = 'told' then sheets.name else '报告所述项目' end as subject,
  case when figures.place = 'told' then concat_ws('#', sheets.form_code, nullif(sheets.name_no, 1)) else 'count' end as form_key,
  sheets.form_title,
  figures.place,
  figures.place_name,
  figures.quantity,
  cast(figures.value as decimal(28, 10)) as value,
  cast(figures.half as decimal(28, 10)) as half,
  coalesce(nullif(figures.printed, ''), {{ plain_number('cast(figures.value as decimal(28, 10))') }}) as printed,
  figures.kind,
  figures.id,
  {{ cell_field('figures.kind', 'figures.quantity') }} as field,
  figures.page_no,
  figures.line_no
from figures
inner join {{ ref('performance_sheet') }} as sheets on figures.sheet_id = sheets.sheet_id
where figures.value is not null
