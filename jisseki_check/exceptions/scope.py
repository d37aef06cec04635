"""What a run has seen, and so whether it would have found what a waiver or a baseline names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, field

from jisseki_check import fingerprints
from jisseki_check.exceptions.known import report_of
from jisseki_check.model import KnownFinding

ItemName = tuple[str, str]
"""By what an item is known again: its number and its title, "" where it has none."""


def item_name(number: str | None, title: str | None) -> ItemName | None:
    """None where nothing tells it from others."""
    name = number or "", fingerprints.named(title)
    return name if any(name) else None


def may_be_one(one: ItemName, other: ItemName) -> bool:
    """By title where both have one: the sections of a form may each have an item of the same number."""
    return one[1] == other[1] if one[1] and other[1] else bool(one[0]) and one[0] == other[0]


@dataclass(frozen=True, slots=True)
class Judged:
    """A file's report, by what it is known again (`known.report_of`), the codes of the rules that it was put
    to, and the items that each of these `left` unjudged, None for all."""

    report: Hashable
    rules: Set[str]
    left: Mapping[str, Set[ItemName | None]] = field(default_factory=dict)

    def covers(self, entry: KnownFinding) -> bool:
        """Whether its rule judged what the entry speaks of."""
        left = self.left.get(entry.rule, ())
        if entry.rule not in self.rules or None in left or (left and entry.subject is not None):
            return False
        name = item_name(entry.number, entry.title)
        return name is None or not any(each is not None and may_be_one(each, name) for each in left)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run has seen: its day, the files that it judged, the names of those that it could not judge,
    and the codes of its rules. `terms`: for how many days a finding of each rule can be waived at most."""

    as_of: dt.date
    judged: Mapping[str, Judged]
    unjudged: Set[str]
    rules: Set[str]
    terms: Mapping[str, int] = field(default_factory=dict)

    @property
    def homes(self) -> dict[str, Hashable]:
        """The report of each file."""
        return {path: file.report for path, file in self.judged.items()}


class Reach:
    """Of which entries a run would have found the finding, were it still there."""

    def __init__(self, covers_all: bool, scope: Scope) -> None:
        self._covers_all = covers_all
        self._scope = scope
        self._files: dict[Hashable, list[Judged]] = defaultdict(list)
        for file in scope.judged.values():
            self._files[file.report].append(file)

    def covers(self, entry: KnownFinding) -> bool:
        report, own = report_of(entry), self._scope.judged.get(entry.path or "")
        if own is not None and own.report == report:
            return own.covers(entry)
        if report in self._files:
            return any(file.covers(entry) for file in self._files[report])
        unread = self._scope.unjudged
        is_gone = self._covers_all and (entry.path not in unread if entry.path else not unread)
        return is_gone and entry.rule in self._scope.rules
