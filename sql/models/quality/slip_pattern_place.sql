-- Family slip: sentences in which a rule's pattern is found, and one row that holds for each rule and paper without any.
{{ config(materialized='ephemeral') }}
with patterns as (
  select patterns.*
  from {{ build_input('rule_pattern') }} as patterns
  inner join {{ ref('rule') }} as rule on patterns.rule_id = rule.rule_id
  where rule.status = 'active'
),

-- plain words first: a pattern is tried only on the few sentences that have one of its cues
cued as (
  select patterns.*, sentences.*
  from {{ ref('slip_sentence') }} as sentences
  inner join patterns on len(list_filter(patterns.cues, lambda cue: contains(sentences.sentence, cue))) > 0
),

hits as (
  select *, regexp_extract(sentence, pattern) as hit
  from cued
  where case when unless is null then true else not regexp_matches(sentence, unless) end
),

found as (
  select * from hits
  where hit <> ''
  qualify row_number() over (partition by rule_id, filing_id, sentence order by document_id, line_no, page_no, id) = 1
),

papers as (
  select filing_id, min(document_id) as document_id from {{ ref('slip_sentence') }} group by filing_id
)

select
  rule_id,
  filing_id,
  document_id,
  md5(sentence) as key_row,
  'text' as key_form,
  '' as key_column,
  concat_ws('·', nullif(split_part(coalesce(section, ''), ' / ', -1), ''),
    concat('…', substr(sentence, greatest(strpos(sentence, hit) - 20, 1), length(hit) + 40), '…')) as scope,
  cast(null as decimal(28, 10)) as lhs,
  cast(null as decimal(28, 10)) as rhs,
  hit as lhs_text,
  rule_title as rhs_text,
  cast(null as decimal(28, 10)) as allowance,
  'broken' as outcome,
  cast(null as varchar) as reason,
  cast(to_json([{
    'document_id': document_id, 'side': 'lhs', 'sign': 1, 'kind': kind, 'id': id, 'printed': hit, 'page_no': page_no,
    'bbox': null
  }]) as varchar) as evidence,
  {{ page_or_line('page_no', 'line_no') }} as places,
  concat('sentence|', md5(sentence)) as root_key,
  2 as root_rank
from (
  select found.*, rule.formula as rule_title from found
  inner join {{ ref('rule') }} as rule on found.rule_id = rule.rule_id
) as told
union all
select
  rule.rule_id, papers.filing_id, papers.document_id, '', 'text', '', rule.title_zh, null, null, null, null, null,
  'holds', null, null, null, null, null
from papers
cross join {{ ref('rule') }} as rule
anti join found on rule.rule_id = found.rule_id and papers.filing_id = found.filing_id
where rule.relation = 'pattern' and rule.status = 'active'
