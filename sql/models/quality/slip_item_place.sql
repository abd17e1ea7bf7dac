-- Family slip: numbered items that say nothing. An item that ends in a colon and is followed at once by the next number
-- of the same style has nothing behind its heading.
{{ config(materialized='ephemeral') }}
with lines as (
  select
    paragraphs.document_id, documents.filing_id, paragraphs.paragraph_id, paragraphs.page_no, paragraphs.line_no,
    paragraphs.section,
    case when regexp_matches(paragraphs.text, '^[\s\x{3000}\x{00a0}（(]*[0-9]') then {{ without_blanks('paragraphs.text') }} end
      as words,
    coalesce(try_cast(regexp_extract(paragraphs.paragraph_id, '[0-9]+$') as integer), 0) as paragraph_no
  from {{ ref('paragraph') }} as paragraphs
  inner join {{ ref('document') }} as documents on paragraphs.document_id = documents.document_id
  where documents.filing_id is not null
),

numbered as (
  select
    *,
    try_cast(regexp_extract(words, '^[（(]?([0-9]{1,2})[）).．、]', 1) as integer) as number,
    regexp_replace(regexp_extract(words, '^[（(]?[0-9]{1,2}[）).．、]'), '[0-9]+', '') as style
  from lines
),

-- after its own number an item may hold a figure with a decimal point: such a line is no item
items as (
  select * from numbered where number is not null and length(words) > 4
),

headings as (
  select * from items where ends_with(words, '：') or ends_with(words, ':')
),

-- what stands next on the lines of papers that have such headings
followed as (
  select
    paragraph_id,
    lead(number) over following as next_number,
    lead(style) over following as next_style
  from numbered semi join headings on numbered.document_id = headings.document_id
  window following as (partition by numbered.document_id order by page_no, line_no, paragraph_no)
),

empty as (
  select headings.*
  from headings inner join followed on headings.paragraph_id = followed.paragraph_id
  where followed.next_number = headings.number + 1 and followed.next_style = headings.style
),

placed as (
  select
    filing_id, document_id, md5(words) as key_row,
    concat_ws('·', nullif(split_part(coalesce(section, ''), ' / ', -1), ''), words) as place,
    words as found, '冒号之后的内容 | what should follow the colon' as expected, 'broken' as verdict,
    'paragraph' as kind, paragraph_id as id, page_no, line_no
  from empty
  qualify row_number() over (partition by filing_id, words order by document_id, page_no, line_no) = 1
  union all
  select
    items.filing_id, any_value(items.document_id), '', '编号条目 | numbered items', '编号条目 | numbered items', null, 'holds',
    'paragraph', any_value(items.paragraph_id), null, null
  from items anti join empty on items.filing_id = empty.filing_id
  group by items.filing_id
)

{{ placed_slips(
  key_column="''", relation="'empty_definition'", root_key="concat('sentence|', placed.key_row)", root_rank='2'
) }}
