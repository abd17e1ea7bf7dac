-- What is broken, with its evidence and in words.
with broken as (
  select * from {{ ref('check') }} where outcome = 'broken'
),

-- the figures and sentences of a break, of whatever family
facts as (
  select * from {{ ref('form_evidence') }}
  union all by name
  select * exclude (outcome, label) from {{ ref('assertion_fact') }} where outcome = 'broken'
),

evidence as (
  select
    check_id,
    to_json(list({
      'document_id': document_id, 'side': side, 'sign': sign, 'kind': kind, 'id': id, 'printed': printed,
      'page_no': page_no, 'bbox': bbox
    } order by place_order)) as evidence
  from facts
  group by check_id
  union all
  select check_id, evidence from {{ ref('place') }} where outcome = 'broken'
),

-- where they stand, in words
places as (
  {{ places_of_facts('facts') }}
  union all
  select check_id, {{ places_in_words('spots', 'zh') }}, {{ places_in_words('spots', 'en') }}
  from (
    select check_id, coalesce(nullif(places, ''), {{ paragraph_place('evidence') }}) as spots
    from {{ ref('place') }}
    where outcome = 'broken'
  ) as placed
),

-- findings of one suspect are one cause: the gravest stands for all; beside cells, the most precise place does
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
  union all
  select
    check_id,
    first_value(check_id) over (partition by filing_id, root_key order by root_rank, rule_id, check_id),
    null,
    null
  from {{ ref('place') }}
  anti join {{ ref('told_suspect') }} as told using (check_id)
  where outcome = 'broken' and root_key is not null
  union all
  select
    told.check_id,
    first_value(told.check_id) over (
      partition by told.claim_id
      order by case rule.severity when 'critical' then 1 when 'warning' then 2 else 3 end, rule.rule_id, told.check_id
    ),
    told.claim_id,
    null
  from {{ ref('told_suspect') }} as told
  inner join broken on told.check_id = broken.check_id
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
  {{ finding_message('zh', 'rule', 'text', 'places', 'broken.hint') }} as message_zh,
  {{ finding_message('en', 'rule', 'text', 'places', 'broken.hint') }} as message_en,
  cast(evidence.evidence as varchar) as evidence,
  case when review.in_force then review.verdict end as review
from broken
inner join {{ ref('rule') }} as rule on broken.rule_id = rule.rule_id
inner join {{ ref('finding_text') }} as text on broken.check_id = text.check_id
left join evidence on broken.check_id = evidence.check_id
left join places on broken.check_id = places.check_id
left join roots on broken.check_id = roots.check_id
left join {{ ref('review') }} as review on broken.check_id = review.finding_id
