{{ in_chinese(ref('balances'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'fund': '资金',
  'opening_balance_yuan': '年初结转结余',
  'income_yuan': '本年收入',
  'expenditure_yuan': '本年支出',
  'closing_balance_yuan': '年末结转结余',
  'expected_closing_yuan': '推算年末数',
  'roll_forward_difference_yuan': '推算差额',
  'rolls_forward': '衔接',
  'previous_closing_yuan': '上年年末数',
  'carried_over': '与上年一致',
  'closing_balance_source_id': '出处'
}) }}
