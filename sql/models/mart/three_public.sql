-- The three public expenses with what the words count: groups, vehicles, receptions.
{% set measures = [
    'three_public', 'overseas_travel', 'official_vehicles', 'vehicle_purchase', 'vehicle_running', 'official_reception'
] %}
{% set receptions = ['reception_batches', 'reception_person_times'] %}
{% set counts = ['overseas_groups', 'overseas_person_times', 'vehicles_purchased', 'vehicles_held'] %}
with amounts as (
    {{ headlines_side_by_side(measures) }}
),

-- a count is told once for the paper, under whichever fund the sentence names; domestic and foreign receptions add up
told as (
    select department_id, scope, stage, fiscal_year, subject, measure, value, source_id
    from {{ ref('figure') }}
    where amount_yuan is null
    qualify row_number() over (
        partition by department_id, scope, stage, fiscal_year, subject, measure order by basis, fund
    ) = 1
),

counts as (
    select
        department_id,
        scope,
        stage,
        fiscal_year,
        {%- for count in counts %}
        {{ only('value', "measure = '" ~ count ~ "'") }} as {{ count }},
        {%- endfor %}
        {%- for count in receptions %}
        coalesce(
            {{ only('value', "measure = '" ~ count ~ "'") }},
            sum(value) filter (where measure in ('domestic_{{ count }}', 'foreign_{{ count }}'))
        ) as {{ count }},
        {%- endfor %}
        list(source_id order by source_id) filter (
            where
                measure in ('{{ (counts + receptions) | join("', '") }}')
                or measure in ('domestic_{{ receptions | join("', 'domestic_") }}')
                or measure in ('foreign_{{ receptions | join("', 'foreign_") }}')
        ) as count_source_ids
    from told
    group by all
)

select
    amounts.*,
    {%- for count in counts + receptions %}
    cast(counts.{{ count }} as decimal(28, 10)) as {{ count }},
    {%- endfor %}
    counts.count_source_ids
from amounts
left join counts
    on
        {{ same('amounts', 'counts', ['department_id', 'scope', 'stage', 'fiscal_year']) }}
