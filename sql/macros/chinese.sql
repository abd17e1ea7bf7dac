{# A mart under Chinese names: `columns` maps its columns to theirs; funds, stages, scopes and kinds of paper are said in
   Chinese too. #}
{% macro in_chinese(relation, columns) -%}
select
{%- for column, name in columns.items() %}
    {{ chinese_value(column) }} as "{{ name }}"{{ ',' if not loop.last }}
{%- endfor %}
from {{ relation.include(database=false) }} as source_rows
{%- endmacro %}

{% macro chinese_value(column) -%}
  {%- set words = {
    'scope': {'department': '部门', 'unit': '单位', 'unknown': '未知'},
    'kind': {'final_accounts': '决算', 'budget': '预算', 'self_evaluation': '绩效自评', 'evaluation': '绩效评价', 'unknown': '未知'},
    'level': {'headline': '总额', 'function': '功能分类', 'economic': '部门经济分类', 'dept_economic': '部门经济分类',
      'gov_economic': '政府经济分类', 'project': '项目', 'other': '其他', 'class': '类', 'section': '款', 'item': '项'},
    'status': {'published': '已公开', 'partial': '不完整', 'missing': '缺'},
    'severity': {'critical': '严重', 'warning': '需解释', 'info': '形式'},
    'presence': {'both': '两年都有', 'new': '新增', 'ended': '停止'},
    'basis': {'both_papers': '两年各自文件', 'prior_column': '上年列', 'told_value': '文字说出两年数',
      'told_difference': '文字说出增减额', 'told_rate': '文字说出增减率', 'own_form': '本报告的表', 'other_form': '其他报告的表',
      'told': '本年文字', 'told_later': '后来的文字'},
  } -%}
  {%- set words = words | items | list -%}
  {%- set chosen = namespace(values=none) -%}
  {%- for name, values in words if name == column or (column == 'depth' and name == 'level')
      or (column == 'classification' and name == 'level') -%}
    {%- set chosen.values = values -%}
  {%- endfor -%}
  {%- if column in ('fund', 'stage', 'from_stage', 'to_stage', 'measure') -%}
    {%- set list = column.split('_') | last -%}
    coalesce((select title_zh from {{ ref("reference_" ~ list).include(database=false) }} where {{ list }} = source_rows.{{ column }}), source_rows.{{ column }})
  {%- elif chosen.values -%}
    case source_rows.{{ column }}
      {%- for value, word in chosen.values.items() %} when '{{ value }}' then '{{ word }}'{% endfor %} else source_rows.{{ column }} end
  {%- else -%}
    source_rows.{{ column }}
  {%- endif -%}
{%- endmacro %}
