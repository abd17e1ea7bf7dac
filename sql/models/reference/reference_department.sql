-- One department per name (see macro department_key), or several names that people confirmed to be one. Its region is the
-- one its name begins with; where several have that name (there are two 普陀区), the one of them that lies in a region
-- named by a folder of its files; without any in the name, the folder's own. Else it stays open.
with documents as (
    select department_id, department, fiscal_year, document_id
    from {{ ref('stg_document_department') }}
    where department_id is not null
),

departments as (
    select
        department_id,
        any_value({{ department_key('department') }}) as department_key,
        cast(min(fiscal_year) as integer) as first_year,
        cast(max(fiscal_year) as integer) as last_year
    from documents
    group by department_id
),

spellings as (
    select department_id, department
    from documents
    group by department_id, department
    qualify row_number() over (partition by department_id order by count(*) desc, department) = 1
),

region_names as (
    select region_code, {{ department_key('title_zh') }} as region_name from {{ ref('reference_region') }}
    union
    select region_code, {{ department_key('full_title_zh') }} from {{ ref('reference_region') }}
    union
    select counties.region_code, {{ department_key('cities.title_zh || counties.title_zh') }}
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

by_name as (
    select prefixes.department_id, region_names.region_code
    from prefixes
    inner join region_names on prefixes.prefix = region_names.region_name
    qualify length(prefixes.prefix) = max(length(prefixes.prefix)) over (partition by prefixes.department_id)
),

folders as (
    select distinct
        documents.department_id, unnest(string_split(files.source_path, '/')[:-2]) as folder
    from documents
    inner join {{ ref('stg_source_file') }} as files on documents.document_id = files.document_id
),

by_folder as (
    select folders.department_id, region_names.region_code, rtrim(region_names.region_code, '0') as within
    from folders
    inner join region_names on {{ department_key('folders.folder') }} = region_names.region_name
),

{# a code ends in zeros from its level on; a county's own last zero is no level, which only widens the comparison #}
agreed as (
    select distinct by_name.department_id, by_name.region_code
    from by_name
    inner join by_folder
        on by_name.department_id = by_folder.department_id and starts_with(by_name.region_code, by_folder.within)
),

candidates as (
    select department_id, region_code, 1 as preference, 'name' as basis from by_name
    union all
    select department_id, region_code, 2, 'name and folder' from agreed
    union all
    select by_folder.department_id, by_folder.region_code, 3, 'folder'
    from by_folder
    where by_folder.department_id not in (select department_id from by_name)
),

located as (
    select department_id, min(region_code) as region_code, any_value(basis) as region_basis
    from candidates
    group by department_id, preference
    having count(distinct region_code) = 1
    qualify row_number() over (partition by department_id order by preference) = 1
),

declared as (
    select
        {{ department_id('department') }} as department_id,
        max(region_code) as region_code,
        arg_max(superior, coalesce(last_year, 9999)) as superior
    from {{ build_input('reference_department_declared') }}
    group by {{ department_id('department') }}
),

named as (
    select
        departments.*,
        spellings.department,
        coalesce(declared.region_code, located.region_code) as region_code,
        case when declared.region_code is not null then 'declared' else located.region_basis end as region_basis,
        coalesce(
            declared.superior, nullif(regexp_replace(departments.department_key, '本级$', ''), departments.department_key)
        ) as superior
    from departments
    inner join spellings using (department_id)
    left join located using (department_id)
    left join declared using (department_id)
)

select
    department_id,
    department,
    region_code,
    first_year,
    last_year,
    region_basis,
    superior as superior_department,
    {{ department_id('superior') }} as superior_id
from named
