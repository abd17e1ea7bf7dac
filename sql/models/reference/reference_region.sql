select
    regions.region_code,
    regions.title_zh,
    concat(provinces.title_zh, cities.title_zh, regions.title_zh) as full_title_zh,
    regions.level,
    regions.parent_code
from {{ build_input('reference_region') }} as regions
left join {{ build_input('reference_region') }} as cities
    on regions.level = 'county' and cities.level = 'city' and cities.region_code = regions.parent_code
left join {{ build_input('reference_region') }} as provinces
    on regions.level != 'province' and provinces.region_code = left(regions.region_code, 2) || '0000'
