{# A table is called as its folder says: core/amount.sql -> core.amount, without dbt's default schema in front. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {{ custom_schema_name if custom_schema_name is not none else target.schema }}
{%- endmacro %}

{# dbt wants model names to be unique over all schemas, so a model may carry its schema as a prefix:
   history/history_amount.sql -> history.amount, reference/reference_form.sql -> reference.form. #}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
  {%- set schema = node.config.schema -%}
  {%- if custom_alias_name -%}
    {{ custom_alias_name | trim }}
  {%- elif schema and node.name.startswith(schema ~ '_') -%}
    {{ node.name[(schema | length) + 1:] }}
  {%- else -%}
    {{ node.name }}
  {%- endif -%}
{%- endmacro %}
