"""The shared lake: what many loads found, in few large files that many readers and machines can use.

    batches/<table>/province=<code>/year=<year>/<sha256>.parquet    sorted by region, department, document
    manifests/<number>.json                                         which batches count

It lies in a folder or in an S3-compatible store. Files never change; a manifest is committed by creating the next
number, which only one writer can, so a reader sees one state or the next and an interrupted compaction leaves nothing
but files that no manifest names. Belongs here: this layout, compacting into it, reading from it by province and year.
Does not belong here: the facts of single documents (``pipelines.lake.store``), and who is where (SQL says it).
"""
