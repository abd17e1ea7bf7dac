-- What a paper says of the projects of each kind (该类项目总数…个，涉及预算总金额…，预算执行总体进度为…%，预算结余率大于…%
-- 的项目共计…个), all kinds together, beside the forms it prints; only where it tells of as many projects as it prints.
{{ config(materialized='ephemeral') }}
with told as (
  select
    documents.filing_id, paragraphs.document_id, paragraphs.paragraph_id, paragraphs.section, paragraphs.page_no,
    paragraphs.line_no, {{ without_blanks('paragraphs.text') }} as words
  from {{ ref('paragraph') }} as paragraphs
  inner join {{ ref('document') }} as documents on paragraphs.document_id = documents.document_id
  where documents.filing_id is not null and contains(paragraphs.text, '项目总数')
),

kinds as (
  select
    *,
    try_cast(regexp_extract(words, '项目总数(\d+)个', 1) as integer) as projects,
    try_cast(regexp_extract(words, '预算总金额(\d+(?:\.\d+)?)万元', 1) as decimal(28, 10)) as budget,
    {{ half_place("length(regexp_extract(words, '预算总金额[0-9]+[.]([0-9]+)万元', 1))") }} as budget_half,
    try_cast(regexp_extract(words, '执行(?:总体|整体)?进度为(\d+(?:\.\d+)?)[%％]', 1) as decimal(28, 10)) as progress,
    {{ half_place("length(regexp_extract(words, '执行(?:总体|整体)?进度为[0-9]+[.]([0-9]+)[%％]', 1))") }} as progress_half,
    try_cast(regexp_extract(words, '结余率大于(\d+)[%％]的项目共计\d+个', 1) as integer) as bound,
    try_cast(regexp_extract(words, '结余率大于\d+[%％]的项目共计(\d+)个', 1) as integer) as unspent
  from told
),

portfolios as (
  select
    filing_id, any_value(document_id) as document_id, any_value(section) as section,
    sum(projects) as projects,
    case when count(budget) = count(*) then sum(budget) end as budget,
    sum(budget_half) as budget_half,
    case when count(budget) = count(*) and count(progress) = count(*) then sum(budget * progress) end as spent,
    max(progress_half) as progress_half,
    case when count(unspent) = count(*) and count(distinct bound) = 1 then sum(unspent) end as unspent,
    any_value(bound) as bound,
    arg_min(paragraph_id, coalesce(line_no, page_no)) as paragraph_id,
    string_agg(words, ' ' order by line_no, page_no) as words,
    min(page_no) as page_no, min(line_no) as line_no
  from kinds
  where projects is not null
  group by filing_id
  having count(distinct section) <= 1
),

forms as (
  select
    sheets.filing_id, count(*) as forms, min(sheets.sheet_id) as sheet_id, min(sheets.form_title) as form_title,
    sum(initial.amount) as initial, sum(initial.quantum) * 0.5 as initial_half, count(initial.amount) as initials,
    sum(adjusted.amount) as adjusted, sum(adjusted.quantum) * 0.5 as adjusted_half, count(adjusted.amount) as adjusteds,
    sum(final.amount) as executed, sum(final.quantum) * 0.5 as executed_half, count(final.amount) as executeds,
    string_agg(initial.printed, '＋' order by sheets.line_no, sheets.page_no) as initials_printed,
    string_agg(adjusted.printed, '＋' order by sheets.line_no, sheets.page_no) as adjusted_printed,
    string_agg(final.printed, '＋' order by sheets.line_no, sheets.page_no) as executed_printed
  from {{ ref('performance_sheet') }} as sheets
  left join {{ ref('performance_money') }} as initial
    on sheets.project_id = initial.project_id and initial.stage = 'initial_budget'
  left join {{ ref('performance_money') }} as adjusted
    on sheets.project_id = adjusted.project_id and adjusted.stage = 'adjusted_budget'
  left join {{ ref('performance_money') }} as final on sheets.project_id = final.project_id and final.stage = 'final'
  where sheets.form_code = 'PF01'
  group by sheets.filing_id
),

matched as (
  select portfolios.*, forms.* exclude (filing_id)
  from portfolios inner join forms on portfolios.filing_id = forms.filing_id and portfolios.projects = forms.forms
),

unspent_forms as (
  select
    matched.filing_id, count(*) as unspent,
    string_agg(sheets.name, '、' order by sheets.line_no, sheets.page_no) as names
  from matched
  inner join {{ ref('performance_sheet') }} as sheets
    on matched.filing_id = sheets.filing_id and sheets.form_code = 'PF01'
  inner join {{ ref('performance_money') }} as adjusted
    on sheets.project_id = adjusted.project_id and adjusted.stage = 'adjusted_budget'
  inner join {{ ref('performance_money') }} as final on sheets.project_id = final.project_id and final.stage = 'final'
  where (adjusted.amount - final.amount) * 100 > matched.bound * adjusted.amount
  group by matched.filing_id
),

-- money told of all projects in the section that counts them
section_money as (
  select
    matched.*, claim.claim_id, claim.stage, claim.value_yuan, coalesce(claim.quantum_yuan, 0) * 0.5 as claim_half,
    concat(cast(cast(claim.value as double) as varchar), claim.unit) as claim_printed, claim.page_no as claim_page,
    claim.line_no as claim_line,
    row_number() over (
      partition by matched.filing_id, claim.stage order by claim.line_no, claim.page_no, claim.char_start, claim.claim_id
    ) as telling
  from matched
  inner join {{ ref('claim') }} as claim on matched.document_id = claim.document_id
  inner join {{ ref('paragraph') }} as paragraphs on claim.paragraph_id = paragraphs.paragraph_id
  anti join kinds on claim.paragraph_id = kinds.paragraph_id
  where claim.subject = 'project_expenditure' and claim.figure = 'amount' and claim.stage in ('initial_budget', 'final')
    and claim.project_id is null and paragraphs.section is not distinct from matched.section
    and claim.value_yuan is not null
),

figures as (
  select
    filing_id, document_id, sheet_id, form_title, '结余率' as place_name,
    unnest([
      {'quantity': 'told_unspent', 'value': unspent, 'half': 0, 'printed': words, 'kind': 'paragraph', 'id': paragraph_id}
    ], recursive := true),
    page_no, line_no
  from matched
  where adjusteds = forms and executeds = forms
  union all
  select
    matched.filing_id, matched.document_id, matched.sheet_id, matched.form_title, '结余率', 'forms_unspent',
    coalesce(unspent_forms.unspent, 0), 0, unspent_forms.names, 'sheet', matched.sheet_id, matched.page_no, matched.line_no
  from matched left join unspent_forms on matched.filing_id = unspent_forms.filing_id
  where matched.adjusteds = matched.forms and matched.executeds = matched.forms and matched.unspent is not null
  union all
  select
    filing_id, document_id, sheet_id, form_title, '总体进度',
    unnest([
      {'quantity': 'told_progress', 'value': {{ percent_of('spent', 'budget * 100') }}, 'half': progress_half, 'printed': words,
       'kind': 'paragraph', 'id': paragraph_id},
      {'quantity': 'executed_in_forms', 'value': executed, 'half': executed_half, 'printed': executed_printed,
       'kind': 'sheet', 'id': sheet_id},
      {'quantity': 'adjusted_in_forms', 'value': adjusted, 'half': adjusted_half, 'printed': adjusted_printed,
       'kind': 'sheet', 'id': sheet_id}
    ], recursive := true),
    page_no, line_no
  from matched
  where adjusteds = forms and executeds = forms and budget > 0 and spent is not null
  union all
  select
    filing_id, document_id, sheet_id, form_title, concat_ws('/', case stage when 'final' then '支出' else '年初预算' end, nullif(telling, 1)),
    unnest([
      {'quantity': 'told_of_all', 'value': value_yuan, 'half': claim_half, 'printed': claim_printed, 'kind': 'claim',
       'id': claim_id},
      {'quantity': 'all_forms', 'value': case stage when 'final' then executed else initial end,
       'half': case stage when 'final' then executed_half else initial_half end,
       'printed': case stage when 'final' then executed_printed else initials_printed end, 'kind': 'sheet', 'id': sheet_id}
    ], recursive := true),
    claim_page, claim_line
  from section_money
  where case stage when 'final' then executeds else initials end = forms
)

select
  filing_id, document_id, sheet_id, '全部项目' as subject, 'count' as form_key, form_title,
  'count' as place, place_name, quantity, cast(value as decimal(28, 10)) as value, cast(half as decimal(28, 10)) as half,
  coalesce(nullif(printed, ''), cast(cast(value as integer) as varchar)) as printed, kind, id, cast(null as varchar) as field,
  page_no, line_no
from figures
where value is not null
