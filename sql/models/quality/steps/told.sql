-- The figures told in words as rules see them: stages seen from their own year, money in yuan and rates in percent, each
-- with its last printed place, and whether the words themselves name the fund.
with printed as (
  select
    claims.*,
    paragraphs.section,
    substr(paragraphs.text, claims.char_start + 1, claims.char_end - claims.char_start) as printed
  from {{ ref('claim') }} as claims
  left join {{ ref('paragraph') }} as paragraphs on claims.paragraph_id = paragraphs.paragraph_id
  where claims.filing_id is not null
),

placed as (
  select
    *,
    case
      when figure in ('amount', 'change') then cast(value_yuan as decimal(28, 10))
      else value
    end as amount,
    case
      when figure in ('amount', 'change') then cast(quantum_yuan as decimal(18, 8))
      else cast({{ last_place('printed') }} as decimal(18, 8))
    end as last_place
  from printed
),

-- apart from the other columns, which sorting would have to carry along
in_order as (
  select
    claim_id,
    cast(row_number() over (
      partition by filing_id
      order by document_id, page_no, line_no, try_cast(regexp_extract(paragraph_id, '[0-9]+$') as integer), char_start, claim_id
    ) as integer) as place
  from {{ ref('claim') }}
  where filing_id is not null
)

select
  claim_id,
  filing_id,
  document_id,
  paragraph_id,
  in_order.place,
  subject,
  measure,
  figure,
  coalesce({{ own_stage('stage') }}, '') as stage,
  fund,
  coalesce({{ names_fund('fund', "concat(section, sentence)") }}, false) as fund_told,
  fiscal_year,
  coalesce({{ own_stage('comparison_stage') }}, '') as comparison_stage,
  comparison_year,
  amount,
  case when figure in ('amount', 'change') then 'yuan' when unit = '%' then 'percent' else 'count' end as unit,
  last_place,
  direction,
  sentence,
  printed,
  coalesce(nullif(subject_text, ''), subject) as label,
  char_start,
  page_no,
  line_no
from placed
inner join in_order using (claim_id)
