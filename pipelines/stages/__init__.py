"""The load, one plain function a stage: scan, read, understand, build, check, publish.

Used alike by ``duizhang load`` and the Dagster assets. Every stage takes the workspace, does what is not yet done, and
leaves its results in the lake or beside the warehouse, so that a run may end anywhere and the next one goes on from
there. Belongs here: the order, what can be skipped, and what becomes of files that cannot be read. Does not belong
here: any of the work itself (``documents``, ``disclosures``, ``lake``, ``warehouse``, ``data_quality``).
"""

from pipelines.stages.checks import check_rules
from pipelines.stages.documents import inspect, read_new, scan_files, understand_new, understood
from pipelines.stages.load import LoadResult, load
from pipelines.stages.runs import begin_run, end_run, present_run
from pipelines.stages.second_readings import read_again
from pipelines.stages.site import generate_site
from pipelines.stages.tables import build_tables, publish_tables
from pipelines.stages.workspace import LoadError, Report, Workspace
from pipelines.warehouse.lock import WarehouseBusyError

__all__ = [
    "LoadError",
    "LoadResult",
    "Report",
    "WarehouseBusyError",
    "Workspace",
    "begin_run",
    "build_tables",
    "check_rules",
    "end_run",
    "generate_site",
    "inspect",
    "load",
    "present_run",
    "publish_tables",
    "read_again",
    "read_new",
    "scan_files",
    "understand_new",
    "understood",
]
