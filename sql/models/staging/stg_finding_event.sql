-- One row per finding that appeared or went with an earlier publication, from the lake.
select * from {{ build_input('finding_event') }}
