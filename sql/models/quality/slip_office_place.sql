-- Family slip: offices listed twice. A paper lists its offices in a sentence (设置办公室、财务室…13个内部机构) and again in a
-- sentence or table; where both lists agree but for a pair of names that differ by one character, one name is wrong.
-- Ordinals (一科, 二科) and the last character (科, 股 of another level) are no slips.
{{ config(materialized='ephemeral') }}
{#- without remarks in brackets, and without the words that lead to the first name (本局设…, 分别由…) -#}
{%- set names_alone = "regexp_replace(regexp_replace(words, '[（(][^（）()]*[）)]', '', 'g'), "
  ~ "'^(?:[^、]*[^建、]|)(?:设有|设置|设立|包括|分别为|设|由|为)([^备施、][^、]{2,}、)', '\\1')" %}
with told as (
  select
    documents.filing_id, paragraphs.document_id, paragraphs.paragraph_id as list_id, 'paragraph' as kind,
    paragraphs.page_no, paragraphs.line_no,
    unnest(regexp_extract_all(
      {{ without_blanks('paragraphs.text') }},
      '(?:[一-鿿]{2,16}[室科股处部站所队](?:[（(][^（）()]{1,16}[）)])?、){4,}[一-鿿]{2,16}[室科股处部站所队]'
    )) as words
  from {{ ref('paragraph') }} as paragraphs
  inner join {{ ref('document') }} as documents on paragraphs.document_id = documents.document_id
  where documents.filing_id is not null and contains(paragraphs.text, '、')
),

in_sentences as (
  select distinct filing_id, document_id, list_id, kind, page_no, line_no, name
  from (
    select * exclude (words), unnest(string_split({{ names_alone }}, '、')) as name
    from told
  ) as names
),

-- tables of other things are kept as rows that are no statutory form; one table has one heading
in_tables as (
  select
    documents.filing_id, rows.document_id, concat(rows.document_id, '#', rows.reason) as list_id, 'table' as kind,
    rows.page_no, rows.line_no,
    regexp_replace(trim(unnest(string_split(rows.text, '|'))), '[（(][^（）()]*[）)]', '', 'g') as name
  from {{ ref('unplaced') }} as rows
  inner join {{ ref('document') }} as documents on rows.document_id = documents.document_id
  where documents.filing_id is not null and starts_with(rows.reason, 'table is no statutory form')
),

names as (
  select * from in_sentences
  union all by name
  select * from in_tables where regexp_full_match(name, '[一-鿿]{2,16}[室科股处部站所队]')
),

lists as (
  select * from names
  qualify count(distinct name) over (partition by list_id) >= 5
),

-- two lists of one paper that share all but a few names
alike as (
  select
    one.filing_id, one.list_id, other.list_id as other_list_id, count(distinct one.name) as shared,
    any_value(one.document_id) as document_id, min(one.page_no) as page_no, min(one.line_no) as line_no
  from lists as one
  inner join lists as other on one.filing_id = other.filing_id and one.list_id < other.list_id and one.name = other.name
  group by all
),

compared as (
  select alike.*
  from alike
  inner join (select list_id, count(distinct name) as names from lists group by list_id) as one on alike.list_id = one.list_id
  inner join (select list_id, count(distinct name) as names from lists group by list_id) as other
    on alike.other_list_id = other.list_id
  where alike.shared >= 4 and alike.shared >= greatest(one.names, other.names) - 3
),

lone as (
  select compared.filing_id, compared.list_id as first_list_id, compared.other_list_id, lists.*
    exclude (filing_id)
  from compared
  inner join lists on lists.list_id in (compared.list_id, compared.other_list_id)
  where not exists (
    select 1 from lists as same
    where same.name = lists.name and same.list_id in (compared.list_id, compared.other_list_id)
      and same.list_id <> lists.list_id
  )
),

pairs as (
  select
    one.filing_id, one.first_list_id, one.other_list_id, one.name, other.name as other_name,
    list_filter(
      list_zip(string_split(one.name, ''), string_split(other.name, '')), lambda pair: pair[1] <> pair[2]
    ) as differing,
    one.document_id, one.list_id, one.kind, one.page_no, one.line_no,
    other.document_id as other_document_id, other.list_id as other_id, other.kind as other_kind,
    other.page_no as other_page_no, other.line_no as other_line_no
  from lone as one
  inner join lone as other
    on one.first_list_id = other.first_list_id and one.other_list_id = other.other_list_id
    and one.list_id = one.first_list_id and other.list_id = other.other_list_id
    and length(one.name) = length(other.name) and right(one.name, 1) = right(other.name, 1)
  where length(one.name) >= 4
),

misspelt as (
  select * from pairs
  where len(differing) = 1 and not regexp_matches(concat(differing[1][1], differing[1][2]), '[一二三四五六七八九十甲乙丙丁东西南北中上下]')
),

placed as (
  select
    filing_id, document_id, concat_ws('|', name, other_name) as key_row, concat_ws('、', name, other_name) as place,
    concat(name, '／', other_name) as found, '同一名称 | one name' as expected, 'broken' as verdict,
    to_json([
      {'document_id': document_id, 'side': 'lhs', 'sign': 1, 'kind': kind, 'id': list_id, 'printed': name, 'page_no': page_no, 'bbox': null},
      {'document_id': other_document_id, 'side': 'rhs', 'sign': 1, 'kind': other_kind, 'id': other_id, 'printed': other_name,
       'page_no': other_page_no, 'bbox': null}
    ]) as evidence,
    concat_ws(' ', {{ page_or_line('page_no', 'line_no') }}, {{ page_or_line('other_page_no', 'other_line_no') }}) as places
  from misspelt
  qualify row_number() over (partition by filing_id, name, other_name order by document_id, page_no, line_no) = 1
  union all
  select
    compared.filing_id, compared.document_id, compared.list_id, '内设机构名单 | lists of offices', null, null, 'holds', null,
    {{ page_or_line('compared.page_no', 'compared.line_no') }}
  from compared
  anti join misspelt
    on compared.list_id = misspelt.first_list_id and compared.other_list_id = misspelt.other_list_id
)

{{ placed_slips(
  thing='cast(placed.evidence as varchar) as evidence, placed.places', key_column="''", relation="'office_name'"
) }}
