{# A department's name as it is compared: half-width letters, digits and brackets, without blanks and quotation marks.
   Leading names of regions are kept: two departments are never merged because their short names are the same.
   （本级） and 本级 are one spelling; every other remark in brackets stays and makes a body of its own. #}
{% macro department_key(name) -%}
  replace(regexp_replace(
    translate(
      lower(nfc_normalize({{ name }})),
      '（）〔〕［］【】｛｝－—–·•．０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
      '()()[][]{}---···.0123456789abcdefghijklmnopqrstuvwxyz'
    ),
    '[\s\x{00a0}\x{3000}\x{200b}\x{feff}"“”‘’''「」『』《》＂＇]', '', 'g'
  ), '(本级)', '本级')
{%- endmacro %}

{# The identity of a department: twelve hexadecimal digits derived from its key; NULL without a name. #}
{% macro department_id(name) -%}
  left(md5(nullif({{ department_key(name) }}, '')), 12)
{%- endmacro %}
