-- Families form_sum, row_total and same_quantity: the cells that each term takes, grouped by place (one check each).
{{ config(materialized='ephemeral') }}
with terms as (
  select
    term.*,
    rule.across,
    count(distinct term.rank) over (partition by term.rule_id, term.slot) > 1 as has_alternatives,
    list_contains(rule.for_each, 'row') as each_row,
    list_contains(rule.for_each, 'measure') as each_measure,
    list_contains(rule.for_each, 'fund') as each_fund
  from {{ ref('rule_term') }} as term
  inner join {{ ref('rule') }} as rule using (rule_id)
  where rule.status = 'active' and rule.family in ('form_sum', 'row_total', 'same_quantity')
),

taken as (
  select
    terms.rule_id,
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
    and (terms.subject_pattern is null or regexp_full_match(cells.subject, terms.subject_pattern))
    and (not terms.across or cells.form_seq = 1)
    and case terms.row
      when 'total' then cells.row_kind = 'total'
      when 'class' then cells.row_kind <> 'total' and length(cells.code) = 3
      when 'top' then cells.row_kind <> 'total' and cells.parent_code is null
      when 'project' then cells.row_kind = 'project'
      else true
    end
),

{% set place_of = 'rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq' -%}
-- where the subtotal stands that `above` and `below` look from
anchors as (
  select {{ place_of }}, min(row_no) as anchor_row
  from taken where anchor
  group by all
),

-- most cells enter as they are; windows are computed over the others only
chosen as (
  select * from taken where place is null and (has_alternatives or pick = 'one')
  union all
  select taken.*
  from taken
  inner join anchors using ({{ place_of }})
  where case taken.place when 'above' then taken.row_no < anchor_row when 'below' then taken.row_no > anchor_row end
),

ranked as (
  select * from chosen where not has_alternatives
  union all
  select * from chosen where has_alternatives
  qualify rank = min(rank) over (partition by {{ place_of }}, slot)
),

single as (
  select
    *,
    row_number() over (partition by {{ place_of }}, term_no order by row_no, amount_id) as nth,
    min(amount_yuan) over same_term <> max(amount_yuan) over same_term as differs
  from ranked
  where pick = 'one'
  window same_term as (partition by {{ place_of }}, term_no)
)

{% set columns = place_of ~ ', term_no, side, slot, need, factor, amount_id' -%}
select {{ columns }}, false as ambiguous
from taken
where place is null and not has_alternatives and pick = 'sum'
union all
select {{ columns }}, false from ranked where pick = 'sum'
union all
select {{ columns }}, differs from single where nth = 1
