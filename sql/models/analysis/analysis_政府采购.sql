{{ in_chinese(ref('procurement'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'stage': '阶段',
  'fund': '资金',
  'procurement_yuan': '采购合计',
  'procurement_goods_yuan': '货物',
  'procurement_works_yuan': '工程',
  'procurement_services_yuan': '服务',
  'procurement_small_medium_yuan': '授予中小企业',
  'procurement_small_micro_yuan': '授予小微企业',
  'small_medium_share': '中小企业占比',
  'procurement_source_id': '出处'
}) }}
