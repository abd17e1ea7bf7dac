-- Families form_sum, row_total and same_quantity: the cells that each term takes, grouped by place (one check each).
{{ config(materialized='ephemeral') }}
with terms as (
  select
    term.*,
    rule.across,
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

-- where the subtotal stands that `above` and `below` look from
anchored as (
  select taken.*, anchors.row_no as anchor_row
  from taken
  left join (
    select rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq, min(row_no) as row_no
    from taken where anchor
    group by all
  ) as anchors using (rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq)
),

ranked as (
  select
    *,
    min(rank) over (partition by rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq, slot) as best
  from anchored
  where case place
    when 'above' then row_no < anchor_row
    when 'below' then row_no > anchor_row
    else true
  end
),

counted as (
  select
    *,
    row_number() over same_term as nth,
    min(amount_yuan) over (
      partition by rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq, term_no
    ) <> max(amount_yuan) over (
      partition by rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq, term_no
    ) as differs
  from ranked
  where rank = best
  window same_term as (
    partition by rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq, term_no
    order by row_no, amount_id
  )
)

select
  rule_id, filing_id, key_row, key_measure, key_fund, key_stage, key_seq,
  term_no, side, slot, need, factor, amount_id,
  pick = 'one' and differs as ambiguous
from counted
where pick = 'sum' or nth = 1
