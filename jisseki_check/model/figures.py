"""What a run keeps of each report beside its findings: enough to draw and to compare, without its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item. Amounts in 円; None where none is printed. `extra`: what stands in columns of its list that
    are no field of the form, by their headings; `division`: the 課 that is named beside the item."""

    index: int
    section: int | None = None
    number: str | None = None
    title: str | None = None
    mark: str | None = None
    budget_yen: int | None = None
    settlement_yen: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    division: str | None = None


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """One report that was judged, and the file that holds it. `prior`: it was read for comparison only."""

    path: str
    municipality: str | None
    department: str | None
    fiscal_year: int | None
    kind: str
    title: str | None = None
    items: tuple[ItemFigures, ...] = ()
    prior: bool = False
