"""Performance papers: project forms, summaries and index systems, and which project a passage is about.

Belongs here: everything that reads 绩效 tables (their words stand in ``catalogue/performance.yaml``). Does not belong
here: statutory forms, figures told in sentences, and whether a score is right.
"""

from pipelines.disclosures.performance.reading import Performance, read_performance, rest_of
from pipelines.disclosures.performance.sections import project_of_section, with_projects

__all__ = ["Performance", "project_of_section", "read_performance", "rest_of", "with_projects"]
