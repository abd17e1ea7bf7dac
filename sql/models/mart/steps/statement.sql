-- Every figure stated in current papers, in tables and in words, with whose it is and how near it stands to its own
-- year and stage. Last year's columns and what a later paper tells are figures of their own year. Lists of single
-- purchases are left out: their names repeat, so a name is no quantity.
{{ config(materialized='ephemeral') }}
with stated as (
    select
        amount_id as source_id,
        'amount' as source_kind,
        filing_id,
        document_id,
        subject,
        measure,
        fund,
        stage,
        fiscal_year,
        value,
        unit,
        amount_yuan,
        quantum_yuan
    from {{ ref('amount') }}
    union all
    select
        claim_id,
        'claim',
        filing_id,
        document_id,
        subject,
        measure,
        fund,
        stage,
        fiscal_year,
        value,
        unit,
        value_yuan,
        quantum_yuan
    from {{ ref('claim') }}
    where figure in ('amount', 'count') and project_id is null
)

select
    stated.* exclude (stage),
    {{ own_stage('stated.stage') }} as stage,
    filings.department_id,
    coalesce(filings.scope, 'unknown') as scope,
    case
        when stated.source_kind = 'amount' and stated.fiscal_year != filings.fiscal_year then 'prior_column'
        when stated.source_kind = 'amount' and {{ is_stage_of('filings.kind', 'stated.stage') }} then 'own_form'
        when stated.source_kind = 'amount' then 'other_form'
        when stated.fiscal_year = filings.fiscal_year then 'told'
        else 'told_later'
    end as basis
from stated
inner join {{ ref('filing') }} as filings using (filing_id)
where
    stated.value is not null
    and not starts_with(stated.subject, 'procurement:')
    and stated.subject is not null
    and stated.measure is not null
    and stated.fund is not null
    and stated.stage is not null
    and stated.fiscal_year is not null
