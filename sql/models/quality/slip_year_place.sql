-- Family slip: years that cannot be the paper's. Only budgets and final accounts, whose year is one; what is quoted in
-- 《…》 is another paper's year.
{{ config(materialized='ephemeral') }}
with sentences as (
  select * from {{ ref('slip_sentence') }}
  where paper_kind in ('final_accounts', 'budget') and fiscal_year is not null and contains(own_words, '20')
    and kind = 'paragraph'
),

-- “与2022年度相比”: the year before; the paper's own year only where its budget is meant
compared as (
  select
    *, 'comparison_year' as relation,
    regexp_extract(own_words, '[与比较](20\d\d)年', 1) as year_told,
    regexp_extract(own_words, '[与比较]20\d\d年度?.{0,8}') as hit
  from sentences
  where regexp_matches(own_words, '[与比较]20\d\d年') and regexp_matches(own_words, '[0-9]万?元|[%％]|持平')
    and regexp_matches(own_words, '收入|支出|经费|收、支|收支|预算|决算|采购')
),

{% set before, after = '(^|[^与比较同0-9])(20\\d\\d)年度?(部门|单位)(汇总)?', '(情况)?(说明|编制说明|编制范围|公开|报表|表)' -%}
{% set budget, accounts = quoted(before ~ '预算' ~ after), quoted(before ~ '决算' ~ after) -%}
headings as (
  select
    *, 'heading_year' as relation,
    if(paper_kind = 'budget', regexp_extract(own_words, {{ budget }}, 2), regexp_extract(own_words, {{ accounts }}, 2)) as year_told,
    if(paper_kind = 'budget', regexp_extract(own_words, {{ budget }}), regexp_extract(own_words, {{ accounts }})) as hit
  from sentences
  where regexp_matches(own_words, '部门|单位') and regexp_matches(own_words, '说明|范围|公开|表')
    and if(paper_kind = 'budget', regexp_matches(own_words, {{ budget }}), regexp_matches(own_words, {{ accounts }}))
),

-- a paragraph that begins with a year and tells income or spending of it
beginning as (
  select
    *, 'current_year' as relation,
    regexp_extract(own_words, '^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?(20\d\d)年', 1) as year_told,
    substr(own_words, 1, 30) as hit
  from sentences
  where starts_with(paragraph, substr(sentence, 1, 12))
    and regexp_matches(own_words,
      '^([（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?20\d\d年度?[^，。；：:]{0,12}(收、支|收支|收入|支出|“三公”经费|机关运行经费|政府采购)')
    and regexp_matches(own_words, '[0-9]万?元')
),

said as (
  select
    *,
    case
      when cast(year_told as integer) = fiscal_year - 1 then 'holds'
      when cast(year_told as integer) = fiscal_year and regexp_matches(hit, '预算|年初|全年|调整|计划') then 'holds'
      else 'broken'
    end as verdict,
    concat(fiscal_year - 1, ' 年') as expected
  from compared
  union all
  select *, case when cast(year_told as integer) = fiscal_year then 'holds' else 'broken' end, concat(fiscal_year, ' 年')
  from headings
  union all
  select
    *,
    case
      when cast(year_told as integer) = fiscal_year then 'holds'
      when regexp_matches(paragraph, concat('[与比较]', year_told, '年度?(决算)?(相比|，|增加|减少|增长|下降)')) then 'broken'
      when contains(paragraph, cast(fiscal_year as varchar)) then 'holds'
      when paper_kind = 'budget' and regexp_matches(hit, '决算|执行') then 'holds'
      when paper_kind = 'final_accounts' and cast(year_told as integer) > fiscal_year then 'holds'
      else 'broken'
    end,
    concat(fiscal_year, ' 年')
  from beginning
),

placed as (
  select
    relation, filing_id, document_id, md5(sentence) as key_row, 'text' as key_form,
    split_part(coalesce(section, ''), ' / ', -1) as place, sentence, hit, expected, verdict, id, page_no, line_no,
    'paragraph' as kind
  from said
  union all
  select
    'form_year', forms.filing_id, forms.document_id, '', forms.form_code, concat('《', forms.form_title, '》'), '',
    forms.form_title, concat(filings.fiscal_year, ' 年'),
    case when cast(regexp_extract(forms.form_title, '20\d\d') as integer) = filings.fiscal_year then 'holds' else 'broken' end,
    forms.form_id, forms.page_no, null, 'form'
  from {{ ref('form') }} as forms
  inner join {{ ref('filing') }} as filings on forms.filing_id = filings.filing_id
  where forms.present and filings.kind in ('final_accounts', 'budget') and filings.fiscal_year is not null
    and regexp_matches(forms.form_title, '20\d\d年')
)

select
  rule.rule_id,
  placed.filing_id,
  placed.document_id,
  placed.key_row,
  placed.key_form,
  '' as key_column,
  concat_ws('·', nullif(placed.place, ''), nullif(substr(placed.sentence, 1, 40), '')) as scope,
  placed.hit as lhs_text,
  placed.expected as rhs_text,
  placed.verdict as outcome,
  placed.kind,
  placed.id,
  placed.hit as printed,
  placed.page_no,
  placed.line_no,
  case when placed.kind = 'paragraph' then concat('sentence|', placed.key_row) end as root_key,
  case when placed.relation = 'current_year' then 1 else 2 end as root_rank
from placed
inner join {{ ref('rule') }} as rule on placed.relation = rule.relation and rule.status = 'active'
