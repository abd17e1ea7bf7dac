-- Family slip: names of other projects and departments, the word department or unit, passages told of two projects.
{{ config(materialized='ephemeral') }}
with sentences as (
  select * from {{ ref('slip_sentence') }}
),

names as (
  select distinct filing_id, project, regexp_replace({{ project_key('project') }}, '项目$', '') as project_key
  from {{ ref('project') }}
  where project is not null and length({{ project_key('project') }}) >= 5
),

own_projects as (
  select project_id, project, regexp_replace({{ project_key('project') }}, '项目$', '') as project_key
  from {{ ref('project') }}
),

-- a sentence of one project's section that calls the project by another one's name
in_sections as (
  select sentences.*, own.project, own.project_key
  from sentences
  inner join own_projects as own on sentences.project_id = own.project_id
  where sentences.kind in ('paragraph', 'project') and contains(sentences.sentence, '项目') and own.project_key is not null
),

other_projects as (
  select in_sections.*, names.project as other
  from in_sections
  inner join names on in_sections.filing_id = names.filing_id and names.project_key <> in_sections.project_key
    and regexp_matches(in_sections.sentence, '认为|该项目|本项目|通过')
    and contains({{ project_key('in_sections.sentence') }}, names.project_key || '项目')
    and not contains(in_sections.project_key, names.project_key)
    and not contains(names.project_key, in_sections.project_key)
    and not contains({{ project_key('in_sections.sentence') }}, in_sections.project_key)
),

-- “某某局2023年度收入…”: another department that publishes in this warehouse
departments as (
  select distinct department, {{ department_key('department') }} as department_key from {{ ref('filing') }}
  where department is not null
),

called as (
  select
    *,
    case when regexp_matches(own_words, '[局会室厅心处府委院校所站队]20\d\d年') then regexp_extract(own_words,
      '([一-鿿（）()]{4,30}(?:局|委员会|办公室|办公厅|中心|办事处|政府|委|厅|院|校|会|所|站|队|处))(?:20\d\d年度?)(?:部门|单位)?(?:本年|全年|财政拨款|一般公共预算)?(?:收入|支出|收、?支|预算|决算|“三公”)', 1
    ) end as called
  from sentences
  where kind = 'paragraph' and department is not null and contains(own_words, '20')
),

named_departments as (
  select called.*, departments.department as other, {{ department_key('called.department') }} as own_key,
    departments.department_key as other_key
  from called
  inner join departments on {{ department_key('called.called') }} = departments.department_key
  where called.called <> ''
),

-- headings of a budget or final accounts, which say whether they are a department's or a unit's
headings as (
  select
    *, regexp_extract(own_words, '20\d\d年度?(部门|单位)(?:决算|预算)(?:情况)?(?:说明|编制说明|报表|表)$', 1) as word,
    regexp_extract(own_words, '20\d\d年度?(?:部门|单位)(?:决算|预算)(?:情况)?(?:说明|编制说明|报表|表)$') as hit
  from sentences
  where kind = 'paragraph' and paper_kind in ('final_accounts', 'budget') and paper_scope in ('department', 'unit')
    and length(own_words) <= 50 and contains(own_words, '20') and regexp_matches(own_words, '部门|单位')
),

passages as (
  select
    filing_id, document_id, project_id, project, passage, page_no, line_no, {{ project_key('project') }} as project_key,
    count(distinct {{ project_key('project') }}) over (partition by filing_id, passage) as projects,
    string_agg(project, '、') over (partition by filing_id, passage) as shared_by
  from (
    select filing_id, document_id, project_id, project, page_no, line_no,
      unnest([{{ without_blanks('goal') }}, {{ without_blanks('result') }}, {{ without_blanks('conclusion') }}]) as passage
    from {{ ref('project') }}
    where filing_id is not null and project is not null
  ) as told
  where length(passage) >= 50 and regexp_matches(regexp_replace(passage, '20\d\d年|100%', '', 'g'), '\d')
),

placed as (
  select
    'other_project' as relation, filing_id, document_id, md5(sentence) as key_row, project as key_column, project as place,
    other as found, project as expected, 'broken' as verdict, kind, id, page_no, line_no
  from other_projects
  union all
  select distinct
    'other_project', in_sections.filing_id, in_sections.document_id, '', in_sections.project, in_sections.project, null, null,
    'holds', 'project', in_sections.project_id, cast(null as integer), cast(null as integer)
  from in_sections
  anti join other_projects on in_sections.project_id = other_projects.project_id
  union all
  select
    'other_department', filing_id, document_id, md5(sentence), '', substr(sentence, 1, 40), called, department,
    case when contains(own_key, other_key) or contains(other_key, own_key) then 'holds' else 'broken' end,
    kind, id, page_no, line_no
  from named_departments
  union all
  select
    'scope_word', filing_id, document_id, md5(hit), '', hit, hit, case paper_scope when 'unit' then '单位' else '部门' end,
    case when word = case paper_scope when 'unit' then '单位' else '部门' end then 'holds' else 'broken' end,
    kind, id, page_no, line_no
  from headings
  where hit <> ''
  union all
  select
    'copied_passage', filing_id, document_id, md5(passage), project, project, substr(passage, 1, 60),
    concat('只属于一个项目的文字；又见于：', shared_by), case when projects > 1 then 'broken' else 'holds' end,
    'project', project_id, page_no, line_no
  from passages
)

{{ placed_slips(
  root_key="case when placed.relation = 'copied_passage' then concat('passage|', placed.key_row) end",
  root_rank="case when placed.relation = 'copied_passage' then 1 end"
) }}
