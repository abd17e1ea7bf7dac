-- The places of performance papers, completeness and slips as checks.
{{ config(materialized='ephemeral') }}
select
  check_id, rule_id, filing_id, cast(null as varchar) as other_filing_id, document_id, scope, unit, lhs, rhs, lhs_text,
  rhs_text, difference, allowance, outcome, cause, reason, cast(null as varchar) as hint
from {{ ref('place') }}
