"""The warehouse: building one new DuckDB file from the lake and the SQL models, and publishing it at once.

Belongs here: the build's inputs, running dbt as a child process, verifying, swapping in, and the lock that keeps two
loads apart. Does not belong here: what a table says (``sql/``) and which rules hold (``data_quality``).
"""
