-- Families form_sum, row_total and same_quantity: the cells that each term takes, grouped by place (one check each).
{{ config(materialized='ephemeral') }}
with
-- a pattern is matched once for each subject that there is, not for each cell
matching as (
  select patterns.subject_pattern, list(subjects.subject) as subjects
  from (select distinct subject_pattern from {{ ref('rule_term') }}) as patterns
  inner join (select distinct subject from {{ ref('cell') }}) as subjects
    on regexp_full_match(subjects.subject, patterns.subject_pattern)
  group by patterns.subject_pattern
),

terms as (
  select
    term.*,
    rule.across,
    rule.forms[1] as first_form,
    coalesce(matching.subjects, []) as subjects,
    count(distinct term.rank) over (partition by term.rule_id, term.slot) > 1 as has_alternatives,
    list_contains(rule.for_each, 'row') as each_row,
    list_contains(rule.for_each, 'measure') as each_measure,
    list_contains(rule.for_each, 'fund') as each_fund
  from {{ ref('rule_term') }} as term
  inner join {{ ref('rule') }} as rule using (rule_id)
  left join matching on term.subject_pattern = matching.subject_pattern
  where rule.status = 'active' and rule.family in ('form_sum', 'row_total', 'same_quantity')
),

taken as (
  select
    terms.rule_id,
    terms.first_form,
    terms.term_no,
    terms.side,
    terms.slot,
    terms.rank,
    terms.has_alternatives,
    terms.need,
    -- rows of one code are added up, a total printed again is the same total
    case when terms.row = 'each' and cells.row_kind = 'total' then 'one' else terms.pick end as pick,
    terms.place,
    terms.anchor,
    cast(terms.sign * terms.factor as decimal(9, 4)) as factor,
    case when terms.each_row then cells.row_key else '' end as key_row,
    case when terms.each_measure then cells.measure else '' end as key_measure,
    case when terms.each_fund then cells.fund else '' end as key_fund,
    cells.stage as key_stage,
    case when terms.across then 1 else cells.form_seq end as key_seq,
    cells.amount_id,
    cells.filing_id,
    cells.row_no,
    cells.amount_yuan
  from {{ ref('cell') }} as cells
  inner join terms on cells.form_code = terms.form and cells.measure = terms.measure
  where (terms.fund is null or cells.fund = terms.fund)
    and (terms.stage is null or cells.stage = terms.stage)
    and (terms.subject_pattern is null or list_contains(terms.subjects, cells.subject))
    and (not terms.across or cells.form_seq = 1)
    and case terms.row
      when 'total' then cells.row_kind = 'total'
      when 'class' then cells.row_kind <> 'total' and length(cells.code) = 3
      when 'top' then cells.row_kind <> 'total' and cells.parent_code is null
      when 'project' then cells.row_kind = 'project'
      else true
    end
),

-- a check is a place of a rule
placed as (
  select
    {{ form_check_id('first_form') }} as check_id,
    * exclude (first_form, key_measure)
  from taken
),

-- where the subtotal stands that `above` and `below` look from
anchors as (
  select check_id, min(row_no) as anchor_row
  from placed where anchor
  group by check_id
),

-- most cells enter as they are; windows are computed over the others only
chosen as (
  select * from placed where place is null and (has_alternatives or pick = 'one')
  union all
  select placed.*
  from placed
  inner join anchors using (check_id)
  where case placed.place when 'above' then placed.row_no < anchor_row when 'below' then placed.row_no > anchor_row end
),

ranked as (
  select * from chosen where not has_alternatives
  union all
  select * from chosen where has_alternatives
  qualify rank = min(rank) over (partition by check_id, slot)
),

single as (
  select
    *,
    row_number() over (partition by check_id, term_no order by row_no, amount_id) as nth,
    min(amount_yuan) over same_term <> max(amount_yuan) over same_term as differs
  from ranked
  where pick = 'one'
  window same_term as (partition by check_id, term_no)
)

{% set columns %}
  check_id, rule_id, filing_id, key_row, key_fund, key_stage, key_seq, term_no, side, need, factor, amount_id
{% endset -%}
select {{ columns }}, false as ambiguous
from placed
where place is null and not has_alternatives and pick = 'sum'
union all
select {{ columns }}, false from ranked where pick = 'sum'
union all
select {{ columns }}, differs from single where nth = 1
