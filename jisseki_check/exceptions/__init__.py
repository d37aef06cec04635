"""Findings that do not count: waived with a reason, an approver and an end, or known from before.

They stay in the outcome with their status. A finding is excepted only as long as the value for which it
was is there, so that an exception never hides another fault than its own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jisseki_check.model import KnownFinding, Waiver


@dataclass(frozen=True, slots=True)
class Granted:
    """A waiver as its file, or a comment beside the data, grants it. `begins`: the day of its approval, None
    where it holds at once; `until` of the waiver is its last day."""

    known: KnownFinding
    waiver: Waiver
    begins: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that a project has adopted as known, and the file that names them. `files`: those in which
    they stood that are still there, whether the run reads them or not."""

    path: str
    entries: tuple[KnownFinding, ...]
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What a run is told not to count. `covers_all`: whether the run is meant to see every report that the
    baseline speaks of, so that one of a report that is not there is gone; `covers_waived`: the same of the
    waivers. `takes_comments`: whether waivers in comments beside the data hold."""

    waivers: tuple[Granted, ...] = ()
    baseline: Baseline | None = None
    covers_all: bool = False
    covers_waived: bool = False
    takes_comments: bool = True

    @property
    def are_told(self) -> bool:
        """Whether there are any but those beside the data."""
        return bool(self.waivers) or self.baseline is not None
