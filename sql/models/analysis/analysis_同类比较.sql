{{ in_chinese(ref('peers'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'stage': '阶段',
  'class_code': '主要功能',
  'region_level': '政府层级',
  'subject_zh': '科目',
  'subject': '科目标识',
  'fund': '资金',
  'amount_yuan': '金额',
  'peers': '同类部门数',
  'rank': '名次',
  'percentile': '分位',
  'median_yuan': '中位数',
  'source_id': '出处'
}) }}
