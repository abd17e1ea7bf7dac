-- Initial budget, adjusted budget and outturn side by side, each with the statement it rests on, and the completion
-- rate that the words tell.
with stages as (
    select
        department_id,
        department,
        region_code,
        scope,
        level,
        code,
        subject,
        subject_zh,
        measure,
        fund,
        fiscal_year,
        {%- for stage in ['initial', 'adjusted', 'final'] %}
        {%- set condition = "stage = '" ~ (stage if stage == 'final' else stage ~ '_budget') ~ "'" %}
        {{ only('amount_yuan', condition) }} as {{ stage }}_yuan,
        {{ only('basis', condition) }} as {{ stage }}_basis,
        {{ only('source_id', condition) }} as {{ stage }}_source_id{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('figure') }}
    where amount_yuan is not null and stage in ('initial_budget', 'adjusted_budget', 'final')
    group by all
),

told as (
    select
        filings.department_id,
        coalesce(filings.scope, 'unknown') as scope,
        claims.subject,
        claims.measure,
        claims.fund,
        claims.fiscal_year,
        claims.comparison_stage,
        claims.value,
        claims.claim_id
    from {{ ref('claim') }} as claims
    inner join {{ ref('filing') }} as filings using (filing_id)
    where claims.figure = 'completion_rate' and claims.unit in ('%', '％') and claims.project_id is null
    qualify row_number() over (
        partition by
            filings.department_id, filings.scope, claims.subject, claims.measure, claims.fund, claims.fiscal_year
        order by claims.comparison_stage is null, claims.claim_id
    ) = 1
)

select
    stages.*,
    cast(stages.final_yuan - stages.initial_yuan as decimal(20, 2)) as deviation_from_initial_yuan,
    {{ amount_ratio('stages.final_yuan', 'stages.initial_yuan') }} as completion_of_initial,
    cast(stages.final_yuan - stages.adjusted_yuan as decimal(20, 2)) as deviation_from_adjusted_yuan,
    {{ amount_ratio('stages.final_yuan', 'stages.adjusted_yuan') }} as completion_of_adjusted,
    cast(told.value * 0.01 as decimal(28, 10)) as told_completion,
    told.comparison_stage as told_completion_of,
    told.claim_id as told_claim_id
from stages
left join told
    on
        {{ same('stages', 'told', ['department_id', 'scope', 'subject', 'measure', 'fund', 'fiscal_year']) }}
where stages.final_yuan is not null and (stages.initial_yuan is not null or stages.adjusted_yuan is not null)
