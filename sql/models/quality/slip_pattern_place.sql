-- Family slip: sentences in which a rule's pattern is found, and one row that holds for each rule and paper without any.
{{ config(materialized='ephemeral') }}
{% set patterns = rule_patterns() -%}
{% set rare_words = [] -%}
{% for pattern in patterns if pattern.cues | length > 4 %}{% do rare_words.extend(pattern.cues) %}{% endfor -%}
with
-- plain words first: a pattern is tried only on the few sentences that have one of its cues; the long lists of cues are of
-- words that are rare, and looked for together before each
cued as (
  select *, {{ has_any_word_of('sentence', rare_words) }} as has_rare_word
  from {{ ref('slip_sentence') }}
  where {{ has_any_word_of('sentence', patterns | map(attribute='cues') | sum(start=[]) | unique | list) }}
),

-- what each pattern finds in a sentence, in the patterns' order; they are written out: DuckDB builds a pattern that it reads
-- from a table anew for every row
tried as (
  select
    *,
    [
      {%- for pattern in patterns %}
      {%- set text = 'paragraph' if pattern.over == 'paragraph' else 'sentence' %}
      case
        {%- if pattern.cues | length > 4 %}
        when not has_rare_word then ''
        {%- endif %}
        when not {{ has_any_word_of('sentence', pattern.cues) }} then ''
        {%- if pattern.unless and pattern.over == 'paragraph' %}
        when regexp_matches(regexp_extract(paragraph, {{ quoted(pattern.pattern) }}), {{ quoted(pattern.unless) }}) then ''
        {%- elif pattern.unless %}
        when regexp_matches(sentence, {{ quoted(pattern.unless) }}) then ''
        {%- endif %}
        else regexp_extract({{ text }}, {{ quoted(pattern.pattern) }})
      end{{ ',' if not loop.last }}
      {%- endfor %}
    ] as hits
  from cued
),

hit as (
  select
    * exclude (has_rare_word, hits),
    unnest([
      {%- for pattern in patterns %}
      {'rule_id': {{ quoted(pattern.rule_id) }}, 'pattern_no': {{ pattern.pattern_no }}, 'over': {{ quoted(pattern.over) }}}{{ ',' if not loop.last }}
      {%- endfor %}
    ], recursive := true),
    unnest(hits) as hit
  from tried
  where list_max(hits) <> ''
),

hits as (
  select
    hit.* exclude (hit),
    coalesce(try_cast(regexp_extract(hit.id, '[0-9]+$') as integer), 0) as id_no,
    strpos(hit.paragraph, hit.sentence) as place_no,
    hit.hit
  from hit
  inner join {{ ref('rule') }} as rule on hit.rule_id = rule.rule_id
  where rule.status = 'active' and hit.hit <> ''
),

-- one slip a place: what two patterns find there is found once
found as (
  select * from hits
  qualify row_number() over (
    partition by rule_id, filing_id, kind, id, if(over = 'paragraph', hit, sentence) order by pattern_no
  ) = 1
),

-- what stands in one project's form, or in one project's section, is one place with all that was found
merged as (
  select
    found.rule_id, found.filing_id, found.kind, found.project_id, any_value(projects.project) as project,
    any_value(found.document_id) as document_id,
    arg_min(found.section, (page_no, line_no, id_no, place_no)) as section,
    arg_min(found.sentence, (page_no, line_no, id_no, place_no)) as sentence,
    arg_min(found.hit, (page_no, line_no, id_no, place_no)) as hit,
    string_agg(hit, '；' order by page_no, line_no, id_no, place_no) as hits,
    min(page_no) as page_no,
    min(line_no) as line_no,
    min(id_no) as id_no,
    cast(to_json(list({
      'document_id': found.document_id, 'side': 'lhs', 'sign': 1, 'kind': kind, 'id': id, 'printed': hit,
      'page_no': page_no, 'bbox': null
    } order by page_no, line_no, id_no, place_no)) as varchar) as evidence,
    string_agg({{ page_or_line('page_no', 'line_no') }}, ' ' order by page_no, line_no, id_no, place_no) as places
  from found
  left join (select project_id, project from {{ ref('project') }}) as projects on found.project_id = projects.project_id
  group by found.rule_id, found.filing_id, found.kind, found.project_id,
    if(found.project_id is null, concat(found.id, '|', found.sentence), '')
),

numbered as (
  select
    *,
    row_number() over (
      partition by rule_id, filing_id, sentence, kind, coalesce(project, '') order by document_id, page_no, line_no, id_no
    ) as nth
  from merged
),

papers as (
  select filing_id, min(document_id) as document_id from {{ ref('slip_sentence') }} group by filing_id
)

select
  told.rule_id,
  told.filing_id,
  told.document_id,
  md5(told.sentence) as key_row,
  'text' as key_form,
  concat_ws('#', told.project, nullif(told.nth, 1)) as key_column,
  concat_ws('·', coalesce(told.project, nullif(split_part(coalesce(told.section, ''), ' / ', -1), '')),
    concat('…', substr(told.sentence, greatest(strpos(told.sentence, told.hit) - 20, 1), length(told.hit) + 40), '…')) as scope,
  told.hits as lhs_text,
  rule.formula as rhs_text,
  'broken' as outcome,
  told.evidence,
  told.places,
  concat('sentence|', md5(told.sentence)) as root_key,
  2 as root_rank
from numbered as told
inner join {{ ref('rule') }} as rule on told.rule_id = rule.rule_id
union all
select
  rule.rule_id, papers.filing_id, papers.document_id, '', 'text', '', rule.title_zh, null, null,
  'holds', null, null, null, null
from papers
cross join {{ ref('rule') }} as rule
anti join found on rule.rule_id = found.rule_id and papers.filing_id = found.filing_id
where rule.relation = 'pattern' and rule.status = 'active'
