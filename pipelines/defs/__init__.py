"""What Dagster sees: thin assets, one module per stage, and the job and schedule that run them.

Belongs here: names, lineage, metadata and checks. Does not belong here: work; every asset calls one function of
:mod:`pipelines.stages`, the same that ``duizhang load`` calls. Assets pass nothing to each other in memory: each stage
leaves its results in the lake or the warehouse, and the next one reads them there. Modules here import what they run
when they run, so that definitions load fast.
"""
