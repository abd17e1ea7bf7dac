"""After publication: the quality site, a static folder beside the warehouse."""

from pathlib import Path

import dagster as dg

from pipelines.defs.folders import Folders


@dg.asset(
    deps=["publication"],
    group_name="publication",
    kinds={"html"},
    description="数据质量网站 site/ | the quality site, a static folder",
)
def site(folders: Folders) -> dg.MaterializeResult[None]:
    """Generate the pages of what is published, unless they are current."""
    from pipelines import stages

    with folders.workspace() as workspace:
        problems = stages.generate_site(workspace)
    page = Path(folders.warehouse).absolute() / "site" / "index.html"
    if problems:
        raise dg.Failure(description="; ".join(problems))
    return dg.MaterializeResult(metadata={"page": dg.MetadataValue.url(page.as_uri())})
