-- Government procurement by kind, and what small and medium enterprises received of it.
{% set measures = [
    'procurement', 'procurement_goods', 'procurement_works', 'procurement_services', 'procurement_small_medium',
    'procurement_small_micro', 'procurement_reserved_small_medium', 'procurement_reserved_small_micro'
] %}
with amounts as (
    {{ headlines_side_by_side(measures) }}
)

select
    *,
    {{ amount_ratio('procurement_small_medium_yuan', 'procurement_yuan') }} as small_medium_share,
    {{ amount_ratio('procurement_small_micro_yuan', 'procurement_small_medium_yuan') }} as small_micro_share
from amounts
