{# A Parquet file that the build wrote for these models: a lake table, the manifest, or a catalogue. #}
{% macro build_input(name) -%}
  read_parquet('{{ env_var("DUIZHANG_BUILD_INPUTS") | replace("'", "''") }}/{{ name }}.parquet')
{%- endmacro %}

{# The patterns of all rules, to be written into a statement: a rule, a number, `over`, cues, pattern and `unless` each. #}
{% macro rule_patterns() -%}
  {%- if execute -%}
    {%- set listed -%}
      select to_json(list(patterns order by rule_id, pattern_no)) from {{ build_input('rule_pattern') }} as patterns
    {%- endset -%}
    {{ return(fromjson(run_query(listed).columns[0][0])) }}
  {%- endif -%}
  {{ return([]) }}
{%- endmacro %}
