-- Family slip: numbers in words that contradict the words beside them: a share of excellent projects, a count told twice
-- with the same money, a list shorter than announced, a conclusion that scores another project.
{{ config(materialized='ephemeral') }}
with sentences as (
  select * from {{ ref('slip_sentence') }} where kind = 'paragraph'
),

-- all are excellent, or the only one is
excellent as (
  select
    *,
    regexp_extract(sentence, '(?:评优率|优秀率|优良率)(?:为|是|达到|达)?(\d+(?:\.\d+)?)[%％]', 1) as rate
  from sentences
  where contains(sentence, '优') and regexp_matches(sentence, '评优率|优秀率|优良率')
    and (
      regexp_matches(sentence, '(?:等级|评价结果)(?:全部|均|都)为[“"]?优')
      or (
        regexp_matches(sentence, '项目(?:总数|数量)?(?:为|共)?(?:一|1)(?:项|个)')
        and regexp_matches(sentence, '等级为[“"]?优')
      )
    )
),

-- people counted beside an amount: the noun next to the count, and the first money after it
counted as (
  select
    sentences.*, told.noun, try_cast(told.number as integer) as number, told.number as digits,
    regexp_extract(substr(sentence, instr(sentence, told.number)), '(\d+(?:\.\d+)?)万元', 1) as money
  from sentences
  cross join lateral (
    select
      unnest(list_concat(
        regexp_extract_all(sentence, '(\d+)(?:名|人|位|户)[一-鿿]{4}', 1),
        regexp_extract_all(sentence, '[一-鿿]{4}(\d+)(?:名|人|位|户)', 1)
      )) as number,
      unnest(list_concat(
        regexp_extract_all(sentence, '\d+(?:名|人|位|户)([一-鿿]{4})', 1),
        regexp_extract_all(sentence, '([一-鿿]{4})\d+(?:名|人|位|户)', 1)
      )) as noun
  ) as told
  where regexp_matches(sentence, '\d(?:名|人|位|户)') and contains(sentence, '万元')
),

tellings as (
  select filing_id, noun, money, number, count(*) as times, min(coalesce(line_no, page_no)) as place
  from counted
  where number >= 100 and money <> ''
  group by filing_id, noun, money, number
),

usual as (
  select * from tellings
  qualify row_number() over (partition by filing_id, noun, money order by times desc, place) = 1
),

counts as (
  select counted.*, usual.number as usual_number,
    count(*) over (partition by counted.filing_id, counted.noun, counted.money) as times
  from counted
  inner join usual
    on counted.filing_id = usual.filing_id and counted.noun = usual.noun and counted.money = usual.money
  where counted.number >= 100
),

-- “10个项目分别为…，…。”: every part of the list ends like the name of a project
announced as (
  select
    *,
    try_cast(regexp_extract(sentence, '(\d+)个[^，,。：:、]{0,10}项目分别(?:为|是)[：:]?[^。；;]+', 1) as integer) as number,
    list_filter(
      string_split(regexp_replace(
        regexp_extract(sentence, '\d+个[^，,。：:、]{0,10}项目分别(?:为|是)[：:]?([^。；;]+)[。；;]', 1), ',', '，', 'g'), '，'),
      lambda part: part <> ''
    ) as parts
  from sentences
  where contains(sentence, '项目分别') and regexp_matches(sentence, '\d+个[^，,。：:、]{0,10}项目分别(?:为|是)')
),

lists as (
  select * from announced
  where number > 2 and len(parts) > 2
    and len(list_filter(parts, lambda part: regexp_matches(part, '(资金|经费|费用|费|项目|补贴|补助|工程|建设)$') and length(part) between 4 and 50))
      = len(parts)
),

own_projects as (
  select project_id, filing_id, project, {{ project_key('project') }} as project_key from {{ ref('project') }}
),

-- the conclusion of a project's evaluation: whose score it tells
conclusions as (
  select
    claim.filing_id, claim.document_id, claim.project_id, claim.claim_id, claim.sentence, claim.page_no, claim.line_no,
    substr(claim.subject, 9) as called, {{ project_key('substr(claim.subject, 9)') }} as called_key
  from {{ ref('claim') }} as claim
  where claim.figure = 'score' and claim.measure = 'score' and claim.project_id is not null
    and starts_with(claim.subject, 'project:')
    and regexp_matches({{ without_blanks('claim.sentence') }}, '评价') and not contains(claim.sentence, '自评')
),

section_names as (
  select distinct project_id, {{ project_key('substr(subject, 9)') }} as name_key
  from {{ ref('claim') }}
  where project_id is not null and starts_with(subject, 'project:') and figure = 'amount'
),

-- how many of the characters of both names are in both, in percent
compared_names as (
  select
    conclusions.claim_id,
    max(
      len(list_intersect(string_split(conclusions.called_key, ''), string_split(names.name_key, ''))) * 100
      // len(list_distinct(list_concat(string_split(conclusions.called_key, ''), string_split(names.name_key, ''))))
    ) as likeness,
    bool_or(contains(conclusions.called_key, names.name_key) or contains(names.name_key, conclusions.called_key)) as same
  from conclusions
  inner join (
    select project_id, name_key from section_names
    union all
    select project_id, project_key from own_projects
  ) as names on conclusions.project_id = names.project_id
  where length(names.name_key) > 1 and length(conclusions.called_key) > 3
  group by conclusions.claim_id
),

concluded as (
  select conclusions.*, own.project, compared.same, compared.likeness,
    count(*) over (partition by conclusions.project_id) as conclusions_told
  from conclusions
  inner join compared_names as compared on conclusions.claim_id = compared.claim_id
  inner join own_projects as own on conclusions.project_id = own.project_id
),

placed as (
  select
    'excellent_share' as relation, filing_id, document_id, md5(sentence) as key_row,
    concat(section, '·', sentence) as place,
    concat(rate, '%') as found, '全部项目评优，应为 100% | all projects are excellent: 100%' as expected,
    case when cast(rate as decimal(28, 10)) = 100 then 'holds' else 'broken' end as verdict, 'paragraph' as kind, id, page_no, line_no
  from excellent
  where rate <> ''
  union all
  select
    'same_count', filing_id, document_id, concat_ws('|', noun, money, number), concat(section, '·', sentence),
    concat(noun, ' ', number), concat(noun, ' ', usual_number),
    case when number = usual_number then 'holds' else 'broken' end, 'paragraph', id, page_no, line_no
  from counts
  where times > 1 and (
    number = usual_number
    or (length(digits) = length(cast(usual_number as varchar)) and hamming(digits, cast(usual_number as varchar)) = 1)
  )
  union all
  select
    'listed_count', filing_id, document_id, md5(sentence), section, concat(number, '个项目'),
    concat('所列 ', len(parts), ' 个 | ', len(parts), ' are listed'),
    case when number = len(parts) then 'holds' else 'broken' end, 'paragraph', id, page_no, line_no
  from lists
  union all
  select
    'scored_project', filing_id, document_id, md5({{ without_blanks('sentence') }}), project, called, project,
    case when same or likeness >= 50 then 'holds' else 'broken' end, 'claim', claim_id, page_no, line_no
  from concluded
  where conclusions_told = 1 and (same or likeness >= 50 or likeness < 30)
)

{{ placed_slips(
  key_column="coalesce(nullif(cast(row_number() over (
    partition by placed.filing_id, placed.relation, placed.key_row order by placed.line_no, placed.page_no, placed.id
  ) as varchar), '1'), '')"
) }}
