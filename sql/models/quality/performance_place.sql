-- Family performance: every place where the figures of a rule meet, with both sides, what rounding can cause, and how
-- they stand to each other.
{{ config(materialized='ephemeral') }}
with terms as (
  select
    term.*, rule.relation,
    max(term.rank) over slot_of_rule > 1 as has_others,
    -- slots are counted as bits: which of a rule's are filled
    1 << (dense_rank() over (partition by term.rule_id order by term.slot) - 1) as slot_bit
  from {{ ref('rule_term') }} as term
  inner join {{ ref('rule') }} as rule on term.rule_id = rule.rule_id
  where rule.status = 'active' and rule.family = 'performance'
  window slot_of_rule as (partition by term.rule_id, term.slot)
),

needs as (
  select
    rule_id, any_value(relation) as relation,
    count(distinct slot) filter (need in ('required', 'condition')) as required,
    count(distinct slot) filter (need = 'condition') as conditions
  from terms group by rule_id
),

looked_at as (
  select
    terms.rule_id, terms.relation, terms.term_no, terms.side, terms.slot, terms.slot_bit, terms.need, terms.rank,
    terms.has_others, figure.*,
    -- (to take decimals to fewer places costs more than all else here, and factors other than one are rare)
    terms.sign * if(terms.factor = 1, figure.value, cast(terms.factor * figure.value as decimal(28, 10))) as part_of_side,
    if(terms.factor = 1, figure.half, cast(abs(terms.factor) * figure.half as decimal(28, 10))) as half_of_side
  from {{ ref('performance_figure') }} as figure
  inner join terms on figure.quantity = terms.measure
),

-- of terms that stand for one another the first that is printed counts
taken as (
  select * from looked_at where not has_others
  union all
  select * from looked_at where has_others
  qualify rank = min(rank) over (partition by rule_id, sheet_id, place, place_name, slot)
),

sides as (
  select
    rule_id, filing_id, document_id, sheet_id, place, place_name,
    any_value(subject) as subject,
    any_value(form_key) as form_key,
    any_value(form_title) as form_title,
    bit_count(bit_or(slot_bit) filter (need in ('required', 'condition'))) as found,
    bit_count(bit_or(slot_bit) filter (need = 'condition')) as conditions,
    sum(part_of_side) filter (side = 'lhs') as lhs,
    sum(half_of_side) filter (side = 'lhs') as lhs_half,
    sum(part_of_side) filter (side = 'rhs') as rhs_sum,
    sum(half_of_side) filter (side = 'rhs') as rhs_half,
    list(value) filter (side = 'rhs' and relation = 'among') as rhs_values,
    max(half) filter (side = 'rhs') as rhs_coarsest,
    any_value(value) filter (slot = 'part') as part,
    any_value(half) filter (slot = 'part') as part_half,
    any_value(value) filter (slot = 'whole') as whole,
    any_value(half) filter (slot = 'whole') as whole_half,
    any_value(value) filter (slot = 'points') as points,
    any_value(value) filter (slot = 'rate') as rate,
    any_value(half) filter (slot = 'rate') as rate_half
  from taken
  group by rule_id, filing_id, document_id, sheet_id, place, place_name
),

told as (
  select
    sides.*,
    needs.relation,
    needs.required,
    case needs.relation
      when 'ratio' then {{ percent_of('part', 'whole') }}
      when 'product' then cast(points * least(rate, 100) * 0.01 as decimal(28, 10))
      when 'among' then list_sort(rhs_values, 'ASC')[1]
      else rhs_sum
    end as rhs
  from sides
  inner join needs on sides.rule_id = needs.rule_id
  where sides.conditions = needs.conditions and sides.lhs is not null
),

nearest as (
  select
    * exclude (rhs),
    case
      when relation = 'among' and list_contains(rhs_values, lhs) then lhs
      else rhs
    end as rhs,
    case relation
      when 'ratio' then greatest(
        {{ percent_of('(part + part_half)', '(whole - whole_half)') }} - rhs,
        rhs - {{ percent_of('greatest(part - part_half, 0)', '(whole + whole_half)') }}
      ) + lhs_half
      when 'product' then cast(points * rate_half * 0.01 as decimal(28, 10)) + lhs_half
      when 'among' then greatest(lhs_half, rhs_coarsest)
      else lhs_half + rhs_half
    end as allowance
  from told
),

judged as (
  select
    *,
    case
      when found < required then 'term_missing'
      when relation = 'ratio' and (whole is null or whole - whole_half <= 0) then 'base_is_zero'
      when rhs is null or allowance is null then 'term_missing'
    end as reason,
    case relation
      when 'at_most' then lhs <= rhs
      when 'below' then lhs < rhs
      when 'at_least' then lhs >= rhs
      else lhs = rhs
    end as exact,
    case relation
      when 'at_most' then lhs <= rhs + allowance
      when 'below' then lhs < rhs
      when 'at_least' then lhs >= rhs - allowance
      else abs(lhs - rhs) <= allowance
    end as near
  from nearest
),

outcomes as (
  select
    *,
    case
      when reason is not null then 'not_evaluable'
      when exact then 'holds'
      when near then 'rounding'
      else 'broken'
    end as outcome
  from judged
),

-- only of what does not simply hold: its figures, a sum as the printed figures it is made of
shown as (
  select
    taken.* exclude (kind, id, field),
    coalesce(parts.kind, taken.kind) as kind,
    coalesce(parts.id, taken.id) as id,
    coalesce(parts.field, taken.field) as field
  from taken
  semi join (select * from outcomes where outcome <> 'holds') as open using (rule_id, sheet_id, place, place_name)
  -- (a condition on one side of a join would make DuckDB compare every row with every row)
  left join {{ ref('performance_term') }} as parts
    on if(taken.field is null, taken.sheet_id, null) = parts.sheet_id and taken.place = parts.place
    and taken.place_name = parts.place_name and taken.quantity = parts.quantity
),

cells as (
  select fact_id as id, field, document_id, printed, page_no, line_no, x0, y0, x1, y1 from {{ ref('performance_cell') }}
  union all
  select amount_id, '', document_id, printed, page_no, row_no, x0, y0, x1, y1 from {{ ref('amount') }}
  union all
  select claim_id, '', document_id, null, page_no, line_no, null, null, null, null from {{ ref('claim') }}
),

facts as (
  select distinct
    shown.rule_id, shown.sheet_id, shown.place, shown.place_name, shown.side, shown.kind, shown.id,
    coalesce(cells.document_id, shown.document_id) as document_id,
    coalesce(cells.printed, shown.printed) as printed,
    coalesce(cells.page_no, case when shown.kind <> 'sheet' then shown.page_no end) as page_no,
    coalesce(cells.line_no, case when shown.kind <> 'sheet' then shown.line_no end) as line_no,
    case when cells.x0 is not null then [cells.x0, cells.y0, cells.x1, cells.y1] end as bbox,
    shown.term_no, coalesce(shown.field, '') as field
  from shown
  left join cells on shown.id = cells.id and coalesce(shown.field, '') = cells.field
),

evidence as (
  select
    rule_id, sheet_id, place, place_name,
    to_json(list({
      'document_id': document_id, 'side': side, 'sign': 1, 'kind': kind, 'id': id, 'printed': printed,
      'page_no': page_no, 'bbox': bbox, 'line_no': line_no
    } order by term_no, page_no, line_no, length(id), id, field)) as evidence,
    array_to_string(
      list_transform(
        list_sort(list_distinct(list({'page': page_no, 'line': case when page_no is null then line_no end}))),
        lambda each: coalesce('p' || each.page, 'l' || each.line)
      ),
      '; '
    ) as places
  from facts
  group by rule_id, sheet_id, place, place_name
),

-- in words
texts as (
  select
    rule_id, sheet_id, place, place_name,
    string_agg(printed, ' ＋ ' order by term_no, line_no, id) filter (side = 'lhs') as lhs_text,
    string_agg(printed, ' ； ' order by term_no, line_no, id) filter (side = 'rhs') as rhs_text
  from taken
  semi join (select * from outcomes where outcome <> 'holds') as open using (rule_id, sheet_id, place, place_name)
  group by rule_id, sheet_id, place, place_name
)

select
  outcomes.rule_id,
  outcomes.filing_id,
  outcomes.document_id,
  outcomes.subject as key_row,
  outcomes.form_key as key_form,
  concat_ws('/', outcomes.place, outcomes.place_name) as key_column,
  concat_ws('·', concat('《', outcomes.form_title, '》', outcomes.subject), case
    when stage.stage is not null then replace(outcomes.place_name, stage.stage, stage.title_zh)
    -- a claim's place is a key of ours, which tells a reader nothing
    when not regexp_matches(outcomes.place_name, '^[a-z]') then nullif(outcomes.place_name, '')
  end) as scope,
  cast(outcomes.lhs as decimal(28, 10)) as lhs,
  cast(outcomes.rhs as decimal(28, 10)) as rhs,
  cast(outcomes.lhs - outcomes.rhs as decimal(28, 10)) as difference,
  texts.lhs_text,
  texts.rhs_text,
  cast(outcomes.allowance as decimal(28, 10)) as allowance,
  outcomes.outcome,
  outcomes.reason,
  cast(evidence.evidence as varchar) as evidence,
  evidence.places,
  concat_ws('|', outcomes.sheet_id, cast(cast(abs(outcomes.lhs - outcomes.rhs) as decimal(38, 14)) as varchar)) as root_key,
  array_position(['row', 'section', 'level', 'source', 'stage', 'told_row', 'told'], outcomes.place) as root_rank
from outcomes
left join texts using (rule_id, sheet_id, place, place_name)
left join evidence using (rule_id, sheet_id, place, place_name)
-- a place of money is named by its stage and, of a source of funds, by the source
left join {{ ref('reference_stage') }} as stage on split_part(outcomes.place_name, '/', 1) = stage.stage
