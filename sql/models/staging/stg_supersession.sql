-- Which file of a filing another one supersedes. The same paper in other bytes: the first path stays. Otherwise files
-- that carry a statutory form in common are versions of one paper, for it has each once, and the last path is the
-- current one; files without one in common (words in one, tables in the other, a project's form each) complete each
-- other.
with files as (
    select
        paths.document_id,
        paths.filing_id,
        paths.source_path,
        coalesce(prints.fingerprint, paths.document_id) as fingerprint
    from {{ ref('stg_filing_document') }} as paths
    inner join {{ ref('stg_fingerprint') }} as prints using (document_id)
),

versions as (
    select
        *,
        first_value(document_id) over (partition by filing_id, fingerprint order by source_path) as same_paper
    from files
),

forms as (
    select distinct versions.filing_id, versions.document_id, versions.source_path, present_forms.form_code
    from versions
    inner join {{ ref('stg_form') }} as present_forms using (document_id)
    where
        versions.same_paper = versions.document_id
        and present_forms.present
        and regexp_matches(present_forms.form_code, '^(FA|BG)')
),

newer as (
    select earlier.document_id, arg_max(later.document_id, later.source_path) as superseded_by
    from forms as earlier
    inner join forms as later
        on
            earlier.filing_id = later.filing_id
            and earlier.form_code = later.form_code
            and earlier.source_path < later.source_path
    group by earlier.document_id
)

select document_id, same_paper as superseded_by from versions where same_paper != document_id
union all
select document_id, superseded_by from newer
