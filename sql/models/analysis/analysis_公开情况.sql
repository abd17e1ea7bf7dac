{{ in_chinese(ref('disclosure_coverage'), {
  'department': '部门',
  'region_code': '地区',
  'scope': '范围',
  'fiscal_year': '年度',
  'kind': '报告种类',
  'expected': '应有',
  'status': '状态',
  'timeliness': '及时性',
  'published_on': '发布日期',
  'documents': '文件数',
  'forms': '表数',
  'missing_forms': '缺表数',
  'amounts': '数字个数'
}) }}
