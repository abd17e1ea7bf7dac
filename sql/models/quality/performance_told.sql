-- What is told of projects and indicators in words, beside what their forms and summaries print: one place a claim.
{{ config(materialized='ephemeral') }}
with sheets as (
  select * from {{ ref('performance_sheet') }}
),

told as (
  select
    claim.*,
    {{ project_key("regexp_replace(claim.subject, '^[a-z]+:', '')") }} as told_key,
    row_number() over (
      partition by filing_id, subject, figure, measure, stage order by line_no, page_no, char_start, claim_id
    ) as told_no
  from {{ ref('claim') }} as claim
  where filing_id is not null
    and (
      starts_with(subject, 'project:') or starts_with(subject, 'indicator:') or subject = 'overall_performance'
      or (starts_with(subject, 'told:') and figure = 'amount' and stage = 'initial_budget')
    )
),

-- the one form of a project that a claim names: by its heading, else by the only form of that name
named as (
  select told.claim_id, sheets.sheet_id
  from told
  inner join sheets on told.filing_id = sheets.filing_id and sheets.form_code in ('PF01', 'PF02')
  where starts_with(told.subject, 'project:') and length(told.told_key) > 1
    and (starts_with(sheets.project_key, told.told_key) or starts_with(told.told_key, sheets.project_key))
  union
  -- money that is called by a project's whole name and a word for money
  select told.claim_id, sheets.sheet_id
  from told
  inner join sheets on told.filing_id = sheets.filing_id and sheets.form_code in ('PF01', 'PF02')
  where starts_with(told.subject, 'told:') and length(sheets.project_key) >= 5
    and starts_with(told.told_key, sheets.project_key)
    and regexp_full_match(substr(told.told_key, length(sheets.project_key) + 1), '(专项)?(项目)?(资金|经费|费用)?(预算)?')
),

only_one as (
  select claim_id, any_value(sheet_id) as sheet_id from named group by claim_id having count(*) = 1
),

project_claims as (
  select told.*, only_one.sheet_id
  from told inner join only_one on told.claim_id = only_one.claim_id
),

claim_figures as (
  select
    sheet_id, claim_id,
    concat_ws('/', figure, measure, coalesce(stage, ''), told_no) as place_name,
    case
      when figure = 'score' and measure = 'score' then 'told_score'
      when figure = 'amount' and measure = 'project_expenditure' and stage = 'final' then 'told_executed'
      when figure = 'amount' and stage = 'initial_budget' and (measure = 'project_expenditure' or starts_with(subject, 'told:'))
        then 'told_budget'
      when figure = 'change' and measure = 'project_expenditure' and stage = 'adjusted_budget' then 'told_adjustment'
      when figure = 'completion_rate' then 'told_rate'
    end as quantity,
    coalesce(value_yuan, value) as value,
    case when value_yuan is null then {{ half_place(places_of('value')) }} else coalesce(quantum_yuan, 0) * 0.5 end
      as half,
    concat(cast(cast(value as double) as varchar), unit) as printed,
    stage = 'initial_budget' and contains(sentence, '年初预算') as is_initial,
    regexp_matches({{ without_blanks('sentence') }}, '预算(资金)?(共计|总计|总额|合计)') as is_whole,
    page_no, line_no
  from project_claims
),

-- the same figures on the form, set beside each claim of the kind
beside as (
  select sheet_id, claim_id as id, place_name, quantity, value, half, printed, 'claim' as kind, null as field, page_no,
    line_no
  from claim_figures where quantity is not null
  union all
  select sheet_id, claim_id, place_name, 'told_initial_budget', value, half, printed, 'claim', null, page_no, line_no
  from claim_figures where quantity = 'told_budget' and is_initial
  union all
  -- all of a project's budget, where its form knows one budget only
  select figures.sheet_id, figures.claim_id, figures.place_name, 'told_whole_budget', figures.value, figures.half,
    figures.printed, 'claim', null, figures.page_no, figures.line_no
  from claim_figures as figures
  inner join (
    select project_id from {{ ref('performance_money') }}
    where stage in ('initial_budget', 'adjusted_budget') group by project_id having count(*) = 1
  ) as single on figures.sheet_id = single.project_id
  where figures.quantity = 'told_budget' and figures.is_whole
  union all
  select claims.sheet_id, sheets.sheet_id, claims.place_name, 'form_score', sheets.score,
    {{ half_mark('sheets.score', 'sheets.places') }}, '', 'project', 'score', sheets.page_no, sheets.line_no
  from claim_figures as claims inner join sheets on claims.sheet_id = sheets.sheet_id
  where claims.quantity = 'told_score' and sheets.score is not null
  union all
  select claims.sheet_id, money.id, claims.place_name,
    case money.stage when 'final' then 'form_executed' else concat('form_', money.stage) end,
    money.amount, money.quantum * 0.5, money.printed, 'project_amount', 'amount', money.page_no, money.line_no
  from claim_figures as claims inner join {{ ref('performance_money') }} as money on claims.sheet_id = money.project_id
  where (claims.quantity = 'told_executed' and money.stage = 'final')
    or (claims.quantity in ('told_budget', 'told_adjustment') and money.stage in ('initial_budget', 'adjusted_budget'))
  union all
  select claims.sheet_id, sheets.sheet_id, claims.place_name, 'form_rate',
    try_cast(rtrim(trim(sheets.execution_rate_printed), '%％') as decimal(28, 10)),
    {{ half_place("length(split_part(rtrim(trim(sheets.execution_rate_printed), '%％'), '.', 2))") }},
    sheets.execution_rate_printed, 'project', 'rate', sheets.page_no, sheets.line_no
  from claim_figures as claims inner join sheets on claims.sheet_id = sheets.sheet_id
  where claims.quantity = 'told_rate' and sheets.execution_rate_printed is not null
),

-- rows of the summary that name the project of a form
summarised as (
  select forms.sheet_id, summary.sheet_id as summary_id, summary.score, summary.places, summary.page_no, summary.line_no
  from sheets as forms
  inner join sheets as summary
    on forms.filing_id = summary.filing_id and forms.project_key = summary.project_key
  where forms.form_code = 'PF01' and summary.form_code = 'PF03' and summary.score is not null
    and forms.score is not null
),

summary_figures as (
  select sheet_id, summary_id as id, '' as place_name, 'summary_score' as quantity, score as value,
    {{ half_mark('score', 'places') }} as half, '' as printed, 'project' as kind, 'score' as field, page_no, line_no
  from summarised
  union all
  select distinct summarised.sheet_id, sheets.sheet_id, '', 'summarised_score', sheets.score,
    {{ half_mark('sheets.score', 'sheets.places') }}, '', 'project', 'score', sheets.page_no, sheets.line_no
  from summarised inner join sheets on summarised.sheet_id = sheets.sheet_id
),

-- indicators of the whole department told one by one
systems as (
  select
    indicator.filing_id, indicator.indicator_id, indicator.weight, indicator.score, indicator.page_no,
    indicator.line_no, concat(indicator.document_id, '#', indicator.table_no) as sheet_id,
    {{ project_key('names.name') }} as name_key
  from {{ ref('indicator') }} as indicator
  cross join lateral (
    select case when row_kind = 'indicator' then level3 when row_kind = 'subtotal' then level1 end as name
  ) as names
  where indicator.project_id is null and names.name is not null and indicator.score is not null
),

indicator_claims as (
  select
    told.*, systems.sheet_id, systems.indicator_id, systems.weight, systems.score, systems.page_no as row_page,
    systems.line_no as row_line,
    concat_ws('/', told.subject, told.measure, told.told_no) as place_name
  from told
  inner join systems
    on told.filing_id = systems.filing_id and {{ project_key("substr(told.subject, 11)") }} = systems.name_key
  where starts_with(told.subject, 'indicator:') and told.figure = 'score' and told.project_id is null
    and told.measure in ('score', 'full_score')
),

first_sheet as (
  select claim_id, min(sheet_id) as sheet_id from indicator_claims group by claim_id
),

indicator_figures as (
  select first_sheet.sheet_id, claims.claim_id as id, claims.place_name,
    case claims.measure when 'score' then 'told_row_score' else 'told_row_weight' end as quantity,
    any_value(claims.value) as value, 0 as half, any_value(claims.sentence) as printed, 'claim' as kind,
    null as field,
    any_value(claims.page_no) as page_no, any_value(claims.line_no) as line_no
  from indicator_claims as claims inner join first_sheet on claims.claim_id = first_sheet.claim_id
  group by first_sheet.sheet_id, claims.claim_id, claims.place_name, claims.measure
  union all
  select first_sheet.sheet_id, claims.indicator_id, claims.place_name,
    case claims.measure when 'score' then 'printed_row_score' else 'printed_row_weight' end,
    case claims.measure when 'score' then claims.score else claims.weight end, 0, '', 'indicator',
    case claims.measure when 'score' then 'score' else 'weight' end, claims.row_page, claims.row_line
  from indicator_claims as claims inner join first_sheet on claims.claim_id = first_sheet.claim_id
),

-- the total of the whole department, told
overall_totals as (
  select concat(document_id, '#', table_no) as sheet_id, indicator_id, score, page_no, line_no
  from {{ ref('indicator') }} where project_id is null and row_kind = 'total' and score is not null
),

overall as (
  select sheets.sheet_id, told.claim_id, told.value, told.told_no, told.page_no, told.line_no, told.sentence
  from told
  inner join sheets on told.filing_id = sheets.filing_id and sheets.project_id is null
  semi join overall_totals on sheets.sheet_id = overall_totals.sheet_id
  where told.subject = 'overall_performance' and told.figure = 'score' and told.measure = 'score'
    and told.project_id is null
),

overall_figures as (
  select sheet_id, claim_id as id, concat('overall/', told_no) as place_name, 'told_score' as quantity, value,
    {{ half_place(places_of('value')) }} as half, sentence as printed, 'claim' as kind, null as field, page_no,
    line_no
  from overall
  union all
  select overall.sheet_id, totals.indicator_id, concat('overall/', overall.told_no), 'form_score', totals.score, 0, '',
    'indicator', 'score', totals.page_no, totals.line_no
  from overall inner join overall_totals as totals on overall.sheet_id = totals.sheet_id
),

-- what an evaluation's report concludes, told again elsewhere: by the name that the report gives its project
report_names as (
  select filing_id, subject, any_value(project_id) as project_id
  from told
  where project_id is not null and starts_with(subject, 'project:') and figure = 'amount'
  group by filing_id, subject
  having count(distinct project_id) = 1
),

evaluations as (
  select * from told
  where figure = 'score' and measure = 'score' and starts_with(subject, 'project:') and contains(sentence, '评价')
    and not contains(sentence, '自评')
),

conclusions as (
  select project_id, any_value(claim_id) as claim_id, any_value(value) as value, any_value(sentence) as sentence,
    any_value(page_no) as page_no, any_value(line_no) as line_no
  from evaluations
  where project_id is not null
  group by project_id
  having count(distinct value) = 1
),

evaluation_figures as (
  select
    conclusions.project_id as sheet_id,
    unnest([
      {'id': evaluations.claim_id, 'quantity': 'told_evaluation', 'value': evaluations.value,
       'printed': evaluations.sentence, 'page_no': evaluations.page_no, 'line_no': evaluations.line_no},
      {'id': conclusions.claim_id, 'quantity': 'concluded_evaluation', 'value': conclusions.value,
       'printed': conclusions.sentence, 'page_no': conclusions.page_no, 'line_no': conclusions.line_no}
    ], recursive := true),
    concat('evaluation/', evaluations.told_no) as place_name
  from evaluations
  inner join report_names on evaluations.filing_id = report_names.filing_id and evaluations.subject = report_names.subject
  inner join conclusions on report_names.project_id = conclusions.project_id
  where evaluations.project_id is null
),

-- what a form's own words say was spent
result_words as (
  select sheets.sheet_id, {{ without_blanks("concat_ws('。', projects.result, projects.conclusion)") }} as words
  from sheets inner join {{ ref('project') }} as projects on sheets.project_id = projects.project_id
  where sheets.form_code = 'PF01' and contains(concat_ws('。', projects.result, projects.conclusion), '支出')
),

result_spending as (
  select
    result_words.sheet_id, spent.digits, spent.unit, result_words.words
  from result_words
  cross join lateral (
    select
      regexp_extract(words, '(?:共|实际|累计)支出[^0-9，,。；;、：:]{0,8}?(\d+(?:\.\d+)?)(万元|元)', 1) as digits,
      regexp_extract(words, '(?:共|实际|累计)支出[^0-9，,。；;、：:]{0,8}?(\d+(?:\.\d+)?)(万元|元)', 2) as unit
  ) as spent
  where spent.digits <> '' and len(regexp_extract_all(words, '支出[^0-9，,。；;、：:]{0,8}?\d')) = 1
),

result_figures as (
  select
    result_spending.sheet_id,
    unnest([
      {'id': result_spending.sheet_id, 'kind': 'project', 'quantity': 'result_executed',
       'value': cast(try_cast(digits as decimal(28, 10)) * {{ yuan_of_unit('result_spending.unit') }} as decimal(28, 10)),
       'half': cast({{ half_place("length(split_part(digits, '.', 2))") }} * {{ yuan_of_unit('result_spending.unit') }} as decimal(28, 10)),
       'printed': result_spending.words},
      {'id': money.id, 'kind': 'project_amount', 'quantity': 'executed_by_result', 'value': money.amount,
       'half': money.quantum * 0.5, 'printed': money.printed}
    ], recursive := true),
    money.page_no, money.line_no
  from result_spending
  inner join {{ ref('performance_money') }} as money
    on result_spending.sheet_id = money.project_id and money.stage = 'final'
),

all_figures as (
  select *, 'told' as place from beside
  union all by name
  select *, 'claim' as kind, 0 as half, 'told' as place from evaluation_figures
  union all by name
  select *, 'result' as place_name, 'told' as place, {{ cell_field('kind', 'quantity') }} as field from result_figures
  union all by name
  select *, 'summary' as place from summary_figures
  union all by name
  select *, 'told_row' as place from indicator_figures
  union all by name
  select *, 'told' as place from overall_figures
)

{{ as_figures_of_sheets('all_figures') }}
