-- Family slip: units that cannot belong to their indicator. Only names that say what they count are judged, and only units
-- that say what they are; a name of several things is passed over.
{{ config(materialized='ephemeral') }}
with named as (
  select
    *,
    regexp_replace({{ without_blanks('level3') }}, '[（(][^）)]*[）)]', '', 'g') as name
  from {{ ref('indicator') }}
  where level3 is not null and target_unit is not null and filing_id is not null
),

sorted as (
  select
    *,
    case
      when regexp_matches(name, '[、，,；;和与]|及[^时格]') then null
      when regexp_matches(name, '(频率|效率|汇率|税率|费率|利率|概率|功率|速率)$') then null
      when regexp_matches(name, '(率|满意度)$') then 'rate'
      when regexp_matches(name, '(月|天|日|年|周|时|期|学期|岁|小时|分钟|工期)数$') then 'span'
      when regexp_matches(name, '(人数|个数|次数|户数|家数|台数|套数|件数|项数|场次|人次|数量|社区数|项目数)$') then 'number'
    end as sort,
    case
      when target_unit in ('%', '％', '‰', '百分点', '个百分点') then 'rate'
      when target_unit in ('个月', '月', '年', '天', '日', '周', '小时') then 'span'
      when target_unit in ('个', '人', '次', '家', '台', '套', '件', '份', '户', '场', '项', '条', '册', '人次', '批次', '批', '篇', '座',
        '辆', '名', '所', '种', '亩', '公里', '平方米', '万元', '元') then 'number'
    end as unit_sort
  from named
)

select
  rule.rule_id,
  sorted.filing_id,
  sorted.document_id,
  concat_ws('|', coalesce(sorted.project, ''), sorted.name) as key_row,
  'indicator' as key_form,
  concat_ws('|', sorted.level1, sorted.level2) as key_column,
  concat_ws('·', coalesce(sorted.project, '部门整体'), sorted.level3) as scope,
  concat(sorted.level3, ' ', sorted.target) as lhs_text,
  case sorted.sort
    when 'rate' then '百分比 | a percentage'
    when 'span' then '月、天、年等时间单位 | a span of time'
    else '个、人、次等计数单位 | a unit that counts'
  end as rhs_text,
  case
    when sorted.unit_sort is null then 'not_evaluable'
    when sorted.unit_sort = sorted.sort then 'holds'
    when sorted.sort = 'span' and sorted.unit_sort = 'number' and sorted.target_unit in ('个', '次', '期') then 'holds'
    else 'broken'
  end as outcome,
  case when sorted.unit_sort is null then 'unit_unknown' end as reason,
  'indicator' as kind,
  sorted.indicator_id as id,
  sorted.target as printed,
  sorted.page_no,
  sorted.line_no
from sorted
inner join {{ ref('rule') }} as rule on rule.relation = 'indicator_unit' and rule.status = 'active'
where sorted.sort is not null
