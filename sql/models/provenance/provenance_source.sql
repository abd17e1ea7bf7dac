-- Where a figure stands: one row for whatever a mart's source id can be. Ids of amounts, claims, project amounts,
-- projects and indicators never meet.
{{ config(materialized='view', post_hook="create or replace macro provenance.cite(id) as table select * from provenance.source where source_id = id") }}
with places as (
    select
        amount_id as source_id, 'amount' as source_kind, document_id, filing_id, form_code, form_title, subject, measure,
        fund, stage, fiscal_year, row_label, column_label, cast(null as varchar) as sentence, printed, value, unit,
        amount_yuan, quantum_yuan, page_no, table_no, row_no, column_no, case when page_no is null then row_no end as line_no,
        x0, y0, x1, y1, reader, confidence
    from {{ ref('amount').include(database=false) }}
    union all
    select
        claims.claim_id, 'claim', claims.document_id, claims.filing_id, null, paragraphs.section, claims.subject,
        claims.measure, claims.fund, claims.stage, claims.fiscal_year, claims.subject_text, claims.figure,
        claims.sentence, substr(paragraphs.text, claims.char_start + 1, claims.char_end - claims.char_start),
        claims.value, claims.unit, claims.value_yuan, claims.quantum_yuan, claims.page_no, null, null, null,
        claims.line_no, null, null, null, null, null, null
    from {{ ref('claim').include(database=false) }} as claims
    left join {{ ref('paragraph').include(database=false) }} as paragraphs using (paragraph_id)
    union all
    select
        amounts.project_amount_id, 'project_amount', amounts.document_id, amounts.filing_id, projects.form_code,
        projects.form_title, 'project:' || projects.project, null, amounts.source, amounts.stage, projects.fiscal_year,
        projects.project, null, null, amounts.printed, amounts.value, amounts.unit, amounts.amount_yuan,
        amounts.quantum_yuan, amounts.page_no, projects.table_no, null, null, amounts.line_no, null, null, null, null,
        null, null
    from {{ ref('project_amount').include(database=false) }} as amounts
    left join {{ ref('project').include(database=false) }} as projects using (project_id)
    union all
    select
        project_id, 'project', document_id, filing_id, form_code, form_title, 'project:' || project, null, null, null,
        fiscal_year, project, null, null, null, score, null, null, null, page_no, table_no, null, null, line_no, null,
        null, null, null, null, null
    from {{ ref('project').include(database=false) }}
    union all
    select
        indicator_id, 'indicator', document_id, filing_id, null, null, 'project:' || project, null, null, null, null,
        concat_ws('/', level1, level2, level3), null, null, score_text, score, null, null, null, page_no, table_no,
        null, null, line_no, null, null, null, null, null, null
    from {{ ref('indicator').include(database=false) }}
)

select
    places.source_id,
    places.source_kind,
    filings.department,
    filings.fiscal_year as paper_year,
    filings.kind,
    filings.scope,
    documents.source_path,
    documents.format,
    places.* exclude (source_id, source_kind)
from places
inner join {{ ref('document').include(database=false) }} as documents using (document_id)
left join {{ ref('filing').include(database=false) }} as filings on places.filing_id = filings.filing_id
