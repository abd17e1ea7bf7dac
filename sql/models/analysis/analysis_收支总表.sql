{{ in_chinese(ref('figure'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'stage': '阶段',
  'fund': '资金',
  'subject_zh': '科目',
  'subject': '科目标识',
  'amount_yuan': '金额',
  'basis': '依据',
  'agrees': '各处一致',
  'statements': '说到次数',
  'source_id': '出处'
}) }}
where source_rows.level = 'headline' and source_rows.amount_yuan is not null
