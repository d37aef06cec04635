"""What a list's columns tell of all its items at once: a column that is not there, a heading of another
year, amounts without a unit.

The reader notes each once, with the first of the items and their number; said of every item again, it would
hide what is wrong with single ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.model import Remark, Report

_SHOWN = 30
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class NoColumn:
    """A field for which a list has no column; `remark` is the number of the reader's note, `nearest` the
    heading that is most like it. `stands_in`: the column in which it stands together with another."""

    remark: int
    field: str
    nearest: str
    stands_in: str | None = None

    @property
    def said(self) -> str:
        """What a finding adds to its words."""
        nearest = f"。似た見出し「{self.nearest[:_SHOWN]}」があります" if self.nearest else ""
        return f"（一覧にこの列がありません{nearest}）"


def missing_columns(report: Report) -> dict[tuple[int, str], NoColumn]:
    """For each item and field the column that its list lacks."""
    found: dict[tuple[int, str], NoColumn] = {}
    for number, remark in enumerate(report.remarks):
        if remark.kind == "no-column" and remark.item is not None and remark.field is not None:
            column = NoColumn(number, remark.field, remark.text, remark.read_as)
            found |= {(index, column.field): column for index in _items(remark)}
    return found


def dated_columns(report: Report) -> set[tuple[int, str]]:
    """The items and stages of amounts whose heading is of another year than the report: all but the first
    of each list, at which that is said."""
    return {
        (index, remark.field)
        for remark in report.remarks
        if remark.kind == "column-year" and remark.item is not None and remark.field is not None
        for index in _items(remark)
        if index != remark.item
    }


def unitless_columns(report: Report) -> dict[tuple[int, str], int]:
    """For each item and stage of amounts whose list says no unit the number of the reader's note."""
    return {
        (index, remark.field): number
        for number, remark in enumerate(report.remarks)
        if remark.kind == "no-unit" and remark.item is not None and remark.field is not None
        for index in _items(remark)
    }


def _items(remark: Remark) -> Iterator[int]:
    first = remark.item or 1
    return iter(range(first, first + min(remark.count, _MOST)))
