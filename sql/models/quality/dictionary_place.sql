-- Family dictionary: printed codes and class names told in words, against the lists of the year.
{{ config(materialized='ephemeral') }}
-- (each rule reads few columns of it: cheaper than to keep them all)
with printed as not materialized (
  select * from {{ ref('reference_printed_code') }}
),

-- forms that print parents, by the codes below them
with_parents as (
  select form_id, kind, length(code) as digits
  from printed
  group by form_id, kind, length(code)
  having bool_or(parent_printed)
),

classes as (
  select
    title_zh,
    title_zh || '（类）' as told_as,
    min(coalesce(first_year, 0)) as first_year,
    max(coalesce(last_year, 9999)) as last_year
  from {{ ref('reference_function_code') }}
  where length(code) = 3
  group by title_zh
),

said as (
  select
    'name_of_code' as relation, filing_id, document_id, form_code, form_id, code, title_printed, page_no, row_no, amount_id,
    case
      when verdict in ('listed', 'listed_for_other_years', 'unknown_title') then 'holds'
      when verdict = 'title_of_other_code' then 'broken'
      else 'code_unknown'
    end as verdict,
    concat(code, ' ', title_printed) as found,
    concat(code, ' ', array_to_string(listed_titles, '、'), '；', title_printed, ' 为 ',
      array_to_string(codes_of_title[1:5], '、')) as expected
  from printed
  union all
  select
    'class_of_year', printed.filing_id, printed.document_id, printed.form_code, printed.form_id, printed.code,
    printed.title_printed, printed.page_no, printed.row_no, printed.amount_id,
    case
      when classes.title_zh is null or printed.fiscal_year is null then 'code_unknown'
      when printed.fiscal_year between classes.first_year and classes.last_year then 'holds'
      else 'broken'
    end,
    concat(printed.code, ' ', printed.title_printed),
    concat(printed.code, ' 在 ', printed.fiscal_year, ' 年的名称')
  from printed
  left join classes on {{ code_title_key('printed.title_printed') }} = {{ code_title_key('classes.title_zh') }}
  where printed.kind = 'function' and length(printed.code) = 3
  union all
  select
    'parent_of_code', printed.filing_id, printed.document_id, printed.form_code, printed.form_id, printed.code,
    printed.title_printed, printed.page_no, printed.row_no, printed.amount_id,
    case when printed.parent_printed then 'holds' else 'broken' end,
    concat(printed.code, ' ', printed.title_printed),
    concat('上级 ', printed.parent_code, ' 也在表中')
  from printed
  semi join with_parents
    on printed.form_id = with_parents.form_id and printed.kind = with_parents.kind
    and length(printed.code) = with_parents.digits
  where printed.parent_code is not null
),

-- sentences with the word 类 in brackets
of_classes as (
  select * exclude (sentence), replace(sentence, '(类)', '（类）') as sentence
  from {{ ref('slip_sentence') }}
  where fiscal_year is not null and (contains(sentence, '（类）') or contains(sentence, '(类)'))
),

-- a class is told by its name and the word 类 in brackets; a name that later years do not have, also by its amount
told as (
  select
    sentences.filing_id, sentences.document_id, sentences.paragraph_id, sentences.fiscal_year, sentences.page_no,
    sentences.line_no, classes.title_zh, classes.first_year, classes.last_year
  from of_classes as sentences
  inner join classes on contains(sentences.sentence, classes.told_as)
  union all
  select
    sentences.filing_id, sentences.document_id, sentences.paragraph_id, sentences.fiscal_year, sentences.page_no,
    sentences.line_no, classes.title_zh, classes.first_year, classes.last_year
  from {{ ref('slip_sentence') }} as sentences
  inner join (select * from classes where last_year < 9999) as classes
    on contains(sentences.sentence, classes.title_zh)
    and regexp_matches(sentences.sentence, classes.title_zh || '[”"]?[0-9][0-9,.]*万?元')
    and not contains(replace(sentences.sentence, '(类)', '（类）'), classes.told_as)
  where sentences.fiscal_year is not null and contains(sentences.sentence, '元')
    and regexp_matches(sentences.sentence, '[0-9]万?元')
    and not regexp_matches(sentences.sentence, '上年|去年|20[0-9]{2}年')
),

-- items told by their path of names (类、款、项)
paths as (
  select
    *,
    regexp_extract(path, '^(.+)[（(]类[）)]', 1) as class_name,
    regexp_extract(path, '[（(]类[）)](.+)[（(]款[）)]', 1) as section_name,
    regexp_extract(path, '[（(]款[）)](.+)[（(]项[）)]$', 1) as item_name
  from (
    select
      filing_id, document_id, paragraph_id, page_no, line_no,
      unnest(regexp_extract_all(
        sentence, '[一-鿿、]{2,30}[（(]类[）)][一-鿿、]{2,30}[（(]款[）)][一-鿿、]{2,40}[（(]项[）)]'
      )) as path
    from {{ ref('slip_sentence') }}
    where contains(sentence, '项') and contains(sentence, '其他') and kind = 'paragraph'
  ) as found
),

titles as (
  select code, {{ code_title_key('title_zh') }} as title_key, title_zh from {{ ref('reference_function_code') }}
),

sections as (
  select class.title_key as class_key, section.title_key as section_key, any_value(section.code) as code
  from titles as section
  inner join titles as class on left(section.code, 3) = class.code
  where length(section.code) = 5
  group by all
  having count(distinct section.code) = 1
),

-- what is called “other …” belongs to one section only
others as (
  select title_key, any_value(title_zh) as title_zh, any_value(left(code, 5)) as section
  from titles
  where length(code) in (5, 7) and starts_with(title_key, '其他') and length(title_key) >= 6
  group by title_key
  having count(distinct left(code, 5)) = 1
),

items as (
  select
    paths.*, sections.code, others.section as own_section, others.title_zh as item_title
  from paths
  inner join sections
    on {{ code_title_key('paths.class_name') }} = sections.class_key
    and {{ code_title_key('paths.section_name') }} = sections.section_key
  inner join others on {{ code_title_key('paths.item_name') }} = others.title_key
  qualify row_number() over (partition by paths.filing_id, paths.path order by paths.document_id, paths.page_no, paths.line_no) = 1
)

select
  rule.rule_id,
  said.filing_id,
  said.document_id,
  concat_ws('|', said.code, said.title_printed) as key_row,
  said.form_code as key_form,
  '' as key_column,
  concat('《', forms.form_title, '》', said.code) as scope,
  said.found as lhs_text,
  said.expected as rhs_text,
  case when said.verdict in ('holds', 'broken') then said.verdict else 'not_applicable' end as outcome,
  case when said.verdict not in ('holds', 'broken') then said.verdict end as reason,
  'amount' as kind,
  said.amount_id as id,
  said.found as printed,
  said.page_no,
  cast(null as integer) as line_no,
  concat('p' || said.page_no || ' ', 'r' || said.row_no) as places,
  concat_ws('|', 'code', said.code, said.title_printed) as root_key,
  1 as root_rank
from said
inner join {{ ref('rule') }} as rule on said.relation = rule.relation and rule.status = 'active'
left join {{ ref('form') }} as forms on said.form_id = forms.form_id
where said.filing_id is not null
union all
select
  rule.rule_id,
  told.filing_id,
  told.document_id,
  told.title_zh,
  'text',
  '',
  told.title_zh || '（类）',
  told.title_zh || '（类）',
  concat(told.fiscal_year, ' 年的类级科目名称 | the name of that year'),
  case when told.fiscal_year between told.first_year and told.last_year then 'holds' else 'broken' end,
  null,
  'paragraph',
  told.paragraph_id,
  told.title_zh,
  told.page_no,
  told.line_no,
  null,
  null,
  null
from told
inner join {{ ref('rule') }} as rule on rule.relation = 'class_told_of_year' and rule.status = 'active'
union all
select
  rule.rule_id,
  items.filing_id,
  items.document_id,
  items.path,
  'text',
  '',
  items.path,
  items.item_name || '（项）',
  concat(items.section_name, '（款）的科目；', items.item_title, ' 属于 ', items.own_section, ' | an item of that section'),
  case when items.code = items.own_section then 'holds' else 'broken' end,
  null,
  'paragraph',
  items.paragraph_id,
  items.path,
  items.page_no,
  items.line_no,
  null,
  null,
  null
from items
inner join {{ ref('rule') }} as rule on rule.relation = 'item_of_section' and rule.status = 'active'
