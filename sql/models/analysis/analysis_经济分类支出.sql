{{ in_chinese(ref('economic_spending'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'stage': '阶段',
  'fund': '资金',
  'classification': '分类',
  'level': '层级',
  'code': '编码',
  'subject_zh': '科目',
  'measure': '度量',
  'amount_yuan': '金额',
  'share': '占比',
  'source_id': '出处'
}) }}
