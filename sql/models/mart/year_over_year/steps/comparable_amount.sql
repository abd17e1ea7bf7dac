-- The amounts of current papers that can be compared over years, with whose they are.
select
    amounts.amount_id,
    amounts.form_id,
    amounts.form_code,
    amounts.row_no,
    amounts.document_id,
    filings.department_id,
    filings.scope,
    filings.kind,
    filings.fiscal_year as paper_year,
    {{ comparison_level('amounts.subject', 'amounts.measure') }} as level,
    amounts.subject,
    amounts.measure,
    amounts.fund,
    amounts.stage,
    amounts.fiscal_year,
    amounts.amount_yuan,
    amounts.quantum_yuan
from {{ ref('amount') }} as amounts
inner join {{ ref('filing') }} as filings using (filing_id)
where
    amounts.amount_yuan is not null
    and amounts.fund is not null
    and amounts.stage is not null
    and amounts.fiscal_year is not null
    and {{ comparison_level('amounts.subject', 'amounts.measure') }} is not null
