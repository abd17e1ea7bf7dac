-- Family slip: another bureau's text under this one's name, told by the words of `bureau_word` (kinds of bureaus: how they
-- are named and called, what work is theirs alone, what they speak of). Only papers whose department is of a known kind; a
-- department of several kinds is held to none of them alone. Three places: who filled in the data and whom the indicators
-- suit, a numbered passage with six pieces of another bureau's work and none of its own, and the source of an indicator.
{{ config(materialized='ephemeral') }}
{% set done = quoted('绩效|履职|成效|主要工作|工作(完成|开展|总结)') -%}
with bureau_words as (
  select * from {{ build_input('bureau_word') }}
),

own as (
  select distinct filings.filing_id, filings.department, words.bureau
  from (select filing_id, department, replace(department, '人民政府', '') as name from {{ ref('filing') }}) as filings
  inner join bureau_words as words on words.use = 'names' and contains(filings.name, words.word)
),

-- the words of other kinds of bureaus, as a paper must not use them, and of its own kinds
foreign_words as (
  select filings.filing_id, filings.department, words.bureau, words.use, words.word
  from (select distinct filing_id, department from own) as filings
  cross join bureau_words as words
  anti join own on filings.filing_id = own.filing_id and words.bureau = own.bureau
  where words.use in ('called', 'work')
),

own_words as (
  select distinct own.filing_id, words.word
  from own
  inner join bureau_words as words on own.bureau = words.bureau
),

paragraphs as (
  select
    documents.filing_id, paragraphs.document_id, paragraphs.paragraph_id as id, paragraphs.section, paragraphs.project_id,
    paragraphs.page_no, paragraphs.line_no, {{ without_blanks('paragraphs.text') }} as words,
    coalesce(try_cast(regexp_extract(paragraphs.paragraph_id, '[0-9]+$') as integer), 0) as paragraph_no
  from {{ ref('paragraph') }} as paragraphs
  inner join {{ ref('document') }} as documents on paragraphs.document_id = documents.document_id
  semi join own on documents.filing_id = own.filing_id
),

-- sections that tell what was done, in their name or in a paragraph that may begin an item
telling_sections as (
  select distinct document_id, section
  from paragraphs
  where project_id is null and not regexp_matches(coalesce(section, ''), '名词解释|职责|职能|机构')
    and regexp_matches(concat(section, words), {{ done }})
),

-- a numbered item with the paragraphs that follow it up to the next number
passages as (
  select
    paragraphs.*,
    count(*) filter (regexp_matches(words, '^([（(]?[0-9一二三四五六七八九十]{1,3}[）)、．.])[^0-9]')) over (
      partition by paragraphs.document_id, paragraphs.section order by page_no, line_no, paragraph_no
    ) as item_no
  from paragraphs
  semi join telling_sections on paragraphs.document_id = telling_sections.document_id
    and paragraphs.section is not distinct from telling_sections.section
  where project_id is null
),

items as (
  select
    filing_id, document_id, section, item_no, arg_min(id, paragraph_no) as id, arg_min(words, paragraph_no) as first_words,
    string_agg(words, '' order by paragraph_no) as words, min(page_no) as page_no, min(line_no) as line_no
  from passages
  group by filing_id, document_id, section, item_no
  having sum(length(words)) >= 120
    and regexp_matches(concat(section, arg_min(words, paragraph_no)), {{ done }})
),

foreign_work as (
  select
    items.filing_id, items.document_id, items.section, items.item_no, foreign_words.bureau,
    count(*) as pieces, string_agg(foreign_words.word, '、' order by instr(items.words, foreign_words.word)) as told
  from items
  inner join foreign_words
    on items.filing_id = foreign_words.filing_id and foreign_words.use = 'work' and contains(items.words, foreign_words.word)
  group by all
),

own_work as (
  select items.document_id, items.section, items.item_no, count(*) as pieces
  from items
  inner join own_words on items.filing_id = own_words.filing_id and contains(items.words, own_words.word)
  group by all
),

-- a department that was given such work says so in its duties
duties as (
  select paragraphs.filing_id, foreign_words.bureau
  from paragraphs
  inner join foreign_words
    on paragraphs.filing_id = foreign_words.filing_id and foreign_words.use = 'work'
    and contains(paragraphs.words, foreign_words.word)
  where regexp_matches(coalesce(paragraphs.section, ''), '职责|职能|机构')
  group by all
  having count(distinct foreign_words.word) >= 2
),

reported as (
  select
    items.*, told.bureau, told.told,
    coalesce(told.pieces >= 6 and coalesce(own_work.pieces, 0) * 6 <= told.pieces and duties.bureau is null, false)
      as is_foreign
  from items
  left join (
    select * from foreign_work
    qualify row_number() over (partition by document_id, section, item_no order by pieces desc, bureau) = 1
  ) as told
    on items.document_id = told.document_id and items.section is not distinct from told.section
    and items.item_no = told.item_no
  left join own_work
    on items.document_id = own_work.document_id and items.section is not distinct from own_work.section
    and items.item_no = own_work.item_no
  left join duties on items.filing_id = duties.filing_id and told.bureau = duties.bureau
),

-- “由某局相关科室填报”“适合某部门的指标体系”
sources as (
  select
    *,
    if(contains(words, '室'),
      regexp_extract(words, '(?:[由和经、，]|以及)([一-鿿]{2,14}?(?:局|委员会|委|厅|部门))的?(?:相关|有关|各|业务)(?:业务)?(?:科室|处室|股室)(?:的?(?:负责人|负责同志|工作人员|人员))?(?:填报|填写|提供|报送)', 1), '') as filler,
    if(contains(words, '指标体系'),
      regexp_extract(words, '(?:适合|适用于?|符合|针对)([一-鿿]{2,14}?(?:局|部门|系统|行业))(?:的?(?:特点|实际|工作|发展|情况))*的?(?:绩效)?(?:评价)?指标体系', 1), '') as suited
  from paragraphs
  where project_id is null
),

named as (
  select
    *, unnest(['filler', 'suited']) as how, unnest([filler, suited]) as called,
    regexp_replace(unnest([filler, suited]), '(局|委员会|委|厅|部门|系统|行业)$', '') as kind_called
  from sources
  where filler <> '' or suited <> ''
),

-- finance collects for everybody
called_bureaus as (
  select named.*, foreign_words.bureau, own.department
  from named
  inner join (select distinct filing_id, department from own) as own on named.filing_id = own.filing_id
  left join foreign_words
    on named.filing_id = foreign_words.filing_id and foreign_words.use = 'called'
    and ends_with(named.kind_called, foreign_words.word)
    and regexp_full_match(left(named.kind_called, length(named.kind_called) - length(foreign_words.word)), '(.*[省市县区州旗])?')
  where named.called <> '' and not regexp_matches(named.called, '财政|评价|本|该|各|我|此|其|被')
),

-- a bureau that the paper names elsewhere has to do with it
spoken_of as (
  select distinct called.filing_id, called.bureau
  from (select distinct filing_id, bureau from called_bureaus where bureau is not null) as called
  inner join bureau_words as words on called.bureau = words.bureau and words.use = 'called'
  inner join paragraphs as others
    on called.filing_id = others.filing_id
    and others.id not in (select id from called_bureaus)
    and len(list_filter(['局', '委', '厅', '部门', '系统'], lambda kind: contains(others.words, words.word || kind))) > 0
),

-- what an indicator of the department's own work is marked by
criteria as (
  select
    indicators.filing_id, indicators.document_id, indicators.indicator_id, indicators.project, indicators.level3,
    indicators.page_no, indicators.line_no, told.cell_no,
    {{ without_blanks('told.cell') }} as words,
    {{ without_blanks("concat_ws('', indicators.project, indicators.level3)") }} as name
  from {{ ref('indicator') }} as indicators
  cross join lateral (
    select unnest([1, 2, 3]) as cell_no, unnest([indicators.criteria, indicators.evidence, indicators.explanation]) as cell
  ) as told
  where indicators.row_kind = 'indicator' and indicators.level3 is not null and told.cell is not null
),

own_criteria as (
  select criteria.*
  from criteria
  where exists (
    select 1 from own_words
    where criteria.filing_id = own_words.filing_id and contains(criteria.name, own_words.word)
  )
),

foreign_criteria as (
  select
    cells.filing_id, cells.indicator_id, cells.cell_no, foreign_words.bureau,
    string_agg(foreign_words.word, '、' order by instr(cells.words, foreign_words.word)) as told
  from own_criteria as cells
  inner join foreign_words
    on cells.filing_id = foreign_words.filing_id and foreign_words.use = 'work' and contains(cells.words, foreign_words.word)
  where not exists (
    select 1 from own_words where cells.filing_id = own_words.filing_id and contains(cells.words, own_words.word)
  )
  and not exists (
    select 1 from bureau_words as theirs where foreign_words.bureau = theirs.bureau and contains(cells.name, theirs.word)
  )
  group by all
  having count(*) >= 2
),

placed as (
  select
    'foreign_source' as relation, called.filing_id, document_id, concat_ws('|', how, called.called) as key_row, '' as key_column,
    concat_ws('·', nullif(split_part(coalesce(section, ''), ' / ', -1), ''), called.called) as place, called.called as found,
    department as expected,
    case when called.bureau is not null and spoken_of.bureau is null then 'broken' else 'holds' end as verdict,
    'paragraph' as kind, id, page_no, line_no
  from called_bureaus as called
  left join spoken_of on called.filing_id = spoken_of.filing_id and called.bureau = spoken_of.bureau
  qualify row_number() over (partition by called.filing_id, how, called.called order by document_id, page_no, line_no, id) = 1
  union all
  select
    'foreign_work', items.filing_id, items.document_id, md5(items.words), '',
    concat_ws('·', nullif(split_part(coalesce(items.section, ''), ' / ', -1), ''), substr(items.first_words, 1, 30)),
    items.told, concat(own.department, '的工作，不是', items.bureau, '的 | its own work'),
    'broken', 'paragraph', items.id, items.page_no, items.line_no
  from reported as items
  inner join (select distinct filing_id, department from own) as own on items.filing_id = own.filing_id
  where items.is_foreign
  union all
  select
    'foreign_work', filing_id, any_value(document_id), '', '', '各条履职情况 | passages', null, null, 'holds', 'paragraph',
    min(id), null, null
  from reported group by filing_id having not bool_or(is_foreign)
  union all
  select
    'foreign_criteria', cells.filing_id, cells.document_id, concat_ws('|', cells.project, cells.level3), cells.cell_no,
    concat_ws('·', coalesce(cells.project, '部门整体'), cells.level3), told.told,
    concat(cells.level3, '的依据，不是', told.bureau, '的工作 | a source of its own'),
    case when told.told is not null then 'broken' else 'holds' end, 'indicator', cells.indicator_id, cells.page_no,
    cells.line_no
  from own_criteria as cells
  left join foreign_criteria as told
    on cells.indicator_id = told.indicator_id and cells.cell_no = told.cell_no
)

{{ placed_slips(
  thing="placed.kind, placed.id, split_part(placed.found, '、', 1) as printed, placed.page_no, placed.line_no",
  key_column='cast(placed.key_column as varchar)'
) }}
