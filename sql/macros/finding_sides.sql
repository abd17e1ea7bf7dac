{# The items of a list, each once, in the order in which they first stand. #}
{% macro each_once(items) -%}
  list_filter({{ items }}, lambda item, nth: list_position({{ items }}, item) = nth)
{%- endmacro %}

{# What a side of a broken check says, in one language, as an auditor would write it: from `side` in `broken`, which also
   has its family, relation, scope and places. #}
{% macro said_side(broken, side, language) -%}
  case {{ broken }}.family
    when 'performance' then {{ performance_side(broken, side, language) }}
    when 'words_tables' then {{ words_side(broken, side, language) }}
    when 'words_words' then {{ words_side(broken, side, language) }}
    when 'slip' then {{ slip_side(broken, side, language) }}
    when 'completeness' then rtrim({{ side_text(broken ~ '.' ~ side ~ '_text', language) }}, '。；')
    else {{ side_text(broken ~ '.' ~ side ~ '_text', language) }}
  end
{%- endmacro %}

{# Figures told: the subject that the message began with is not said again, nor one amount that is told twice, nor of an
   item in a sum the class and section it belongs to. #}
{% macro words_side(broken, side, language) -%}
  {%- set text = broken ~ "." ~ side ~ "_text" -%}
  {%- set subject = "concat('(^|[+−÷＝] )', regexp_escape(" ~ broken ~ ".scope), ' ')" -%}
  {%- set bare = "regexp_replace(" ~ text ~ ", " ~ subject ~ ", '\\1', 'g')" -%}
  {%- set figures = "if(left(" ~ text ~ ", 2) = '＝ ', " ~ text ~ ", " ~ bare ~ ")" -%}
  {%- set once = "array_to_string(" ~ each_once("string_split(" ~ figures ~ ", ' ＝ ')") ~ ", ' ＝ ')" -%}
  {%- set ordered = "regexp_replace(" ~ once ~ ", '^− ([^+−÷＝]+) \\+ ([^+−÷＝]+)$', '\\2 − \\1')" -%}
  {%- set items = "regexp_replace(" ~ ordered
    ~ ", '[^ ]*[(]款[)]([^ ]*[(]项[)] )', '\\1', 'g')" -%}
  {%- set short = "if(contains(" ~ ordered ~ ", ' + '), " ~ items ~ ", " ~ ordered ~ ")" -%}
  {%- if side == 'lhs' -%}
  if({{ broken }}.relation = 'told_direction', '{{ {'zh': '增减方向', 'en': 'the direction'}[language] }}', {{ short }})
  {%- else -%}
  {%- set half = {'zh': ' 的一半', 'en': ' (half of it)'}[language] -%}
  concat({{ short }}, if({{ broken }}.relation = 'told_main_uses', '{{ half }}', ''))
  {%- endif %}
{%- endmacro %}

{# A figure or sentence of a performance paper as it is said: sentences in quotation marks, marks without `.0`. #}
{% macro performance_part(broken, part) -%}
  case
    when regexp_matches({{ part }}, '[。！？]$|^.{30,}，') then concat('“', {{ inside_quotes(part) }}, '”')
    when {{ broken }}.unit = 'score' then regexp_replace({{ part }}, '([0-9])[.]0+(＋| |$)', '\1\2', 'g')
    else {{ part }}
  end
{%- endmacro %}

{# Figures and sentences of performance papers, with what is done with the figures. #}
{% macro performance_side(broken, side, language) -%}
  {%- set separator = {'lhs': ' ＋ ', 'rhs': ' ； '}[side] -%}
  {%- set printed = "regexp_replace(" ~ broken ~ "." ~ side ~ "_text, '\\[bookmark:[^\\]]*\\]', '', 'g')" -%}
  {%- set parts = "list_transform(string_split(" ~ printed ~ ", '" ~ separator ~ "'), lambda each: "
    ~ performance_part(broken, "trim(each)") ~ ")" -%}
  {%- if side == 'lhs' -%}
  array_to_string({{ parts }}, ' ＋ ')
  {%- else -%}
  regexp_replace(
    replace(
      array_to_string(case
        when {{ broken }}.relation = 'among' then {{ each_once(parts) }}
        when len({{ parts }}) > 1 and ({{ broken }}.relation in ('ratio', 'product') or {{ broken }}.subtracts)
          then list_transform({{ parts }}, lambda part: if(contains(part, '＋'), concat('(', part, ')'), part))
        else {{ parts }}
      end, ' ； '),
      ' ； ',
      case {{ broken }}.relation
        when 'ratio' then ' ÷ '
        when 'product' then ' × '
        when 'among' then '{{ {'zh': ' 或 ', 'en': ' or '}[language] }}'
        else if({{ broken }}.subtracts, ' − ', ' ＋ ')
      end
    ),
    '^[≥≤＝=<>＜＞] *', ''
  )
  {%- endif %}
{%- endmacro %}

{# Slips of text: all that was found of a pattern, each in quotation marks, and what the rule expects. #}
{% macro slip_side(broken, side, language) -%}
  {%- if side == 'lhs' -%}
  {%- set found = "json_extract_string(" ~ broken ~ ".evidence, '$[*].printed')" -%}
  if(
    {{ broken }}.relation = 'pattern',
    array_to_string(list_transform({{ found }}, lambda each: {{ inside_quotes('each') }}), '”{{ {'zh': '、', 'en': ', '}[language] }}“'),
    {{ inside_quotes(broken ~ '.lhs_text') }}
  )
  {%- elif language == 'zh' -%}
  {{ side_text(broken ~ '.rhs_text', language) }}
  {%- else -%}
  if(
    {{ broken }}.relation = 'pattern',
    {{ broken }}.formula_en,
    regexp_replace({{ side_text(broken ~ '.rhs_text', language) }}, '^([0-9]{4}) ?年$', '\1')
  )
  {%- endif %}
{%- endmacro %}

{# A side with what it comes to, in one language. The value is left out where the only figure said is the value. #}
{% macro valued_side(said, value, value_text, broken, language) -%}
  {%- set valued = with_unit(value_text, broken ~ '.unit', language) -%}
  {%- set brackets = {'zh': ['（', '）'], 'en': [' (', ')']}[language] -%}
  {%- set with_value = "concat(" ~ said ~ ", '" ~ brackets[0] ~ "', " ~ valued ~ ", '" ~ brackets[1] ~ "')" -%}
  {%- set figure = "regexp_extract(" ~ said ~ ", '(-?[0-9][0-9,]*(?:[.][0-9]+)?)([^0-9]*)$', ['figure', 'unit'])" -%}
  {%- set number = "try_cast(replace(" ~ figure ~ ".figure, ',', '') as decimal(28, 10))" -%}
  case
    when {{ broken }}.unit = 'text' or {{ broken }}.relation = 'told_direction' then {{ said }}
    when coalesce({{ said }}, '') = '' then {{ valued }}
    when left({{ said }}, 2) = '＝ '
      then concat({{ valued }}, '{{ brackets[0] }}', substr({{ said }}, 3), '{{ brackets[1] }}')
    when {{ broken }}.unit = 'percent' and {{ broken }}.family = 'words_words'
      and regexp_matches({{ said }}, ' [+÷−] ') and not regexp_matches({{ said }}, '[%％]')
      then {{ rate_of_figures(said, valued, broken, language) }}
    when {{ broken }}.relation = 'among' and regexp_matches({{ said }}, ' (或|or) ') then {{ said }}
    when {{ number }} = {{ value }} and not regexp_matches({{ said }}, '[＋＝；”]| [+−÷×] ') then case
      when {{ figure }}.unit = '' then {{ with_unit(said, broken ~ '.unit', language) }}
      when {{ broken }}.unit = 'yuan' and {{ value }} <> 0 and trim({{ figure }}.unit) <> '元' then {{ with_value }}
      else {{ said }}
    end
    else {{ with_value }}
  end
{%- endmacro %}

{# A percentage with the figures it follows from. Of a rate of change they are only named: it is no quotient of them. #}
{% macro rate_of_figures(said, valued, broken, language) -%}
  {%- set words = {'zh': ['（由 ', '、', ' 算得）'], 'en': [' (from ', ' and ', ')']}[language] -%}
  concat(
    {{ valued }}, '{{ words[0] }}',
    if({{ broken }}.relation = 'told_rate', regexp_replace({{ said }}, ' [+÷−] ', '{{ words[1] }}', 'g'), {{ said }}),
    '{{ words[2] }}'
  )
{%- endmacro %}

{# Where a message begins: the scope without marks at its ends; of a slip without the words that it quotes anyway; of what
   a report tells of all projects, which report and which telling. #}
{% macro scope_in_words(broken) -%}
  {%- set scope = "ltrim(replace(" ~ broken ~ ".scope, '《》', ''), '·')" -%}
  {%- set ended = "regexp_replace(" ~ scope ~ ", '[。；：，、;:,.]+…?$', '')" -%}
  {%- set trimmed = "regexp_replace(" ~ ended ~ ", '·…[）)】”’，、。；：,;:]+', '·…')" -%}
  {%- set last = "split_part(" ~ trimmed ~ ", '·', -1)" -%}
  {%- set which_report = "regexp_replace(" ~ trimmed ~ ", '·报告([0-9]+)/', '·第\\1份报告·')" -%}
  case
    when {{ broken }}.family = 'slip' and contains({{ trimmed }}, '·') and (
      contains({{ broken }}.lhs_text, trim({{ last }}, '…()（）'))
      or {{ broken }}.relation = 'pattern' and length({{ broken }}.lhs_text) > 40
    )
      then left({{ trimmed }}, length({{ trimmed }}) - length({{ last }}) - 1)
    when {{ broken }}.family = 'performance' and regexp_matches({{ trimmed }}, '》(报告所述项目|全部项目)·')
      then regexp_replace({{ which_report }}, '/([0-9]+)$', '（第\1处）')
    else {{ trimmed }}
  end
{%- endmacro %}
