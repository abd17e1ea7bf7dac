{# Whole numbers as a reader lists them: in order, runs of neighbours as first–last. #}
{% macro number_runs(numbers, separator) -%}
  array_to_string(list_transform(
    list_zip(
      list_filter({{ numbers }}, lambda each: not list_contains({{ numbers }}, each - 1)),
      list_filter({{ numbers }}, lambda each: not list_contains({{ numbers }}, each + 1))
    ),
    lambda run: if(run[1] = run[2], cast(run[1] as varchar), concat(run[1], '–', run[2]))
  ), '{{ separator }}')
{%- endmacro %}

{# The numbers behind a letter in a text of places such as `p3 l7 l8`, each once, in order. #}
{% macro numbers_behind(places, letter) -%}
  list_sort(list_distinct(list_transform(
    regexp_extract_all({{ places }}, '(?:^|[ ;]){{ letter }}([0-9]+)', 1), lambda each: cast(each as integer)
  )))
{%- endmacro %}

{# Pages, rows, lines and paragraphs of places such as `p3 r5`, `l7 l8` or `¶2`, in words of one language. Rows beside pages
   are those of the table, which may have begun on an earlier page. #}
{% macro places_in_words(places, language) -%}
  {%- set words = {
    'zh': {'p': ['第', '页', '、'], 'r': ['第', '行', '、'], 'l': ['第', '行', '、'], '¶': ['第', '段', '、']},
    'en': {'p': ['page', ' ', ', '], 'r': ['row', ' ', ', '], 'l': ['line', ' ', ', '], '¶': ['paragraph', ' ', ', ']},
  }[language] -%}
  concat_ws('{{ {'zh': '', 'en': ', '}[language] }}'
    {%- for letter, word in words.items() %}
    {%- set numbers = numbers_behind(places, letter) %}
    {%- set of_table = "if(starts_with(" ~ places ~ ", 'p'), '" ~ {'zh': '表内', 'en': 'table '}[language] ~ "', '')" %}
    {%- set before = of_table if letter == 'r' else "''" %},
    {% if language == 'zh' -%}
    {{ before }} || '{{ word[0] }}' || nullif({{ number_runs(numbers, word[2]) }}, '') || '{{ word[1] }}'
    {%- else -%}
    concat({{ before }}, '{{ word[0] }}', if(len({{ numbers }}) > 1, 's', ''), ' ') || nullif({{ number_runs(numbers, word[2]) }}, '')
    {%- endif %}
    {%- endfor %})
{%- endmacro %}

{# Where a cell stands, as `places_of_facts` takes it: its form's title, page, and row and column of the table, which may
   have begun on an earlier page. The rows of a text are its lines. #}
{% macro cell_place(cells, document) -%}
  concat(
    {{ cells }}.form_title, ' ', 'p' || {{ cells }}.page_no || ' ', if({{ document }}.format = 'text', 'l', 'r'),
    {{ cells }}.row_no, 'c', {{ cells }}.column_no
  )
{%- endmacro %}

{# Of each check in `facts`, where its figures and sentences stand, in both languages: each sentence once with its pages or
   lines, the cells of a form together. `place` is a form's title or a quoted sentence with `p3`, `l7`, `r4c2` or `l4c2`. #}
{% macro places_of_facts(facts) -%}
select
  check_id,
  string_agg(if(
    is_sentence,
    concat('“', words, '”', '（' || nullif(spots_zh, '') || '）'),
    concat('《' || nullif(words, '') || '》', spots_zh)
  ), '；' order by place_order) as places_zh,
  string_agg(if(
    is_sentence,
    concat('“', words, '”', ' (' || nullif(spots_en, '') || ')'),
    concat_ws(', ', '《' || nullif(words, '') || '》', spots_en)
  ), '; ' order by place_order) as places_en
from (
  select
    check_id,
    min(place_order) as place_order,
    is_sentence,
    words,
    string_agg(spot_zh, '、' order by place_order) as spots_zh,
    string_agg(spot_en, ', ' order by place_order) as spots_en
  from (
    select
      check_id,
      min(place_order) as place_order,
      left(spot.words, 1) = '“' as is_sentence,
      if(is_sentence, {{ inside_quotes("substr(spot.words, 2, length(spot.words) - 2)") }}, spot.words) as words,
      concat(
        '第' || nullif(spot.page, '') || '页', '第' || nullif(spot.line, '') || '行',
        string_agg(
          if(spot.page <> '' and spot.rows = 'r', '表内', '') || '第' || nullif(spot.row_no, '') || '行第' || spot.column_no || '列',
          '、' order by place_order
        )
      ) as spot_zh,
      concat_ws(
        ', ', 'page ' || nullif(spot.page, ''), 'line ' || nullif(spot.line, ''),
        string_agg(
          case when spot.rows = 'l' then 'line ' when spot.page = '' then 'row ' else 'table row ' end
            || nullif(spot.row_no, '') || ' column ' || spot.column_no,
          ', ' order by place_order
        )
      ) as spot_en
    from (
      select
        check_id,
        regexp_extract(
          place, '^(.*?) ?(?:p([0-9]+))? ?(?:l([0-9]+))? ?(?:([rl])([0-9]+)c([0-9]+))?$',
          ['words', 'page', 'line', 'rows', 'row_no', 'column_no']
        ) as spot,
        min(place_order) as place_order
      from {{ facts }}
      group by check_id, spot
    ) as places
    group by check_id, spot.words, spot.page, spot.line
  ) as spots
  group by check_id, is_sentence, words
) as named
group by check_id
{%- endmacro %}
