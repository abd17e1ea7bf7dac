-- Family slip: indicators that were not filled in: a target without unit among targets that have one, a sign without a
-- figure, a unit that is only a power of ten, an indicator printed twice, a name left as in the template.
{{ config(materialized='ephemeral') }}
with named as (
  select
    *,
    {{ without_blanks("coalesce(level3, '')") }} as name,
    {{ without_blanks("coalesce(target, '')") }} as aim,
    coalesce(project_id, concat(document_id, '#', table_no)) as sheet_id
  from {{ ref('indicator') }}
  where filing_id is not null and row_kind = 'indicator' and level3 is not null
),

sheets as (
  select
    *,
    count(*) filter (regexp_matches(aim, '[0-9]')) over sheet as figures,
    count(*) filter (regexp_matches(aim, '[0-9]') and (target_unit is not null or operator is not null)) over sheet as said,
    row_number() over (
      partition by sheet_id, level1, level2, name, aim, coalesce(target_unit, '') order by page_no, line_no, indicator_id
    ) as nth,
    regexp_full_match(translate(name, '０１２３４５６７８９', '0123456789'), '(三级)?指标[0-9一二三四五六七八九十]{0,2}[:：]?') as placeholder
  from named
  window sheet as (partition by sheet_id)
),

said as (
  select 'bare_target' as relation, *,
    case
      when regexp_full_match(aim, '[0-9]+(\.[0-9]+)?') and target_unit is null and operator is null then 'broken'
      else 'holds'
    end as verdict,
    '带单位或符号的目标值 | a target with a unit or a sign' as expected
  from sheets
  where figures >= 4 and said * 2 > figures and regexp_matches(aim, '[0-9]')
  union all
  select 'target_without_value', *, case when regexp_full_match(aim, '[≥≤><＞＜=＝]+') then 'broken' else 'holds' end,
    '符号之后的数 | a figure behind the sign'
  from sheets
  where regexp_matches(aim, '^[≥≤><＞＜=＝]') or (aim <> '' and operator is not null)
  union all
  select 'unit_of_thousands', *,
    case when target_unit in ('万', '千', '百', '亿', '百万', '千万') then 'broken' else 'holds' end,
    '万元、万人等单位 | a unit such as 万元'
  from sheets
  where target_unit is not null
  union all
  select 'repeated_indicator', *, case when nth > 1 then 'broken' else 'holds' end, '只列一次 | printed once'
  from sheets
  where name <> '' and aim <> '' and not placeholder
  union all
  select 'placeholder_name', *, case when placeholder then 'broken' else 'holds' end, '指标名称 | the name of an indicator'
  from sheets
  where name <> '' and aim <> ''
)

select
  rule.rule_id,
  said.filing_id,
  said.document_id,
  concat_ws('|', coalesce(said.project, ''), said.name, said.aim) as key_row,
  'indicator' as key_form,
  concat_ws('|', said.level1, said.level2, nullif(said.nth, 1)) as key_column,
  concat_ws('·', coalesce(said.project, '部门整体'), said.level3) as scope,
  concat_ws(' ', said.level3, said.target, said.target_unit) as lhs_text,
  said.expected as rhs_text,
  said.verdict as outcome,
  'indicator' as kind,
  said.indicator_id as id,
  concat_ws(' ', said.level3, said.target) as printed,
  said.page_no,
  said.line_no,
  concat_ws('|', 'indicator slip', rule.rule_id, said.sheet_id) as root_key,
  2 as root_rank
from said
inner join {{ ref('rule') }} as rule on said.relation = rule.relation and rule.status = 'active'
