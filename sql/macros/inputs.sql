{# A Parquet file that the build wrote for these models: a lake table, the manifest, or a catalogue. #}
{% macro build_input(name) -%}
  read_parquet('{{ env_var("DUIZHANG_BUILD_INPUTS") | replace("'", "''") }}/{{ name }}.parquet')
{%- endmacro %}
