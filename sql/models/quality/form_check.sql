-- The identities within and between forms: one row for each rule and place evaluated, and one for each rule and filing
-- that could not be.
{{ config(materialized='ephemeral') }}
with needs as (
  select
    rule_id,
    count(distinct slot) filter (need = 'required') as required,
    count(distinct slot) filter (need = 'condition') as conditions
  from {{ ref('rule_term') }}
  group by rule_id
),

-- rules that could apply to a filing: of its kind and year, and whether all their forms are there with figures
candidates as (
  select
    rule.rule_id,
    filing.filing_id,
    (
      select count(distinct form.form_code) from {{ ref('form') }} as form
      where form.filing_id = filing.filing_id and form.present and not form.is_empty
        and list_contains(rule.forms, form.form_code)
    ) = length(rule.forms) as forms_present
  from {{ ref('rule') }} as rule
  inner join {{ ref('filing') }} as filing
    on rule.kind = filing.kind
    and filing.fiscal_year >= coalesce(rule.since, filing.fiscal_year)
    and filing.fiscal_year <= coalesce(rule.until, filing.fiscal_year)
  where rule.status = 'active' and rule.relation is null
),

-- slots as bits: counting different ones is then a matter of one number; factors with one decimal, so that allowances
-- keep the scale they are stored in (bringing 128-bit decimals to a smaller scale is slow)
slots as (
  select
    rule_id,
    term_no,
    case when need = 'required' then slot_bit else 0 end as required_bit,
    case when need = 'condition' then slot_bit else 0 end as condition_bit,
    cast(abs(factor) as decimal(6, 1)) as weight
  from (
    select *, cast(1 as ubigint) << (dense_rank() over (partition by rule_id order by slot) - 1)::integer as slot_bit
    from {{ ref('rule_term') }}
  ) as numbered
),

parts as (
  select
    part.check_id,
    part.rule_id,
    part.filing_id,
    part.key_row,
    part.key_fund,
    part.key_stage,
    part.key_seq,
    part.term_no,
    part.side,
    part.factor,
    part.amount_id,
    part.ambiguous,
    slots.required_bit,
    slots.condition_bit,
    part.need = 'absent' as is_absent,
    part.factor * cells.amount_yuan as signed_yuan,
    cells.amount_yuan,
    slots.weight * cells.quantum_yuan as quantum_yuan,
    cells.parts,
    cells.column_unknown,
    cells.row_unknown
  from {{ ref('form_part') }} as part
  inner join {{ ref('cell') }} as cells on part.amount_id = cells.amount_id
  inner join slots on part.rule_id = slots.rule_id and part.term_no = slots.term_no
),

sides as (
  select
    parts.check_id,
    parts.rule_id,
    parts.filing_id,
    arg_min(parts.amount_id, parts.term_no) as first_id,
    any_value(parts.key_row) as key_row,
    any_value(parts.key_fund) as key_fund,
    any_value(parts.key_stage) as key_stage,
    any_value(parts.key_seq) as key_seq,
    bit_count(bit_or(parts.required_bit)) as required,
    bit_or(parts.condition_bit) as condition_bits,
    bool_or(parts.is_absent) as excluded,
    bool_or(parts.ambiguous) as ambiguous,
    bool_or(parts.column_unknown) as column_unknown,
    bool_or(parts.row_unknown) as row_unknown,
    bool_and(parts.amount_yuan = 0) as all_zero,
    count(*) filter (parts.side = 'lhs') as lhs_figures,
    count(*) filter (parts.side = 'rhs') as rhs_figures,
    coalesce(sum(parts.signed_yuan) filter (parts.side = 'lhs'), 0) as lhs,
    coalesce(sum(parts.signed_yuan) filter (parts.side = 'rhs'), 0) as rhs,
    max(parts.parts) as most_parts,
    sum(parts.quantum_yuan) * 0.5 as half_quanta,
    sum(parts.quantum_yuan * parts.parts) * 0.5 as half_part_quanta,
    max(parts.quantum_yuan) as coarsest
  from parts
  group by parts.check_id, parts.rule_id, parts.filing_id
),

-- what a filing shows of a rule over all its places
seen as (
  select
    rule_id,
    filing_id,
    bool_or(not all_zero) as any_money,
    bool_or(excluded) as excluded,
    bit_count(bit_or(condition_bits)) as conditions
  from sides
  group by rule_id, filing_id
),

-- a place counts when it prints something the rule asks for, in a layout the rule is meant for; a printed zero beside
-- a blank says nothing
judged as (
  select
    sides.*,
    rule.family,
    rule.open_sum,
    needs.required as required_slots,
    {{ allowance(
      'rule.tolerance', 'sides.lhs_figures + sides.rhs_figures', 'sides.most_parts',
      'sides.half_quanta', 'sides.half_part_quanta', 'sides.coarsest'
    ) }} as allowance
  from sides
  inner join {{ ref('rule') }} as rule on sides.rule_id = rule.rule_id
  inner join needs on sides.rule_id = needs.rule_id
  inner join candidates on sides.rule_id = candidates.rule_id and sides.filing_id = candidates.filing_id
  where candidates.forms_present
    and bit_count(sides.condition_bits) = needs.conditions
    and not sides.excluded
    and not (sides.all_zero and sides.required < needs.required)
    and (sides.required > 0 or needs.conditions > 0 or sides.key_row <> '')
),

-- figures of one year and stage that stand on one side only: the columns of the other side are not printed for them
one_sided as (
  select rule_id, filing_id, key_fund, key_stage, key_seq
  from judged
  group by rule_id, filing_id, key_fund, key_stage, key_seq
  having sum(lhs_figures) = 0 or sum(rhs_figures) = 0
),

reasoned as (
  select
    judged.*,
    case
      when required < required_slots then 'term_missing'
      when ambiguous then 'term_ambiguous'
      when abs(lhs - rhs) <= allowance then null
      when family = 'row_total' and column_unknown then 'column_not_understood'
      when family in ('form_sum', 'hierarchy') and open_sum and row_unknown then 'row_not_understood'
    end as reason
  from judged
  left join one_sided
    on judged.rule_id = one_sided.rule_id and judged.filing_id = one_sided.filing_id
    and judged.key_fund = one_sided.key_fund and judged.key_stage = one_sided.key_stage
    and judged.key_seq = one_sided.key_seq
  where one_sided.rule_id is null or family = 'same_quantity' or required < required_slots or lhs = rhs
),

outcomes as (
  select
    *,
    case
      when reason is not null then 'not_evaluable'
      when lhs = rhs then 'holds'
      when abs(lhs - rhs) <= allowance then 'rounding'
      else 'broken'
    end as outcome
  from reasoned
),

texts as (
  select
    part.check_id,
    {%- for side in ('lhs', 'rhs') %}
    {{ terms_text(
      side, "concat(case when part.factor < 0 then '− ' else '+ ' end, cells.label, ' ', cells.printed)",
      "[part.term_no, cells.row_no, cells.column_no]"
    ) }} as {{ side }}_text{{ ',' if not loop.last }}
    {%- endfor %}
  from {{ ref('form_part') }} as part
  inner join {{ ref('cell') }} as cells on part.amount_id = cells.amount_id
  semi join (select check_id from outcomes where outcome <> 'holds') as shown on part.check_id = shown.check_id
  group by part.check_id
),

broken_parts as (
  select part.check_id, part.filing_id, part.amount_id, cells.amount_yuan, cells.printed
  from {{ ref('form_part') }} as part
  inner join {{ ref('cell') }} as cells on part.amount_id = cells.amount_id
  semi join (select check_id from outcomes where outcome = 'broken') as broken on part.check_id = broken.check_id
),

-- does every figure of a break stand elsewhere in its filing too?
values_elsewhere as (
  select filing_id, amount_yuan, count(distinct amount_id) as times
  from {{ ref('amount') }}
  where amount_yuan is not null and filing_id in (select filing_id from broken_parts)
  group by all
),

told_elsewhere as (
  select distinct filing_id, value_yuan
  from {{ ref('claim') }}
  where value_yuan is not null and filing_id in (select filing_id from broken_parts)
),

recurrence as (
  select
    parts.check_id,
    bool_and(found.times > 1 or told.value_yuan is not null) as all_recur,
    bool_and(coalesce({{ readings_agree('parts', 'again') }}, false)) as readings_agree,
    bool_or(not {{ readings_agree('parts', 'again') }}) as readings_differ
  from broken_parts as parts
  left join {{ ref('second_reading') }} as again on parts.amount_id = again.amount_id
  left join values_elsewhere as found
    on parts.filing_id = found.filing_id and parts.amount_yuan = found.amount_yuan
  left join told_elsewhere as told on parts.filing_id = told.filing_id and parts.amount_yuan = told.value_yuan
  group by parts.check_id
),

evaluated as (
  select
    outcomes.check_id,
    outcomes.rule_id,
    outcomes.filing_id,
    coalesce(first_cell.document_id, '') as document_id,
    concat('《', first_cell.form_title, '》', case when outcomes.key_row <> '' then first_cell.label else '' end) as scope,
    cast(outcomes.lhs as decimal(28, 10)) as lhs,
    cast(outcomes.rhs as decimal(28, 10)) as rhs,
    texts.lhs_text,
    texts.rhs_text,
    cast(outcomes.lhs - outcomes.rhs as decimal(28, 10)) as difference,
    outcomes.allowance,
    outcomes.outcome,
    outcomes.reason,
    document.format,
    recurrence.all_recur,
    recurrence.readings_agree,
    recurrence.readings_differ
  from outcomes
  inner join {{ ref('cell') }} as first_cell on outcomes.first_id = first_cell.amount_id
  left join texts on outcomes.check_id = texts.check_id
  left join recurrence on outcomes.check_id = recurrence.check_id
  left join {{ ref('document') }} as document on first_cell.document_id = document.document_id
),

understood as (
  select filing_id, list(distinct form_code) as form_codes from {{ ref('cell') }} group by filing_id
),

silent as (
  select
    candidates.rule_id,
    candidates.filing_id,
    case
      when not candidates.forms_present then 'form_absent'
      when not list_has_all(coalesce(understood.form_codes, []), rule.forms) then 'form_not_understood'
      when seen.rule_id is null or not seen.any_money then 'nothing_printed'
      when seen.excluded or seen.conditions < needs.conditions then 'other_layout'
      when exists (
        select 1 from judged
        where judged.rule_id = candidates.rule_id and judged.filing_id = candidates.filing_id
      ) then 'other_layout'
      else 'term_missing'
    end as reason
  from candidates
  inner join {{ ref('rule') }} as rule on candidates.rule_id = rule.rule_id
  inner join needs on candidates.rule_id = needs.rule_id
  left join seen on candidates.rule_id = seen.rule_id and candidates.filing_id = seen.filing_id
  left join understood on candidates.filing_id = understood.filing_id
  anti join outcomes on candidates.rule_id = outcomes.rule_id and candidates.filing_id = outcomes.filing_id
)

select
  check_id,
  rule_id,
  filing_id,
  cast(null as varchar) as other_filing_id,
  document_id,
  scope,
  'yuan' as unit,
  lhs,
  rhs,
  lhs_text,
  rhs_text,
  difference,
  allowance,
  outcome,
  case
    when outcome <> 'broken' then null
    when format in ('docx', 'xlsx', 'xls', 'html') then 'source'
    when readings_differ then 'reading'
    when readings_agree then 'source'
    when format = 'text' and all_recur then 'source'
    else 'unknown'
  end as cause,
  reason,
  cast(null as varchar) as hint
from evaluated
union all
select
  {{ check_id('silent.filing_id', 'silent.rule_id', "''", 'rule.forms[1]', "''") }},
  silent.rule_id,
  silent.filing_id,
  null,
  null,
  rule.title_zh,
  'yuan',
  null, null, null, null, null, null,
  case
    when silent.reason in ('form_absent', 'nothing_printed', 'other_layout') then 'not_applicable'
    else 'not_evaluable'
  end,
  null,
  silent.reason,
  null
from silent
inner join {{ ref('rule') }} as rule on silent.rule_id = rule.rule_id
