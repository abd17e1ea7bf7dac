"""The lake: what was read and understood, kept once per document as files that never change.

Belongs here: the folder layout, writing all or nothing, the index of scanned files, run records, and the view of the
lake that one build takes. Does not belong here: reading files (``pipelines.documents``), what they mean
(``pipelines.disclosures``), and anything about DuckDB tables (``pipelines.warehouse`` and ``sql``).
"""
