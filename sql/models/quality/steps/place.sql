-- The places of the families that are not made of cells: performance papers, completeness, slips. One row a place, a
-- broken one with its evidence; `quality.check` takes them over. A rule that found no place in a filing is not applicable there.
-- A family names the one thing that a place is seen in (kind, id, printed, page_no, line_no), or hands in evidence and places.
with places as (
  select * from {{ ref('performance_place') }}
  union all by name
  select * from {{ ref('completeness_place') }}
  union all by name
  select * from {{ ref('dictionary_place') }}
  union all by name
  select * from {{ ref('slip_pattern_place') }}
  union all by name
  select * from {{ ref('slip_year_place') }}
  union all by name
  select * from {{ ref('slip_name_place') }}
  union all by name
  select * from {{ ref('slip_number_place') }}
  union all by name
  select * from {{ ref('indicator_unit_place') }}
  union all by name
  select * from {{ ref('indicator_slip_place') }}
  union all by name
  select * from {{ ref('slip_item_place') }}
  union all by name
  select * from {{ ref('slip_bureau_place') }}
  union all by name
  select * from {{ ref('slip_office_place') }}
),

named as (
  select
    {{ check_id('filing_id', 'rule_id', 'key_row', 'key_form', 'key_column') }} as check_id,
    *
  from places
),

-- few places are found twice; only those are put in order
repeated as (
  select hash(check_id) as check_hash from named group by hash(check_id) having count(*) > 1
),

identified as (
  select named.* from named anti join repeated on hash(named.check_id) = repeated.check_hash
  union all
  select named.* from named semi join repeated on hash(named.check_id) = repeated.check_hash
  qualify row_number() over (
    partition by named.check_id order by document_id, scope, lhs_text, evidence, kind, id, printed, page_no
  ) = 1
),

papers as (
  select distinct filing_id from {{ ref('performance_sheet') }}
),

quiet as (
  select
    rule.rule_id,
    filing.filing_id,
    rule.family,
    rule.title_zh,
    papers.filing_id is not null as has_performance
  from {{ ref('rule') }} as rule
  cross join {{ ref('filing') }} as filing
  left join papers on filing.filing_id = papers.filing_id
  anti join named on rule.rule_id = named.rule_id and filing.filing_id = named.filing_id
  where rule.status = 'active' and rule.family in {{ place_families() }} and rule.kind in ('any', filing.kind)
)

select
  identified.check_id,
  identified.rule_id,
  identified.filing_id,
  identified.document_id,
  identified.scope,
  rule.unit,
  identified.lhs,
  identified.rhs,
  case when identified.outcome <> 'holds' then identified.lhs_text end as lhs_text,
  case when identified.outcome <> 'holds' then identified.rhs_text end as rhs_text,
  identified.difference,
  identified.allowance,
  identified.outcome,
  case
    when identified.outcome <> 'broken' then null
    when document.format in ('docx', 'xlsx', 'xls', 'html') then 'source'
    when rule.family in ('dictionary', 'slip') and document.reader is distinct from 'ocr' then 'source'
    else 'unknown'
  end as cause,
  identified.reason,
  case
    when identified.outcome <> 'broken' then null
    when identified.kind is null then identified.evidence
    else {{ evidence_of('identified.document_id', 'identified.kind', 'identified.id', 'identified.printed', 'identified.page_no') }}
  end as evidence,
  case
    when identified.outcome = 'broken'
      then coalesce(identified.places, {{ page_or_line('identified.page_no', 'identified.line_no') }})
  end as places,
  identified.root_key,
  cast(coalesce(identified.root_rank, 99) as integer) as root_rank
from identified
inner join {{ ref('rule') }} as rule on identified.rule_id = rule.rule_id
left join {{ ref('document') }} as document on identified.document_id = document.document_id
union all
select
  {{ check_id('filing_id', 'rule_id', "''", "''", "''") }},
  rule_id, filing_id, null, title_zh, null, null, null, null, null, null, null,
  'not_applicable', null,
  case when family = 'performance' and not has_performance then 'form_absent' else 'nothing_printed' end,
  null, null, null, null
from quiet
