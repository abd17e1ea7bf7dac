-- The figures of performance papers as rules see them: what a quantity is worth at a place, how far rounding can have
-- moved it (`half`), and where it stands. Rules name quantities; figures of one sheet and place meet.
with sheets as (
  select * from {{ ref('performance_sheet') }}
),

rows as (
  select * from {{ ref('performance_row') }}
),

levels as (
  select
    sheet_id, level1,
    max(level1_points) as points,
    count(*) filter (row_kind = 'indicator') as n,
    sum(weight) filter (row_kind = 'indicator') as weights,
    count(weight) filter (row_kind = 'indicator') as weighted,
    sum(score) filter (row_kind = 'indicator') as scores,
    count(score) filter (row_kind = 'indicator') as scored,
    count(score) filter (row_kind = 'indicator' and score <> trunc(score)) as rounded,
    any_value(weight) filter (row_kind = 'subtotal') as subtotal_weight,
    any_value(score) filter (row_kind = 'subtotal') as subtotal_score,
    min(indicator_id) filter (row_kind = 'subtotal') as subtotal_id,
    string_agg(cast(weight as double), '＋' order by line_no, indicator_id) filter (row_kind = 'indicator') as weights_text,
    string_agg(cast(score as double), '＋' order by line_no, indicator_id) filter (row_kind = 'indicator') as scores_text,
    arg_min(indicator_id, coalesce(line_no, 0)) as first_id,
    min(page_no) as page_no,
    min(line_no) as line_no
  from rows
  where level1 is not null
  group by sheet_id, level1
),

sections as (
  select
    sheet_id, level1, level2,
    max(level2_points) as points,
    count(*) as n,
    sum(weight) as weights,
    count(weight) as weighted,
    string_agg(cast(weight as double), '＋' order by line_no, indicator_id) as weights_text,
    arg_min(indicator_id, coalesce(line_no, 0)) as first_id,
    min(page_no) as page_no,
    min(line_no) as line_no
  from rows
  where row_kind = 'indicator' and level2 is not null
  group by sheet_id, level1, level2
),

-- where only the borders between sections are off, a label slid to the next row over a page break: no weight is wrong
slid as (
  select sections.sheet_id, sections.level1
  from sections
  inner join levels on sections.sheet_id = levels.sheet_id and sections.level1 = levels.level1
  group by sections.sheet_id, sections.level1
  having sum(sections.points) = any_value(levels.weights) and bool_or(sections.points <> sections.weights)
),

totals as (
  select
    sheet_id,
    sum(weight) filter (row_kind = 'indicator') as weights,
    sum(score) filter (row_kind = 'indicator') as scores,
    count(score) filter (row_kind = 'indicator' and score <> trunc(score)) as rounded,
    any_value(weight) filter (row_kind = 'total') as total_weight,
    any_value(score) filter (row_kind = 'total') as total_score,
    min(indicator_id) filter (row_kind = 'total') as total_id,
    string_agg(cast(weight as double), '＋' order by line_no, indicator_id) filter (row_kind = 'indicator') as weights_text,
    string_agg(cast(score as double), '＋' order by line_no, indicator_id) filter (row_kind = 'indicator') as scores_text
  from rows
  group by sheet_id
),

level_points as (
  select
    sheet_id,
    sum(points) as points,
    count(points) = count(*) and bool_and(n > 0) as all_told,
    string_agg(cast(points as double), '＋' order by line_no, level1) as points_text
  from levels
  group by sheet_id
),

money as (
  select * from {{ ref('performance_money') }}
),

sources as (
  {{ undisputed_money('project_id, stage, source', 'source is not null') }}
),

whole_sources as (
  select
    project_id, stage,
    -- (of the type of every other figure: DuckDB would take a union with these sums to two places)
    cast(sum(amount) as decimal(28, 10)) as amount,
    cast(sum(quantum) as decimal(28, 10)) as quantum,
    string_agg(concat(source, ' ', printed), ' ＋ ' order by source) as printed,
    min(id) as id
  from sources
  group by project_id, stage
  having count(*) > 1 and bool_or(regexp_matches(source, '其他|其它|单位|自有'))
),

-- a target that is a number, and what was reached in the same unit
reached as (
  select
    rows.*,
    try_cast(replace(regexp_extract(actual, '^\D{0,4}?(\d[\d,]*(\.\d+)?)\s*[^\d]*$', 1), ',', '') as decimal(28, 10))
      as actual_value,
    regexp_extract(actual, '^\D{0,4}?\d[\d,]*(?:\.\d+)?\s*([^\d]*)$', 1) as actual_unit
  from rows
  where row_kind = 'indicator' and target_value is not null and actual is not null
),

full_rows as (
  select reached.*
  from reached
  left join levels on reached.sheet_id = levels.sheet_id and reached.level1 = levels.level1
  where actual_value is not null
    and (
      trim(actual_unit) = coalesce(target_unit, '')
      or (trim(actual_unit) = '' and target_unit = '%' and regexp_matches(coalesce(level3, level2), '[%％率度]'))
    )
    and (score = weight or (weight is null and levels.scored = levels.n and levels.scores = levels.points))
),

-- whole-paper money of projects
paper_money as (
  select
    filing_id,
    case when stage = 'final' then 'executed' else 'initial_budget' end as quantity,
    max(amount_yuan) as amount,
    max(quantum_yuan) as quantum,
    arg_max(amount_id, amount_yuan) as id,
    arg_max(printed, amount_yuan) as printed,
    arg_max(page_no, amount_yuan) as page_no,
    arg_max(row_no, amount_yuan) as line_no
  from {{ ref('cell') }}
  where subject = 'project_expenditure' and fund = 'all' and stage in ('final', 'initial_budget') and amount_yuan > 0
  group by all
),

figures as (
  -- money of a sheet
  select
    sheets.sheet_id, 'sheet' as place, '' as place_name,
    case money.stage when 'final' then 'executed' else money.stage end as quantity,
    money.amount as value, money.quantum * 0.5 as half, money.printed, 'project_amount' as kind, money.id,
    'amount' as field, money.page_no, money.line_no
  from sheets inner join money on sheets.project_id = money.project_id
  union all
  select
    sheet_id, 'sheet', '', 'rate', try_cast(rate as decimal(28, 10)), {{ half_place("length(split_part(rate, '.', 2))") }},
    execution_rate_printed, 'project', sheet_id, 'rate', page_no, line_no
  from (
    select *, regexp_extract(execution_rate_printed, '^\s*(\d+(\.\d+)?)\s*[%％]\s*$', 1) as rate from sheets
  )
  where rate <> ''
  union all
  -- a rate in percent that lacks its sign
  select
    sheet_id, 'sheet', '', 'rate', try_cast(trim(execution_rate_printed) as decimal(28, 10)),
    {{ half_place("length(split_part(trim(execution_rate_printed), '.', 2))") }},
    execution_rate_printed, 'project', sheet_id, 'rate', page_no, line_no
  from sheets
  where try_cast(trim(execution_rate_printed) as decimal(28, 10)) > 1
  union all
  select sheet_id, 'sheet', '', quantity, value, half, printed, 'project', sheet_id, field, page_no, line_no
  from (
    select
      sheets.*,
      unnest([
        {'quantity': 'rate_points', 'value': rate_points, 'half': 0, 'field': 'rate_points'},
        {'quantity': 'rate_score', 'value': rate_score, 'half': {{ half_place(places_of('coalesce(rate_score, 0)')) }},
         'field': 'rate_score'},
        {'quantity': case when rate_score = rate_points then 'full_rate_score'
          when rate_score < rate_points then 'partial_rate_score' end,
         'value': rate_score, 'half': {{ half_place(places_of('coalesce(rate_score, 0)')) }},
         'field': 'rate_score'},
        {'quantity': case when not rate_is_indicator then 'separate_rate_points' end, 'value': rate_points, 'half': 0,
         'field': 'rate_points'},
        {'quantity': case when not rate_is_indicator then 'separate_rate_score' end, 'value': rate_score,
         'half': {{ half_mark('rate_score', 'places') }}, 'field': 'rate_score'},
        {'quantity': 'score', 'value': score, 'half': {{ half_mark('score', 'places') }}, 'field': 'score'}
      ], recursive := true),
      '' as printed
    from sheets
  )
  where quantity is not null and value is not null
  union all
  -- sums over the indicators of a sheet
  select sheets.sheet_id, 'sheet', '', 'weights', totals.weights, 0, totals.weights_text, 'sheet', sheets.sheet_id,
    null, sheets.page_no, sheets.line_no
  from sheets inner join totals on sheets.sheet_id = totals.sheet_id
  where sheets.indicators > 1 and sheets.weighted = sheets.indicators
  union all
  select sheets.sheet_id, 'sheet', '', 'scores', totals.scores, totals.rounded * {{ half_place('places') }},
    totals.scores_text, 'sheet', sheets.sheet_id, null, sheets.page_no, sheets.line_no
  from sheets inner join totals on sheets.sheet_id = totals.sheet_id
  where sheets.indicators > 1 and sheets.scored = sheets.indicators
  union all
  select sheets.sheet_id, 'sheet', '', 'full_marks', totals.total_weight, 0, '', 'indicator',
    totals.total_id, 'weight', sheets.page_no, sheets.line_no
  from sheets inner join totals on sheets.sheet_id = totals.sheet_id
  where totals.total_weight is not null
  union all
  select sheets.sheet_id, 'sheet', '', 'total_row_score', totals.total_score,
    {{ half_mark('totals.total_score', 'places') }}, '', 'indicator', totals.total_id, 'score', sheets.page_no, sheets.line_no
  from sheets inner join totals on sheets.sheet_id = totals.sheet_id
  where totals.total_score is not null
  union all
  select sheet_id, 'sheet', '', 'hundred', 100, 0, '100', 'sheet', sheet_id, null, page_no, line_no
  from sheets
  where indicators > 1 and (rate_points is not null or rate_is_indicator or project_id is null)
  union all
  select sheets.sheet_id, 'sheet', '', 'levels_points', level_points.points, 0, level_points.points_text, 'sheet',
    sheets.sheet_id, null, sheets.page_no, sheets.line_no
  from sheets inner join level_points on sheets.sheet_id = level_points.sheet_id
  where level_points.all_told
  union all
  -- levels and sections
  select sheet_id, 'level', level1, quantity, value, half, printed, 'indicator', id, field, page_no, line_no
  from (
    select
      levels.*,
      unnest([
        {'quantity': 'level_points', 'value': points, 'half': 0, 'printed': '', 'id': first_id,
         'field': 'level1_points'},
        {'quantity': case when weighted = n and n > 0 then 'level_weights' end, 'value': weights, 'half': 0,
         'printed': weights_text, 'id': first_id, 'field': null},
        {'quantity': case when scored = n and weighted < n then 'level_scores_unweighted' end, 'value': scores,
         'half': rounded * {{ half_place('marks.places') }}, 'printed': scores_text, 'id': first_id, 'field': null},
        {'quantity': case when scored = n and n > 0 then 'level_scores' end, 'value': scores,
         'half': rounded * {{ half_place('marks.places') }}, 'printed': scores_text, 'id': first_id, 'field': null},
        {'quantity': 'subtotal_weight', 'value': subtotal_weight, 'half': 0, 'printed': '', 'id': subtotal_id,
         'field': 'weight'},
        {'quantity': 'subtotal_score', 'value': subtotal_score,
         'half': {{ half_mark('subtotal_score', 'marks.places') }}, 'printed': '', 'id': subtotal_id, 'field': 'score'}
      ], recursive := true)
    from levels inner join (select sheet_id, places from sheets) as marks on levels.sheet_id = marks.sheet_id
  )
  where quantity is not null and value is not null
  union all
  select sheet_id, 'section', concat_ws('/', level1, level2), 'section_points', points, 0, '', 'indicator', first_id,
    'level2_points', page_no, line_no
  from sections where points is not null and weighted > 0
  union all
  select sheet_id, 'section', concat_ws('/', level1, level2), 'section_weights', weights, 0, weights_text, 'indicator',
    first_id, null, page_no, line_no
  from sections anti join slid on sections.sheet_id = slid.sheet_id and sections.level1 = slid.level1
  where weighted = n
  union all
  -- rows
  select sheet_id, 'row', place_name, quantity, value, half, printed, 'indicator', indicator_id, field, page_no, line_no
  from (
    select
      rows.*,
      unnest([
        {'quantity': 'row_weight', 'value': weight, 'half': 0, 'printed': '', 'field': 'weight'},
        {'quantity': 'row_score', 'value': score, 'half': 0, 'printed': score_text, 'field': 'score'},
        {'quantity': 'row_score_rate', 'value': score_rate,
         'half': {{ half_place(places_of('coalesce(score_rate, 0)')) }}, 'printed': score_rate_printed,
         'field': 'score_rate'}
      ], recursive := true)
    from rows
  )
  where value is not null
  union all
  select sheet_id, 'row', place_name, quantity, value, 0, printed, 'indicator', indicator_id, field, page_no, line_no
  from (
    select
      full_rows.*,
      unnest([
        {'quantity': 'full_actual', 'value': actual_value, 'printed': actual, 'field': 'actual'},
        {'quantity': case when operator = '≥' or (operator is null and not coalesce(contains(level1, '成本'), false)
           and not coalesce(contains(level2, '成本'), false)) then 'target_at_least' end,
         'value': target_value, 'printed': target, 'field': 'target'},
        {'quantity': case operator when '>' then 'target_above' when '≤' then 'target_at_most' when '<' then 'target_below'
           when '=' then 'target_exactly' end, 'value': target_value, 'printed': target, 'field': 'target'}
      ], recursive := true)
    from full_rows
  )
  where quantity is not null
  union all
  -- the rate told again by an indicator of its own
  select sheet_id, 'sheet', '', 'rate_indicator_actual', try_cast(rate as decimal(28, 10)),
    {{ half_place("length(split_part(rate, '.', 2))") }}, actual, 'indicator', indicator_id, 'actual', page_no, line_no
  from (
    select rows.*, levels.n, regexp_extract(actual, '^\s*(\d+(\.\d+)?)\s*[%％]?\s*$', 1) as rate
    from rows inner join levels on rows.sheet_id = levels.sheet_id and rows.level1 = levels.level1
  )
  where row_kind = 'indicator' and contains(level1, '执行')
    and (
      regexp_matches(level3, '执行|支出进度')
      -- the only row below the heading is the rate, whatever it is called, unless it tells of something before spending
      or (n = 1 and starts_with(level1, '预算执行率') and not regexp_matches(coalesce(level3, ''), '到位|下达|及时'))
    )
    and rate <> '' and not regexp_matches(coalesce(target, ''), '^\s*[≥≤><=]+\s*$')
  union all
  -- money by source
  select sheets.sheet_id, 'source', concat_ws('/', sources.stage, sources.source), 'source_amount', sources.amount,
    sources.quantum * 0.5, concat(sources.source, ' ', sources.printed), 'project_amount', sources.id,
    'amount', sources.page_no, sources.line_no
  from sheets inner join sources on sheets.project_id = sources.project_id
  union all
  select sheets.sheet_id, 'source', concat_ws('/', sources.stage, sources.source), 'stage_amount', money.amount,
    money.quantum * 0.5, money.printed, 'project_amount', money.id, 'amount', money.page_no, money.line_no
  from sheets
  inner join sources on sheets.project_id = sources.project_id
  inner join money on sources.project_id = money.project_id and sources.stage = money.stage
  union all
  select sheets.sheet_id, 'stage', money.stage, 'stage_total', money.amount, money.quantum * 0.5, money.printed,
    'project_amount', money.id, 'amount', money.page_no, money.line_no
  from sheets inner join money on sheets.project_id = money.project_id
  union all
  select sheets.sheet_id, 'stage', whole_sources.stage, 'sources_sum', whole_sources.amount,
    whole_sources.quantum * 0.5, whole_sources.printed, 'project_amount', whole_sources.id, null, sheets.page_no, sheets.line_no
  from sheets inner join whole_sources on sheets.project_id = whole_sources.project_id
  union all
  -- the whole that a project is part of
  select sheets.sheet_id, 'sheet', '', concat('paper_', paper_money.quantity), paper_money.amount,
    coalesce(paper_money.quantum, 0) * 0.5, paper_money.printed, 'amount', paper_money.id, null, paper_money.page_no,
    paper_money.line_no
  from sheets inner join paper_money on sheets.filing_id = paper_money.filing_id
  where sheets.form_code = 'PF01'
  union all
  select grades.sheet_id, 'sheet', '', grades.quantity, grades.value, 0, grades.printed,
    case when grades.field is null then 'sheet' else 'project' end, sheets.sheet_id,
    grades.field, sheets.page_no, sheets.line_no
  from sheets inner join {{ ref('performance_grade') }} as grades on sheets.sheet_id = grades.sheet_id
  union all
  select sheet_id, place, place_name, quantity, value, half, printed, kind, id, field, page_no, line_no
  from {{ ref('performance_within') }}
)

{{ as_figures_of_sheets('figures') }}
union all
select * from {{ ref('performance_told') }}
union all
select * from {{ ref('performance_reported') }}
union all
select * from {{ ref('performance_system') }}
union all
select * from {{ ref('performance_portfolio') }}
union all
select
  filing_id, document_id, sheet_id, subject, 'count', '', 'count', place_name, quantity, value, 0, coalesce(
    nullif(printed, ''), cast(cast(value as integer) as varchar)
  ), kind, id, null, page_no, line_no
from {{ ref('performance_count') }}
where value is not null
