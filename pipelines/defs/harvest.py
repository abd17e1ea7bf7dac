"""Before the first stage: new files from the sites of publishers, where ``raw/sources.yaml`` lists any."""

from collections import Counter
from pathlib import Path

import dagster as dg

from pipelines.defs.folders import Folders


@dg.asset(
    group_name="lake", kinds={"file"}, description="从发布网站采集新文件 | new files from the sites of publishers"
)
def harvested(context: dg.AssetExecutionContext, folders: Folders) -> dg.MaterializeResult[None]:
    """Fetch what is new; what fails is told and keeps nothing from being loaded."""
    from pipelines.harvest import SourcesError, harvest
    from pipelines.notify import notify
    from pipelines.warehouse.lock import WarehouseBusyError

    raw = Path(folders.raw)
    if not (raw / "sources.yaml").is_file():
        return dg.MaterializeResult(metadata={"sources": 0})
    problem, became = "", []
    try:
        for each in harvest(raw):
            became.append(each)
    except (SourcesError, WarehouseBusyError, OSError) as error:
        problem = str(error)
        context.log.error(problem)
        notify("duizhang: the harvest failed", problem)
    bad = [f"- {each.source}: {each.address}: {each.reason}" for each in became if each.state in ("refused", "failed")]
    counts = Counter(each.state for each in became)
    return dg.MaterializeResult(
        metadata={**counts, "problem": problem, "not_fetched": dg.MetadataValue.md("\n".join(bad) or "none")}
    )
