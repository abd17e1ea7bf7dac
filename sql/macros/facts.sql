{# The facts of one staged table whose documents are superseded, in the columns declared for the core table. #}
{% macro superseded_facts(table) -%}
select {% if execute %}{{ graph.nodes['model.duizhang.' ~ table].columns.keys() | join(', ') }}{% else %}*{% endif %}
from {{ ref('stg_' ~ table) }}
inner join (select document_id, filing_id, superseded_by from {{ ref('document') }}) using (document_id)
where superseded_by is not null
{%- endmacro %}

{# Comments for the columns of a history table: those declared for the core table of the same name. #}
{% macro comments_of(table) -%}
{%- if execute -%}
{%- for column in graph.nodes['model.duizhang.' ~ table].columns.values() -%}
comment on column {{ this }}.{{ column.name }} is {{ duckdb_escape_comment(column.description) }};
{% endfor -%}
{%- endif -%}
{%- endmacro %}
