-- Every cell of every check within and between forms. Families hand in the same columns, whatever relation they evaluate.
select * from {{ ref('linear_part') }}
union all by name
select * from {{ ref('hierarchy_part') }}
