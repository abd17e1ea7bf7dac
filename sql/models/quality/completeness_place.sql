-- Family completeness: every form that is listed or printed, and what each rule says of it. Forms whose files were not
-- wholly read are not judged: what is missing may be on a page that could not be read.
{{ config(materialized='ephemeral') }}
with papers as (
  select
    filing_id,
    bool_or(status <> 'loaded') as partly_read
  from {{ ref('document') }}
  where filing_id is not null
  group by filing_id
),

forms as (
  select
    filing_id,
    form_code,
    arg_max(form_id, (present, form_id)) as form_id,
    arg_max(document_id, (present, form_id)) as document_id,
    arg_max(form_title, (present, form_id)) as form_title,
    max(page_no) filter (present) as page_no,
    bool_or(listed) as listed,
    bool_or(present) as present,
    bool_and(is_empty) filter (present) as is_empty,
    string_agg(nullif(empty_note, ''), ' ') as note
  from {{ ref('form') }}
  where filing_id is not null and form_code is not null
  group by filing_id, form_code
),

-- sentences that say a paper has nothing of some kind
denials as (
  select documents.filing_id, regexp_replace({{ without_blanks('paragraphs.text') }}, '[“”"]', '', 'g') as words
  from {{ ref('paragraph') }} as paragraphs
  inner join {{ ref('document') }} as documents on paragraphs.document_id = documents.document_id
  where regexp_matches(paragraphs.text, '无|没有|未安排|不涉及|空表') and documents.filing_id is not null
),

-- only a form that is missing or empty wants an explanation
wanting as (
  select filing_id, form_code, {{ form_topic('form_title') }} as topic
  from forms
  where not present or is_empty
),

explained as (
  select distinct wanting.filing_id, wanting.form_code
  from wanting
  inner join denials on wanting.filing_id = denials.filing_id and contains(denials.words, wanting.topic)
  where length(wanting.topic) >= 3
),

figures as (
  select filing_id, form_code, count(*) filter (amount_yuan <> 0) as figures
  from {{ ref('amount') }}
  group by filing_id, form_code
),

-- money of an earmarked budget, printed on other forms or told in words, in the paper's own year and stage
money as (
  select
    amounts.filing_id, amounts.fund, max(abs(amounts.amount_yuan)) as yuan,
    arg_max(concat('《', amounts.form_title, '》', amounts.row_label, ' ', amounts.printed), abs(amounts.amount_yuan)) as said
  from {{ ref('amount') }} as amounts
  inner join {{ ref('filing') }} as filings on amounts.filing_id = filings.filing_id
  where amounts.fund in ('government_managed_fund_budget', 'state_capital_operating_budget')
    and amounts.measure in ('income', 'expenditure') and amounts.fiscal_year = filings.fiscal_year
    and {{ is_stage_of('filings.kind', 'amounts.stage') }} and amounts.amount_yuan <> 0
    and amounts.form_code not in (select form_code from {{ ref('reference_form') }} as declared
      where declared.fund = amounts.fund)
  group by amounts.filing_id, amounts.fund
),

judged as (
  select
    forms.*,
    coalesce(figures.figures, 0) as figures,
    explained.form_code is not null as explained,
    papers.partly_read,
    bool_or(forms.present) over (partition by forms.filing_id) as any_present,
    {{ earmarked_budget('forms.form_title') }} as earmark,
    {{ earmarked_budget("coalesce(forms.note, '')") }} as note_earmark,
    money.said
  from forms
  inner join papers on forms.filing_id = papers.filing_id
  left join {{ ref('reference_form') }} as declared on forms.form_code = declared.form_code
  left join figures on forms.filing_id = figures.filing_id and forms.form_code = figures.form_code
  left join explained on forms.filing_id = explained.filing_id and forms.form_code = explained.form_code
  left join money on forms.filing_id = money.filing_id and declared.fund = money.fund
),

said as (
  select
    'listed_form' as relation, *,
    case
      when present or explained then 'holds'
      when not any_present then 'forms_elsewhere'
      when partly_read then 'partly_read'
      else 'broken'
    end as verdict,
    '目录列有此表，文中没有 | listed in the contents, not there' as found,
    '此表，或没有该项收支的说明 | the form, or words that there is nothing of the kind' as expected
  from judged where listed
  union all
  select
    'empty_form_note', *,
    case when note is not null or explained then 'holds' when partly_read then 'partly_read' else 'broken' end,
    '空表，没有说明 | an empty form without a note',
    '说明为何没有数据 | why there are no figures'
  from judged where present and is_empty
  union all
  select
    'full_form_called_empty', *,
    case
      when figures = 0 or note is null or not regexp_matches(note, '(本表|此表|故)[^。；]{0,8}(无数据|为空|空表|没有数据)|无数据|空表')
        then 'holds'
      else 'broken'
    end,
    concat(figures, ' 个非零数字，又称：', note, ' | figures other than zero, yet called empty'),
    '有数字的表不称空表 | no such note'
  from judged where present and figures > 0
  union all
  select
    'empty_form_told_full', *,
    case when said is null then 'holds' else 'broken' end,
    concat('空表；', said, ' | empty, though money is told'),
    '该资金为零，或表中有数 | no such money, or figures in the form'
  from judged where present and is_empty and earmark is not null
  union all
  select
    'note_of_other_form', *,
    case when note_earmark = earmark then 'holds' when note_earmark is null then 'not_told' else 'broken' end,
    concat('说明：', note),
    concat('关于', earmark, '预算的说明 | a note on this budget')
  from judged where present and is_empty and note is not null and earmark is not null
)

select
  rule.rule_id,
  said.filing_id,
  said.document_id,
  '' as key_row,
  said.form_code as key_form,
  '' as key_column,
  concat('《', said.form_title, '》') as scope,
  said.found as lhs_text,
  said.expected as rhs_text,
  case when said.verdict in ('holds', 'broken') then said.verdict else 'not_evaluable' end as outcome,
  case when said.verdict not in ('holds', 'broken') then said.verdict end as reason,
  'form' as kind,
  said.form_id as id,
  said.form_title as printed,
  said.page_no
from said
inner join {{ ref('rule') }} as rule on said.relation = rule.relation and rule.status = 'active'
where said.verdict <> 'not_told'
