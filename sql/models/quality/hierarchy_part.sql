-- Family hierarchy: a parent row and the rows below it, one check for each parent and column. A child's parent is the
-- longest printed code that begins its own; rows without one belong to the total row.
{{ config(materialized='ephemeral') }}
with terms as (
  select
    parent.rule_id,
    parent.term_no as parent_term,
    children.term_no as child_term,
    parent.need as parent_need,
    children.need as child_need,
    parent.form,
    parent.row as level,
    children.subject_pattern
  from {{ ref('rule_term') }} as parent
  inner join {{ ref('rule_term') }} as children on parent.rule_id = children.rule_id and children.side = 'rhs'
  inner join {{ ref('rule') }} as rule on parent.rule_id = rule.rule_id
  where parent.side = 'lhs' and rule.status = 'active' and rule.family = 'hierarchy'
),

-- patterns are matched once for each subject that there is, not for each cell
matching as (
  select subjects.subject, patterns.subject_pattern
  from (select distinct subject from {{ ref('cell') }} where row_kind <> 'total') as subjects
  cross join (select distinct subject_pattern from terms) as patterns
  where regexp_full_match(subjects.subject, patterns.subject_pattern)
),

children as (
  select
    terms.*,
    case when terms.level = 'total' then 'total' else cells.row_kind || ':' || cells.parent_code end as parent_key,
    cells.filing_id, cells.form_id, cells.form_seq, cells.measure, cells.fund, cells.stage, cells.amount_id
  from {{ ref('cell') }} as cells
  inner join matching on cells.subject = matching.subject
  inner join terms
    on cells.form_code = terms.form and matching.subject_pattern = terms.subject_pattern
    and case coalesce(length(cells.parent_code), 0) when 0 then 'total' when 3 then 'class' when 5 then 'section' end
      = terms.level
  where cells.row_kind <> 'total'
),

-- parents by row: a blank parent cell over printed children is still a place
families as (
  select distinct
    rule_id, parent_term, parent_need, form, level, filing_id, form_id, form_seq, parent_key
  from children
),

parents as (
  select families.*, cells.measure, cells.fund, cells.stage, cells.amount_id
  from families
  inner join {{ ref('cell') }} as cells
    on families.form_id = cells.form_id and families.parent_key = cells.row_key
),

placed as (
  select
    rule_id, form, filing_id, parent_key as key_row, measure as key_measure, fund as key_fund, stage as key_stage,
    form_seq as key_seq, parent_term as term_no, 'lhs' as side, parent_need as need, amount_id
  from parents
  union all
  select
    rule_id, form, filing_id, parent_key, measure, fund, stage, form_seq, child_term, 'rhs', child_need, amount_id
  from children
)

select
  {{ form_check_id('form') }} as check_id,
  rule_id, filing_id, key_row, key_fund, key_stage, key_seq, term_no, side, need,
  cast(1 as decimal(9, 4)) as factor, amount_id, false as ambiguous
from placed
