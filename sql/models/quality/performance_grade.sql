-- Between which scores a printed grade lies: by the paper's own thresholds where it states them, else by the usual ones.
{{ config(materialized='ephemeral') }}
with stated as (
  select
    document.filing_id,
    unnest(regexp_extract_all(
      regexp_replace(paragraph.text, '\s', '', 'g'),
      '\d{2}(?:\.\d+)?分?(?:[(（]含\d*分?[)）]|及以上|以上|[(（]含[)）])?分?[-—–－~～至到]?(?:\d{2,3}分?)?[(（]?[^，,；;。\d]{0,6}[“"”]?[优良中差]'
    )) as told
  from {{ ref('paragraph') }} as paragraph
  inner join {{ ref('document') }} as document on paragraph.document_id = document.document_id
  where regexp_matches(paragraph.text, '[优良中差]') and regexp_matches(paragraph.text, '含|及以上|以上')
    and regexp_matches(paragraph.text, '90') and regexp_matches(paragraph.text, '80')
),

own as (
  select filing_id, right(told, 1) as grade, min(cast(left(told, 2) as decimal(28, 10))) as floor
  from stated
  where regexp_matches(told, '含|及以上|以上')
  group by filing_id, right(told, 1)
  having count(distinct left(told, 2)) = 1
),

own_scales as (
  select filing_id from own group by filing_id
  having count(*) >= 2 and bool_or(grade = '优') and bool_or(grade = '良')
),

usual as (
  select unnest(['优', '良', '中', '差']) as grade, cast(unnest([90, 80, 60, 0]) as decimal(28, 10)) as floor
),

scales as (
  select own.filing_id, 'own' as source, own.grade, own.floor
  from own semi join own_scales on own.filing_id = own_scales.filing_id
  union all
  select sheets.filing_id, 'usual', usual.grade, usual.floor
  from (select distinct filing_id from {{ ref('performance_sheet') }}) as sheets
  cross join usual
  anti join own_scales on sheets.filing_id = own_scales.filing_id
),

bounds as (
  select
    *,
    lead(floor) over (partition by filing_id, source order by floor) as ceiling
  from scales
),

graded as (
  select
    *,
    case
      when regexp_matches(grade, '优') then '优'
      when regexp_matches(grade, '良') then '良'
      when regexp_matches(grade, '中|合格|一般') and not regexp_matches(grade, '不') then '中'
      when regexp_matches(grade, '差|不合格') then '差'
    end as level
  from {{ ref('performance_sheet') }}
  where score is not null
)

select
  graded.sheet_id,
  unnest([
    {'quantity': 'graded_score', 'value': graded.score, 'printed': concat(graded.score::double, ' ', graded.grade),
     'field': 'score'},
    {'quantity': concat(bounds.source, '_grade_floor'), 'value': bounds.floor, 'printed': '', 'field': null},
    {'quantity': concat(bounds.source, '_grade_ceiling'), 'value': bounds.ceiling, 'printed': '', 'field': null}
  ], recursive := true)
from graded
inner join bounds on graded.filing_id = bounds.filing_id and graded.level = bounds.grade
