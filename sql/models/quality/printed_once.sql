-- Quantities for which a filing prints one amount only, however often: subject, measure, fund, own stage and year.
{{ config(materialized='ephemeral') }}
select
  filing_id, subject, measure, fund, {{ own_stage('stage') }} as stage, fiscal_year,
  any_value(document_id) as document_id,
  arg_min(label, amount_id) as label,
  min(amount_id) as amount_id,
  cast(min(amount_yuan) as decimal(28, 10)) as amount,
  cast(max(quantum_yuan * parts) * 0.5 as decimal(28, 10)) as half,
  max(parts) > 1 as is_sum
from {{ ref('cell') }}
group by all
having min(amount_yuan) = max(amount_yuan)
