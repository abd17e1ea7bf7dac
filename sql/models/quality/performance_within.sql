-- What the parts of one performance form say of one another besides their sums: money told again by an indicator, the
-- only source of money, criteria that leave no choice, a total less than some of its scores, results without spending.
{{ config(materialized='ephemeral') }}
with sheets as (
  select * from {{ ref('performance_sheet') }}
),

money as (
  select * from {{ ref('performance_money') }}
),

rows as (
  select * from {{ ref('performance_row') }} where row_kind = 'indicator'
),

-- budgets and execution of a sheet side by side
spending as (
  select
    project_id,
    max(amount) filter (stage = 'initial_budget') as initial_budget,
    max(amount) filter (stage = 'adjusted_budget') as adjusted_budget,
    max(amount) filter (stage = 'final') as executed,
    max(quantum) filter (stage = 'final') * 0.5 as executed_half,
    max(quantum) filter (stage <> 'final') * 0.5 as budget_half,
    any_value(printed) filter (stage = 'final') as executed_printed,
    any_value(id) filter (stage = 'final') as executed_id,
    arg_max(id, amount) filter (stage in ('initial_budget', 'adjusted_budget')) as budget_id,
    arg_max(printed, amount) filter (stage in ('initial_budget', 'adjusted_budget')) as budget_printed,
    any_value(unit) as unit,
    min(page_no) as page_no,
    min(line_no) as line_no
  from money
  group by project_id
),

-- indicators that are counted in money, in yuan: by their own unit, by one behind their name, or, where the cost is a
-- sum of money without any, by that of the form
priced as (
  select
    rows.sheet_id, rows.place_name, rows.level1, rows.level2, rows.level3, rows.operator, rows.target, rows.actual,
    rows.target_value, rows.indicator_id, rows.page_no, rows.line_no,
    try_cast(replace(regexp_extract(rows.actual, '^\s*(\d[\d,]*(?:\.\d+)?)\s*(?:元|万元|亿元|万)?\s*$', 1), ',', '')
      as decimal(28, 10)) as actual_value,
    coalesce(nullif(regexp_extract(rows.actual, '^\s*\d[\d,]*(?:\.\d+)?\s*(元|万元|亿元|万)\s*$', 1), ''), priced_in.unit)
      as actual_unit,
    priced_in.unit as priced_unit,
    priced_in.own as has_own_unit
  from rows
  left join spending on rows.sheet_id = spending.project_id
  cross join lateral (
    select
      coalesce(
        case when rows.target_unit in ('元', '万元', '亿元', '万') then rows.target_unit end,
        case when rows.target_unit is null then nullif(regexp_extract(rows.level3, '[(（](元|万元|亿元)[)）]$', 1), '') end
      ) as stated
  ) as printed_unit
  cross join lateral (
    select
      coalesce(
        printed_unit.stated,
        case
          when rows.target_unit is null and contains(coalesce(rows.level2, rows.level1), '成本')
            and regexp_matches(rows.level3, '(费用|经费|资金|金额|支出)$') then spending.unit
        end
      ) as unit,
      printed_unit.stated is not null as own
  ) as priced_in
  where rows.target_value is not null and priced_in.unit is not null
),

in_yuan as (
  select
    priced.*,
    cast(target_value * {{ yuan_of_unit('priced_unit') }} as decimal(28, 10)) as target_yuan,
    cast(actual_value * {{ yuan_of_unit('actual_unit') }} as decimal(28, 10)) as actual_yuan,
    cast({{ half_place(places_of('coalesce(actual_value, 0)')) }} * {{ yuan_of_unit('actual_unit') }} as decimal(28, 10))
      as actual_half,
    spending.* exclude (project_id, unit, page_no, line_no),
    greatest(coalesce(spending.initial_budget, 0), coalesce(spending.adjusted_budget, 0)) as budget
  from priced
  inner join spending on priced.sheet_id = spending.project_id
),

-- an indicator whose target is the whole budget tells the whole execution
whole_costs as (
  select * from in_yuan
  where actual_yuan is not null and executed is not null and target_yuan > 0
    and target_yuan in (initial_budget, adjusted_budget)
    and not regexp_matches(coalesce(level3, ''), '率|人均|标准|每')
),

-- several whose targets make up the budget tell the parts of the execution
split_costs as (
  select
    sheet_id, level1, level2,
    sum(actual_yuan) as actual_yuan, sum(actual_half) as actual_half,
    string_agg(concat(level3, ' ', actual), ' ＋ ' order by line_no, indicator_id) as printed,
    arg_min(indicator_id, coalesce(line_no, 0)) as id,
    any_value(executed) as executed, any_value(executed_half) as executed_half,
    any_value(executed_printed) as executed_printed, any_value(executed_id) as executed_id,
    min(page_no) as page_no, min(line_no) as line_no
  from in_yuan
  where has_own_unit and level2 is not null
  group by sheet_id, level1, level2
  having count(*) > 1 and count(actual_yuan) = count(*) and min(target_yuan) > 0 and any_value(executed) is not null
    and (sum(target_yuan) = any_value(initial_budget) or sum(target_yuan) = any_value(adjusted_budget))
),

-- a cost set for the year is paid from the year's budget
set_costs as (
  select * from in_yuan
  where has_own_unit and budget > 0 and operator is distinct from '≥' and operator is distinct from '>'
    and regexp_matches(coalesce(level2, level1), '成本') and not regexp_matches(coalesce(level2, level1), '社会|生态|环境')
    and not regexp_matches(coalesce(level3, ''), '总投资|总造价|合同|概算|贷款|产值|节约|人均|平均|每')
),

-- the only source that a form tells of: all money of every other stage, so all of this one too
sources as (
  select
    project_id, stage, source,
    any_value(amount_yuan) as amount, max(coalesce(quantum_yuan, 0)) as quantum, any_value(printed) as printed,
    any_value(project_amount_id) as id, min(page_no) as page_no, min(line_no) as line_no
  from {{ ref('project_amount') }}
  where source is not null and amount_yuan is not null
  group by project_id, stage, source
  having min(amount_yuan) = max(amount_yuan)
),

stage_sources as (
  select
    sources.*,
    money.amount as total,
    count(*) over (partition by sources.project_id, sources.stage) as sources_told,
    count(*) filter (sources.amount = money.amount) over (partition by sources.project_id, sources.source) as times_whole,
    count(*) over (partition by sources.project_id, sources.source) as times
  from sources
  inner join money on sources.project_id = money.project_id and sources.stage = money.stage
),

only_sources as (
  select * from stage_sources
  where sources_told = 1 and times_whole >= 2 and times_whole >= times - 1
),

criteria as (
  select
    rows.*,
    count(*) over (partition by sheet_id, criteria) as shared
  from rows
  where criteria is not null and weight is not null
),

placed_criteria as (
  select
    criteria.*,
    list_max(list_transform(
      regexp_extract_all(regexp_replace(criteria, '\s', '', 'g'), '[得计记](\d+(?:\.\d+)?)分', 1),
      lambda points: cast(points as decimal(28, 10))
    )) as most_points,
    regexp_matches(regexp_replace(criteria, '\s', '', 'g'), '得满分[，,、；;]?否则(?:不得分|[得计记]0分)')
      and not regexp_matches(criteria, '扣|酌情|每|比例') as all_or_nothing
  from criteria
  where shared = 1
),

figures as (
  select
    sheets.sheet_id, 'stage' as place, only_sources.stage as place_name,
    unnest([
      {'quantity': 'only_source', 'value': only_sources.amount, 'half': only_sources.quantum * 0.5,
       'printed': concat(only_sources.source, ' ', only_sources.printed), 'kind': 'project_amount', 'id': only_sources.id}
    ], recursive := true),
    only_sources.page_no, only_sources.line_no
  from sheets inner join only_sources on sheets.project_id = only_sources.project_id
  union all
  select
    sheets.sheet_id, 'sheet', '', 'some_scores', sum(rows.score), 0,
    string_agg(cast(rows.score as double), '＋' order by rows.line_no, rows.indicator_id), 'sheet', sheets.sheet_id,
    any_value(sheets.page_no), any_value(sheets.line_no)
  from sheets inner join rows on sheets.sheet_id = rows.sheet_id
  where sheets.scored between 1 and sheets.indicators - 1 and rows.score is not null
  group by sheets.sheet_id
  union all
  select
    sheet_id, 'spent', place_name,
    unnest([
      {'quantity': 'told_by_indicator', 'value': actual_yuan, 'half': actual_half, 'printed': concat(level3, ' ', actual),
       'kind': 'indicator', 'id': indicator_id},
      {'quantity': 'executed_in_all', 'value': executed, 'half': executed_half, 'printed': executed_printed,
       'kind': 'project_amount', 'id': executed_id}
    ], recursive := true),
    page_no, line_no
  from whole_costs
  union all
  select
    sheet_id, 'spent', concat_ws('/', level1, level2),
    unnest([
      {'quantity': 'told_by_parts', 'value': actual_yuan, 'half': actual_half, 'printed': printed,
       'kind': 'indicator', 'id': id},
      {'quantity': 'executed_in_parts', 'value': executed, 'half': executed_half, 'printed': executed_printed,
       'kind': 'project_amount', 'id': executed_id}
    ], recursive := true),
    page_no, line_no
  from split_costs
  union all
  select
    sheet_id, 'row', place_name,
    unnest([
      {'quantity': 'cost_target', 'value': target_yuan, 'half': 0, 'printed': concat_ws(' ', level3, target, priced_unit),
       'kind': 'indicator', 'id': indicator_id},
      {'quantity': 'cost_budget', 'value': budget, 'half': budget_half, 'printed': budget_printed,
       'kind': 'project_amount', 'id': budget_id}
    ], recursive := true),
    page_no, line_no
  from set_costs
  union all
  select
    sheet_id, 'row', place_name,
    unnest([
      {'quantity': 'all_or_nothing_score', 'value': score, 'half': 0, 'printed': ''},
      {'quantity': 'no_marks', 'value': 0, 'half': 0, 'printed': ''},
      {'quantity': 'all_marks', 'value': weight, 'half': 0, 'printed': criteria}
    ], recursive := true),
    'indicator', indicator_id, page_no, line_no
  from placed_criteria
  where all_or_nothing and score is not null
  union all
  select
    sheet_id, 'row', place_name,
    unnest([
      {'quantity': 'criteria_points', 'value': most_points, 'half': 0, 'printed': criteria},
      {'quantity': 'criteria_weight', 'value': weight, 'half': 0, 'printed': ''}
    ], recursive := true),
    'indicator', indicator_id, page_no, line_no
  from placed_criteria
  where most_points is not null
  union all
  -- an untouched budget, and how much is told to be complete
  select
    sheets.sheet_id, 'sheet', '',
    unnest([
      {'quantity': 'completion_unspent', 'value': completion.percent, 'half': 0,
       'printed': projects.completion_printed, 'kind': 'project', 'id': sheets.sheet_id},
      {'quantity': 'nothing_spent', 'value': spending.executed, 'half': 0,
       'printed': spending.executed_printed, 'kind': 'project_amount', 'id': spending.executed_id}
    ], recursive := true),
    sheets.page_no, sheets.line_no
  from sheets
  inner join spending on sheets.project_id = spending.project_id
  inner join {{ ref('project') }} as projects on sheets.project_id = projects.project_id
  cross join lateral (
    select try_cast(regexp_extract(projects.completion_printed, '^\s*(\d+(?:\.\d+)?)\s*[%％]?\s*$', 1) as decimal(28, 10))
      as percent
  ) as completion
  where spending.executed = 0 and greatest(coalesce(spending.initial_budget, 0), coalesce(spending.adjusted_budget, 0)) > 0
    and completion.percent is not null
)

select
  sheet_id, place, place_name, quantity, cast(value as decimal(28, 10)) as value, cast(half as decimal(28, 10)) as half,
  printed, kind, id, {{ cell_field('kind', 'quantity') }} as field, page_no, line_no
from figures
where value is not null
