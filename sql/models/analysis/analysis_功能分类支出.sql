{{ in_chinese(ref('functional_spending'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'stage': '阶段',
  'fund': '资金',
  'level': '层级',
  'code': '编码',
  'subject_zh': '科目',
  'expenditure_yuan': '支出',
  'basic_expenditure_yuan': '基本支出',
  'project_expenditure_yuan': '项目支出',
  'share': '占比',
  'expenditure_source_id': '出处'
}) }}
