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
    semi join several using (document_id)
    union all
    select document_id, regexp_replace(text, '[\s\x{3000}]', '', 'g') as line
    from {{ ref('stg_paragraph') }}
    semi join several using (document_id)
)

select several.document_id, md5(string_agg(lines.line, chr(10) order by lines.line)) as fingerprint
from several
left join lines using (document_id)
group by several.document_id
