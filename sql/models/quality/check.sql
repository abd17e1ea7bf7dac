-- One row for each rule and place evaluated, and one for each rule and filing that could not be: of all families.
select * from {{ ref('form_check') }}
union all by name
select * from {{ ref('assertion_check') }}
union all by name
select * from {{ ref('place_check') }}
