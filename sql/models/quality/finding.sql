-- What is broken, with its evidence and in words.
with broken as (
  select * from {{ ref('check') }} where outcome = 'broken'
),

evidence as (
  select
    part.check_id,
    to_json(list({
      'document_id': cells.document_id,
      'side': part.side,
      'sign': case when part.factor < 0 then -1 else 1 end,
      'kind': 'amount',
      'id': cells.amount_id,
      'printed': cells.printed,
      'page_no': cells.page_no,
      'bbox': case when cells.x0 is null then null else [cells.x0, cells.y0, cells.x1, cells.y1] end
    } order by part.term_no, cells.row_no, cells.column_no)) as evidence,
    string_agg(
      concat(
        cells.form_title, ' ', case when cells.page_no is null then '' else 'p' || cells.page_no || ' ' end,
        'r', cells.row_no, 'c', cells.column_no
      ), '; ' order by part.term_no, cells.row_no, cells.column_no
    ) as places
  from {{ ref('check_part') }} as part
  inner join {{ ref('cell') }} as cells on part.amount_id = cells.amount_id
  semi join broken on part.check_id = broken.check_id
  group by part.check_id
),

-- findings of one suspect are one cause: the gravest stands for all
roots as (
  select
    suspect.check_id,
    first_value(suspect.check_id) over (
      partition by suspect.amount_id
      order by case rule.severity when 'critical' then 1 when 'warning' then 2 else 3 end, rule.rule_id, suspect.check_id
    ) as root_id,
    suspect.amount_id,
    suspect.suggested_value
  from {{ ref('suspect') }} as suspect
  inner join broken on suspect.check_id = broken.check_id
  inner join {{ ref('rule') }} as rule on broken.rule_id = rule.rule_id
)

select
  broken.check_id as finding_id,
  broken.check_id,
  roots.root_id,
  broken.rule_id,
  rule.severity,
  broken.filing_id,
  broken.document_id,
  broken.scope,
  broken.unit,
  broken.lhs,
  broken.rhs,
  broken.difference,
  roots.amount_id as suspect_id,
  roots.suggested_value,
  broken.cause,
  {{ finding_message('rule.message_zh', 'rule.title_zh', 'broken', 'evidence.places') }} as message_zh,
  {{ finding_message('rule.message_en', 'rule.title_en', 'broken', 'evidence.places') }} as message_en,
  cast(evidence.evidence as varchar) as evidence,
  cast(null as varchar) as review
from broken
inner join {{ ref('rule') }} as rule on broken.rule_id = rule.rule_id
left join evidence on broken.check_id = evidence.check_id
left join roots on broken.check_id = roots.check_id
