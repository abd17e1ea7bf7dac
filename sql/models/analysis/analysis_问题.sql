select
    filings.department as "部门",
    filings.fiscal_year as "年度",
    {{ chinese_value('kind') | replace('source_rows', 'filings') }} as "报告种类",
    {{ chinese_value('severity') | replace('source_rows', 'findings') }} as "程度",
    findings.rule_id as "规则",
    rules.title_zh as "规则名称",
    findings.scope as "位置",
    findings.lhs as "左边",
    findings.rhs as "右边",
    findings.difference as "差额",
    findings.unit as "单位",
    findings.message_zh as "说明",
    findings.message_en as "英文说明",
    findings.evidence as "证据",
    case findings.review when 'accepted' then '属实' when 'disputed' then '有异议' when 'waived' then '豁免' end as "复核",
    documents.source_path as "文件",
    findings.finding_id as "问题编号"
from {{ ref('finding').include(database=false) }} as findings
inner join {{ ref('rule').include(database=false) }} as rules on findings.rule_id = rules.rule_id
left join {{ ref('filing').include(database=false) }} as filings on findings.filing_id = filings.filing_id
left join {{ ref('document').include(database=false) }} as documents on findings.document_id = documents.document_id
