"""Which paper a document is: its kind, scope, department and year, each with the words it was recognised by.

Belongs here: deciding from cover, titles, headings and file path. Does not belong here: which department entity a name
stands for, and which documents make up one filing (both need all documents, and are decided in SQL).
"""

import msgspec


class Paper(msgspec.Struct, frozen=True):
    """What kind of paper a document is. A property that could not be recognised is None (kind: ``unknown``)."""

    kind: str
    """One of :data:`pipelines.disclosures.facts.PAPER_KINDS`."""
    scope: str | None
    """``department`` or ``unit``."""
    department: str | None
    """The department or unit as printed, without year and paper words."""
    fiscal_year: int | None
    """The year the paper is for."""
    evidence: dict[str, str] = {}
    """Property → the words it rests on."""

    @property
    def stage(self) -> str | None:
        """The stage its plain figures tell: ``final`` in final accounts, ``initial_budget`` in budgets, else None."""
        return {"final_accounts": "final", "budget": "initial_budget"}.get(self.kind)
