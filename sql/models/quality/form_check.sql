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

parts as (
  select part.*, cells.* exclude (amount_id, filing_id)
  from {{ ref('check_part') }} as part
  inner join {{ ref('cell') }} as cells using (amount_id)
),

sides as (
  select
    parts.check_id,
    parts.rule_id,
    parts.filing_id,
    coalesce(arg_min(parts.document_id, parts.term_no), '') as document_id,
    arg_min(parts.form_title, parts.term_no) as form_title,
    arg_min(parts.label, parts.term_no) as place,
    any_value(parts.key_row) as key_row,
    count(distinct parts.slot) filter (parts.need = 'required') as required,
    count(distinct parts.slot) filter (parts.need = 'condition') as conditions,
    bool_or(parts.need = 'absent') as excluded,
    bool_or(parts.ambiguous) as ambiguous,
    bool_or(parts.column_unknown) as column_unknown,
    bool_or(parts.row_unknown) as row_unknown,
    bool_and(parts.amount_yuan = 0) as all_zero,
    count(*) filter (parts.side = 'lhs') as lhs_figures,
    count(*) filter (parts.side = 'rhs') as rhs_figures,
    coalesce(sum(parts.factor * parts.amount_yuan) filter (parts.side = 'lhs'), 0) as lhs,
    coalesce(sum(parts.factor * parts.amount_yuan) filter (parts.side = 'rhs'), 0) as rhs,
    max(parts.parts) as most_parts,
    sum(abs(parts.factor) * parts.quantum_yuan * 0.5) as half_quanta,
    sum(abs(parts.factor) * parts.quantum_yuan * parts.parts * 0.5) as half_part_quanta,
    max(abs(parts.factor) * parts.quantum_yuan) as coarsest
  from parts
  group by parts.check_id, parts.rule_id, parts.filing_id
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
    ) }} as allowance,
    sum(sides.lhs_figures) over (partition by sides.rule_id, sides.filing_id) = 0
      or sum(sides.rhs_figures) over (partition by sides.rule_id, sides.filing_id) = 0 as one_sided_layout
  from sides
  inner join {{ ref('rule') }} as rule on sides.rule_id = rule.rule_id
  inner join needs on sides.rule_id = needs.rule_id
  inner join candidates on sides.rule_id = candidates.rule_id and sides.filing_id = candidates.filing_id
  where candidates.forms_present
    and sides.conditions = needs.conditions
    and not sides.excluded
    and not (sides.all_zero and sides.required < needs.required)
    and (sides.required > 0 or needs.conditions > 0 or sides.key_row <> '')
),

reasoned as (
  select
    *,
    case
      when required < required_slots then 'term_missing'
      when ambiguous then 'term_ambiguous'
      when abs(lhs - rhs) <= allowance then null
      when family = 'row_total' and column_unknown then 'column_not_understood'
      when family in ('form_sum', 'hierarchy') and open_sum and row_unknown then 'row_not_understood'
    end as reason
  from judged
  where not (one_sided_layout and family <> 'same_quantity' and required = required_slots and lhs <> rhs)
),

texts as (
  select
    part.check_id,
    ltrim(string_agg(
      concat(case when part.factor < 0 then '− ' else '+ ' end, part.label, ' ', part.printed), ' '
      order by part.term_no, part.row_no, part.column_no
    ) filter (part.side = 'lhs'), '+ ') as lhs_text,
    ltrim(string_agg(
      concat(case when part.factor < 0 then '− ' else '+ ' end, part.label, ' ', part.printed), ' '
      order by part.term_no, part.row_no, part.column_no
    ) filter (part.side = 'rhs'), '+ ') as rhs_text
  from parts as part
  semi join (select check_id from reasoned where lhs <> rhs or reason is not null) as shown
    on part.check_id = shown.check_id
  group by part.check_id
),

-- does every figure of a break stand elsewhere in its filing too?
values_elsewhere as (
  select filing_id, amount_yuan, count(distinct amount_id) as times
  from {{ ref('amount') }} where amount_yuan is not null group by all
),

told_elsewhere as (
  select distinct filing_id, value_yuan from {{ ref('claim') }} where value_yuan is not null
),

recurrence as (
  select
    parts.check_id,
    bool_and(found.times > 1 or told.value_yuan is not null) as all_recur,
    bool_and(coalesce({{ readings_agree('parts', 'again') }}, false)) as readings_agree,
    bool_or(not {{ readings_agree('parts', 'again') }}) as readings_differ
  from parts
  left join {{ ref('second_reading') }} as again on parts.amount_id = again.amount_id
  left join values_elsewhere as found
    on parts.filing_id = found.filing_id and parts.amount_yuan = found.amount_yuan
  left join told_elsewhere as told on parts.filing_id = told.filing_id and parts.amount_yuan = told.value_yuan
  group by parts.check_id
),

evaluated as (
  select
    reasoned.check_id,
    reasoned.rule_id,
    reasoned.filing_id,
    reasoned.document_id,
    concat('《', reasoned.form_title, '》', case when reasoned.key_row <> '' then reasoned.place else '' end) as scope,
    cast(reasoned.lhs as decimal(28, 10)) as lhs,
    cast(reasoned.rhs as decimal(28, 10)) as rhs,
    texts.lhs_text,
    texts.rhs_text,
    cast(reasoned.lhs - reasoned.rhs as decimal(28, 10)) as difference,
    reasoned.allowance,
    case
      when reasoned.reason is not null then 'not_evaluable'
      when reasoned.lhs = reasoned.rhs then 'holds'
      when abs(reasoned.lhs - reasoned.rhs) <= reasoned.allowance then 'rounding'
      else 'broken'
    end as outcome,
    reasoned.reason,
    document.format,
    recurrence.all_recur,
    recurrence.readings_agree,
    recurrence.readings_differ
  from reasoned
  left join texts on reasoned.check_id = texts.check_id
  left join recurrence on reasoned.check_id = recurrence.check_id
  left join {{ ref('document') }} as document on reasoned.document_id = document.document_id
),

seen as (
  select
    part.rule_id,
    part.filing_id,
    bool_or(part.amount_yuan <> 0) as any_money,
    bool_or(part.need = 'absent') as excluded,
    count(distinct part.slot) filter (part.need = 'condition') as conditions
  from parts as part
  group by part.rule_id, part.filing_id
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
  anti join evaluated on candidates.rule_id = evaluated.rule_id and candidates.filing_id = evaluated.filing_id
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
