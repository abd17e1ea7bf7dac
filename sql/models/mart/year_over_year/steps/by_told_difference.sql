-- 较上年增加X万元: the year before is this year less the difference.
select
    {{ told_against_earlier(
        'told_difference',
        'cast(to_yuan - value_yuan as decimal(20, 2))',
        half_quantum('quantum_yuan') ~ ' + ' ~ half_quantum('to_quantum_yuan')
    ) }}
from {{ ref('told_change') }}
where figure = 'change' and value_yuan is not null
