-- The claims that compare (differences, rates of change, completions, 持平, 大于, 小于), each beside the figure it is told
-- of (now) and the one it compares with (base): told nearest before it in its paragraph, else told or printed elsewhere
-- in the filing, where all agree. Of a difference told beside a rate, the base of the rate is the figure less it.
with compared as (
  select * from {{ ref('told') }}
  where figure in ('change', 'growth_rate', 'completion_rate')
    and subject is not null and measure is not null and stage <> '' and fiscal_year is not null
    and comparison_stage <> '' and comparison_year is not null
    and not {{ of_some_projects('subject', 'label') }}
),

told_figures as (
  select
    filing_id, subject, measure, fund, stage, fiscal_year, amount, cast(last_place * 0.5 as decimal(28, 10)) as half,
    'claim' as kind, claim_id as id, paragraph_id, place, fund_told
  from {{ ref('told') }}
  where figure = 'amount' and unit = 'yuan' and amount is not null and last_place is not null
    and subject is not null and measure is not null and not {{ of_some_projects('subject', 'label') }}
),

known as (
  select * exclude (fund_told) from told_figures
  union all
  select
    filing_id, subject, measure, fund, {{ own_stage('stage') }}, fiscal_year, cast(amount_yuan as decimal(28, 10)),
    cast(quantum_yuan * parts * 0.5 as decimal(28, 10)), 'amount', amount_id, null, null
  from {{ ref('cell') }}
),

sought as (
  select
    claim_id, 'now' as role, filing_id, subject, measure, fund, stage, fiscal_year, paragraph_id, place
  from compared
  union all
  select
    claim_id, 'base', filing_id, subject, measure, fund, comparison_stage, comparison_year, paragraph_id, place
  from compared
),

candidates as (
  select
    sought.claim_id,
    sought.role,
    known.amount,
    known.half,
    known.kind,
    known.id,
    case
      when known.paragraph_id = sought.paragraph_id and known.place < sought.place then 0
      when known.paragraph_id = sought.paragraph_id then 1
      when known.kind = 'claim' then 2
      else 3
    end as distance,
    abs(known.place - sought.place) as apart
  from sought
  inner join known
    on sought.filing_id = known.filing_id and sought.subject = known.subject and sought.measure = known.measure
    and sought.fund = known.fund and sought.stage = known.stage and sought.fiscal_year = known.fiscal_year
  union all
  -- the three public expenses are appropriations: words that leave their fund open may tell of any, if nothing else does
  select
    sought.claim_id, sought.role, told.amount, told.half, told.kind, told.id, 4, abs(told.place - sought.place)
  from sought
  inner join told_figures as told
    on sought.filing_id = told.filing_id and sought.subject = told.subject and sought.measure = told.measure
    and sought.fund <> told.fund and sought.stage = told.stage and sought.fiscal_year = told.fiscal_year
  where not told.fund_told and told.measure in ({{ three_public_measures() }})
),

-- at each distance the figure least apart, and whether those at that distance differ
at_distance as (
  select
    claim_id,
    role,
    distance,
    arg_min({'amount': amount, 'half': half, 'kind': kind, 'id': id}, (coalesce(apart, 0), id)) as figure,
    min(amount) <> max(amount) as differs
  from candidates
  group by claim_id, role, distance
),

found as (
  select claim_id, role, unnest(arg_min(figure, distance))
  from at_distance
  group by claim_id, role
  having min(distance) = 0 or not arg_min(differs, distance)
),

-- the difference told beside a rate, of the same quantity
beside as (
  select rate.claim_id, change.amount, change.last_place, change.claim_id as id
  from compared as rate
  inner join compared as change
    on rate.paragraph_id = change.paragraph_id and rate.subject = change.subject and rate.measure = change.measure
    and rate.fund = change.fund and rate.stage = change.stage and rate.fiscal_year = change.fiscal_year
    and rate.comparison_stage = change.comparison_stage and rate.comparison_year = change.comparison_year
  where rate.figure = 'growth_rate' and change.figure = 'change' and change.amount is not null
    and change.last_place is not null
  qualify row_number() over (partition by rate.claim_id order by abs(change.place - rate.place), change.claim_id) = 1
)

select
  compared.claim_id,
  compared.filing_id,
  compared.document_id,
  compared.subject,
  compared.measure,
  compared.fund,
  compared.stage,
  compared.fiscal_year,
  compared.comparison_stage,
  compared.comparison_year,
  compared.figure,
  cast(compared.amount as decimal(28, 10)) as amount,
  cast(coalesce(compared.last_place, 0) as decimal(18, 8)) as last_place,
  compared.direction,
  compared.sentence,
  compared.label,
  cast(compared.place as integer) as place,
  this.amount as now_amount,
  this.half as now_half,
  this.kind as now_kind,
  this.id as now_id,
  base.amount as base_amount,
  base.half as base_half,
  base.kind as base_kind,
  base.id as base_id,
  cast(beside.amount as decimal(28, 10)) as change_amount,
  cast(beside.last_place * 0.5 as decimal(28, 10)) as change_half,
  beside.id as change_id
from compared
left join found as this on compared.claim_id = this.claim_id and this.role = 'now'
left join found as base on compared.claim_id = base.claim_id and base.role = 'base'
left join beside on compared.claim_id = beside.claim_id
