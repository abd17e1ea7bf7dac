-- The money of projects by stage, all sources together: two different amounts of one stage are no amount.
{{ config(materialized='ephemeral') }}
{{ undisputed_money('project_id, stage', "source is null and not coalesce(contains(printed, '%'), false)") }}
