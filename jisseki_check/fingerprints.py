"""By what a finding is known again: one digest of what it is about, and one of what its rule read.

Neither holds a line, a position or a message, so that they stay when lines move, items are added and
files are renamed. Every part is led by its length: no two lists of parts give one text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from jisseki_check.model import Finding, Item, ItemFigures
from jisseki_check.notation.width import fold, squeeze

_IDENTITY = "jisseki/identity/v1"
_VALUE = "jisseki/value/v1"
_PLACE = "jisseki/place/v1"
_SHORT = 12  # digits: few enough to be read, enough for the places of one report


def identity(finding: Finding) -> str:
    """Rule, report, and item and field, or what of the whole report the finding speaks of."""
    report = report_key(finding.location.path, finding.department, finding.fiscal_year, finding.report_kind)
    return _joined([_IDENTITY, finding.rule, *report, *_about(finding)])


def report_key(
    path: str | None, department: str | None, fiscal_year: int | None, kind: str | None
) -> tuple[str | None, int | None, str | None]:
    """By what a report is known again; its file's name counts only where it tells nothing of itself."""
    department = name_key(department)
    return (
        (path, None, None) if department is None and fiscal_year is None else (department, fiscal_year, kind)
    )


def name_key(name: str | None) -> str | None:
    """By what a department or a city is known, however its name is written: 消防　本部 is 消防本部. None of
    blanks only."""
    return named(name) or None


def of_identity(identity: str, ordinal: int) -> str:
    """The fingerprint of the finding of that identity that comes as the `ordinal`th (from 1) in its file."""
    return _digest(identity + (str(ordinal) if ordinal > 1 else ""))


def of_values(rule: str, values: Iterable[object]) -> str:
    """The fingerprint of what a rule read; blanks within a text do not count."""
    return _digest(
        _joined([_VALUE, rule, *(squeeze(each) if isinstance(each, str) else each for each in values)])
    )


def place(item: Item | ItemFigures | None, field: str) -> str:
    """A short digest of an item and a field of it, by which one place of many is known again."""
    name = [] if item is None else [item.section, named(item.title) or item.number or str(item.index)]
    return hashlib.sha256(_joined([_PLACE, *name, field]).encode("utf-8", "replace")).hexdigest()[:_SHORT]


def named(title: str | None) -> str:
    """A title as it is compared: without blanks, and without regard to width."""
    return squeeze(fold(title or ""))


def _about(finding: Finding) -> list[object]:
    if finding.subject is not None:
        return ["subject", finding.subject]
    item = finding.item
    if item is None:
        return [None, None, finding.field]
    return [item.section, item.number or named(item.title) or str(item.index), finding.field]


def _joined(parts: Iterable[object]) -> str:
    return "".join(f"{len(text)}:{text}," for text in ("" if part is None else str(part) for part in parts))


def _digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"
