"""Where a run reads and publishes, as a Dagster resource; ``DUIZHANG_RAW`` and ``DUIZHANG_WAREHOUSE`` choose."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from pipelines.stages import Workspace


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The raw folder and the warehouse folder, absolute or relative to the process."""

    raw: str
    warehouse: str

    @contextmanager
    def workspace(self) -> "Iterator[Workspace]":
        """The same as the stages take it, held against other loads. Raises ``WarehouseBusyError`` if one is running."""
        from pipelines.stages import Workspace
        from pipelines.warehouse.lock import exclusive

        with exclusive(Path(self.warehouse)):
            yield Workspace(Path(self.raw), Path(self.warehouse))


@dg.definitions
def resources() -> dg.Definitions:
    """The resource ``folders`` of all assets."""
    folders = Folders(
        raw=os.environ.get("DUIZHANG_RAW", "raw"), warehouse=os.environ.get("DUIZHANG_WAREHOUSE", "warehouse")
    )
    return dg.Definitions(resources={"folders": folders})
