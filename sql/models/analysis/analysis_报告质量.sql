{{ in_chinese(ref('filing_quality'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'kind': '报告种类',
  'evaluated': '核对项数',
  'holds': '成立',
  'rounding': '四舍五入',
  'broken': '不成立',
  'critical': '严重问题',
  'warning': '需解释问题',
  'info': '形式问题',
  'score': '质量分',
  'filing_id': '报告'
}) }}
