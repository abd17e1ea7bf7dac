{# The figures of sheets as rules see them, from the model's CTE `figures` and the sheets they stand on (CTE `sheets`). #}
{% macro as_figures_of_sheets(figures) -%}
select
  sheets.filing_id,
  sheets.document_id,
  figures.sheet_id,
  sheets.name as subject,
  concat_ws('#', sheets.form_code, nullif(sheets.name_no, 1)) as form_key,
  sheets.form_title,
  figures.place,
  figures.place_name,
  figures.quantity,
  cast(figures.value as decimal(28, 10)) as value,
  cast(figures.half as decimal(28, 10)) as half,
  coalesce(nullif(figures.printed, ''), {{ plain_number('cast(figures.value as decimal(28, 10))') }}) as printed,
  figures.kind,
  figures.id,
  figures.field,
  figures.page_no,
  figures.line_no
from {{ figures }} as figures
inner join sheets on figures.sheet_id = sheets.sheet_id
where figures.value is not null
{%- endmacro %}

{# Money of projects that meets a condition, one row for each `keys`: two different amounts are no amount. #}
{% macro undisputed_money(keys, condition) -%}
  select
    {{ keys }},
    any_value(amount_yuan) as amount,
    max(coalesce(quantum_yuan, 0)) as quantum,
    any_value(printed) as printed,
    any_value(unit) as unit,
    any_value(project_amount_id) as id,
    min(page_no) as page_no,
    min(line_no) as line_no
  from {{ ref('project_amount') }}
  where {{ condition }} and amount_yuan is not null
  group by {{ keys }}
  having min(amount_yuan) = max(amount_yuan)
{%- endmacro %}
