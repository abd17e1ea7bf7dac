-- What a document says, as one value: two files of one filing with the same fingerprint are the same paper in other
-- bytes. Only for filings with several files; NULL where nothing was read. Paragraphs count as a set of texts without
-- blanks, because ids and places differ between files.
with several as (
    select document_id
    from {{ ref('stg_filing_document') }}
    where filing_id is not null
    qualify count(*) over (partition by filing_id) > 1
),

lines as (
    select
        document_id,
        concat_ws(
            '|', form_code, coalesce(subject, row_label), coalesce(measure, column_label), fund, stage, fiscal_year,
            value, coalesce(unit, printed)
        ) as line
    from {{ ref('stg_amount') }}
    union all
    select document_id, concat_ws('|', form_code, form_title)
    from {{ ref('stg_form') }}
    where present
    union all
    select
        document_id,
        concat_ws(
            '|', form_code, project, project_code, initial_budget_yuan, adjusted_budget_yuan, executed_yuan,
            execution_rate_printed, rate_score, score, grade, goal, result
        )
    from {{ ref('stg_project') }}
    union all
    select
        document_id,
        concat_ws('|', project, level1, level2, level3, operator, target, actual, weight, score_text, explanation)
    from {{ ref('stg_indicator') }}
    union all
    select document_id, regexp_replace(text, '[\s\x{3000}]', '', 'g')
    from {{ ref('stg_paragraph') }}
    union all
    select document_id, text
    from {{ ref('stg_unplaced') }}
)

select several.document_id, md5(string_agg(lines.line, chr(10) order by lines.line)) as fingerprint
from several
left join lines using (document_id)
group by several.document_id
