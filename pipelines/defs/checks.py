"""The fifth stage: Great Expectations over the check rows of a new build, one asset check for each rule family.

Breaks in the disclosures are warnings here: they are what the warehouse is for. A rule that was silent where it should
have spoken is an error; an assertion that could not be evaluated fails the run before publication.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.defs.folders import Folders
from pipelines.defs.tables import INDEX

_KEY = dg.AssetKey(["quality", "validation"])


@dg.multi_asset(
    name="validation",
    specs=[
        dg.AssetSpec(
            _KEY,
            deps=[dg.AssetKey(table["name"].split(".")) for table in INDEX["tables"]],
            group_name="quality",
            kinds={"greatexpectations"},
            description="逐条规则的断言 | assertions for each rule",
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(family, asset=_KEY, description=f"rules of the family {family}")
        for family in INDEX["rule_families"]
    ],
)
def validation(folders: Folders) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Assert over the check rows of the file that is about to be published, or of the published one."""
    from pipelines import stages

    with folders.workspace() as workspace:
        outcomes = stages.check_rules(workspace)
        page = (workspace.warehouse / "site" / "explore.html").as_uri()
        docs = dg.MetadataValue.url((workspace.warehouse / "validation" / "index.html").as_uri())
    yield dg.MaterializeResult(asset_key=_KEY, metadata={"families": len(outcomes), "data_docs": docs})
    for outcome in outcomes:
        yield dg.AssetCheckResult(
            passed=outcome.passed,
            check_name=outcome.family,
            asset_key=_KEY,
            severity=dg.AssetCheckSeverity(outcome.severity),
            metadata={
                **outcome.counts,
                "page": dg.MetadataValue.url(f"{page}#family={outcome.family}"),
                "data_docs": docs,
            },
        )
