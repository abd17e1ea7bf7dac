{{ in_chinese(ref('agency_operating_costs'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'stage': '阶段',
  'measure': '度量',
  'fund': '资金',
  'amount_yuan': '金额',
  'year_before_yuan': '上年金额',
  'change_yuan': '增减额',
  'change_rate': '增减率',
  'source_id': '出处'
}) }}
