"""Where a run reads and publishes, as a Dagster resource; ``DUIZHANG_RAW``, … choose."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from pipelines.stages import Workspace


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The raw folder, the warehouse folder and the reviews, absolute or relative to the process."""

    raw: str
    warehouse: str
    reviews: str = "reviews.csv"
    engine: str = "local"

    @contextmanager
    def workspace(self) -> "Iterator[Workspace]":
        """The same as the stages take it, held against other loads. Raises ``WarehouseBusyError`` if one is running."""
        from pipelines.engines import engine_named
        from pipelines.stages import Workspace
        from pipelines.warehouse.lock import exclusive

        with exclusive(Path(self.warehouse)):
            yield Workspace(
                Path(self.raw), Path(self.warehouse), reviews=Path(self.reviews), engine=engine_named(self.engine)
            )


@dg.definitions
def resources() -> dg.Definitions:
    """The resource ``folders`` of all assets."""
    folders = Folders(
        raw=os.environ.get("DUIZHANG_RAW", "raw"),
        warehouse=os.environ.get("DUIZHANG_WAREHOUSE", "warehouse"),
        reviews=os.environ.get("DUIZHANG_REVIEWS", "reviews.csv"),
        engine=os.environ.get("DUIZHANG_ENGINE", "local"),
    )
    return dg.Definitions(resources={"folders": folders})
