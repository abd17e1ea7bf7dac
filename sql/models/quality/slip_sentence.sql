-- Every sentence of the current documents, blanks taken out, cut at full stops and semicolons: paragraphs, and what the
-- forms of projects say in words. What is quoted as the title of another paper (《…》) is kept apart in `own_words`.
{{ config(materialized='ephemeral') }}
with texts as (
  select
    documents.filing_id, paragraphs.document_id, 'paragraph' as kind, paragraphs.paragraph_id as id,
    paragraphs.paragraph_id, paragraphs.section, paragraphs.project_id, paragraphs.text, paragraphs.page_no,
    paragraphs.line_no
  from {{ ref('paragraph') }} as paragraphs
  inner join {{ ref('document') }} as documents on paragraphs.document_id = documents.document_id
  where documents.filing_id is not null
  union all
  select
    forms.filing_id, forms.document_id, 'project', forms.project_id, null, forms.project, forms.project_id, forms.text,
    coalesce(cells.page_no, forms.page_no), coalesce(cells.line_no, forms.line_no)
  from (
    select
      *,
      unnest([
        {'role': 'description', 'text': description}, {'role': 'goal', 'text': goal},
        {'role': 'result', 'text': result}, {'role': 'conclusion', 'text': conclusion},
        {'role': 'problems', 'text': problems}, {'role': 'measures', 'text': measures}, {'role': 'note', 'text': note}
      ], recursive := true)
    from {{ ref('project') }}
    where filing_id is not null
  ) as forms
  left join {{ ref('performance_cell') }} as cells on forms.project_id = cells.fact_id and forms.role = cells.field
  union all
  select
    filing_id, document_id, 'indicator', indicator_id, null, concat_ws('·', project, level3), project_id,
    unnest([explanation, note]), page_no, line_no
  from {{ ref('indicator') }}
  where filing_id is not null
),

plain as (
  select * exclude (text), {{ without_blanks('text') }} as text from texts where text is not null
),

cut as (
  select
    * exclude (text),
    text as paragraph,
    unnest(regexp_extract_all(text, '[^。；;]+[。；;]*')) as sentence
  from plain
)

select
  cut.*,
  filings.fiscal_year,
  filings.kind as paper_kind,
  filings.scope as paper_scope,
  filings.department,
  case when contains(cut.sentence, '《') then regexp_replace(cut.sentence, '《[^》]*》', '', 'g') else cut.sentence end
    as own_words
from cut
inner join {{ ref('filing') }} as filings on cut.filing_id = filings.filing_id
