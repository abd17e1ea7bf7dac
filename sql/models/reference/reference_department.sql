-- One department per name (see macro department_key). Its region is the one its name begins with, if that is one only:
-- 普陀区 alone could be two, and stays without a region.
with names as (
    select
        {{ department_id('department') }} as department_id,
        {{ department_key('department') }} as department_key,
        department,
        fiscal_year
    from {{ ref('stg_document') }}
    where {{ department_id('department') }} is not null
),

departments as (
    select
        department_id,
        any_value(department_key) as department_key,
        cast(min(fiscal_year) as integer) as first_year,
        cast(max(fiscal_year) as integer) as last_year
    from names
    group by department_id
),

spellings as (
    select department_id, department
    from names
    group by department_id, department
    qualify row_number() over (partition by department_id order by count(*) desc, department) = 1
),

region_names as (
    select region_code, title_zh as region_name from {{ ref('reference_region') }}
    union
    select region_code, full_title_zh from {{ ref('reference_region') }}
    union
    select counties.region_code, cities.title_zh || counties.title_zh
    from {{ ref('reference_region') }} as counties
    inner join {{ ref('reference_region') }} as cities
        on counties.parent_code = cities.region_code and counties.level = 'county'
),

prefixes as (
    select department_id, left(department_key, lengths.characters) as prefix
    from departments
    cross join (select unnest(range(2, 30)) as characters) as lengths
    where length(department_key) > lengths.characters
),

located as (
    select prefixes.department_id, min(region_names.region_code) as region_code
    from prefixes
    inner join region_names on prefixes.prefix = {{ department_key('region_names.region_name') }}
    group by prefixes.department_id, prefixes.prefix
    qualify row_number() over (partition by prefixes.department_id order by length(prefixes.prefix) desc) = 1
        and count(distinct region_names.region_code) = 1
)

select
    departments.department_id,
    spellings.department,
    located.region_code,
    departments.first_year,
    departments.last_year
from departments
inner join spellings using (department_id)
left join located using (department_id)
