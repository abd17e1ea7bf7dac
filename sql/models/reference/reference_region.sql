-- The keys are computed first: a join condition on one side only would make DuckDB compare every row with every row.
with keyed as (
    select
        *,
        case when level = 'county' then parent_code end as city_code,
        case when level != 'province' then left(region_code, 2) || '0000' end as province_code
    from {{ build_input('reference_region') }}
),

cities as (
    select * from keyed where level = 'city'
)

select
    keyed.region_code,
    keyed.title_zh,
    concat(provinces.title_zh, cities.title_zh, keyed.title_zh) as full_title_zh,
    keyed.level,
    keyed.parent_code
from keyed
left join cities on keyed.city_code = cities.region_code
left join keyed as provinces on keyed.province_code = provinces.region_code
