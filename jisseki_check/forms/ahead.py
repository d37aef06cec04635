"""Rows that stand above the heading of their item: 担当課｜…, and below it 事業名｜…"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from jisseki_check.forms.row import Row
from jisseki_check.notation.width import fold

_HEADED = re.compile(r"\([0-9]{1,3}\)")
_ABOVE_HEADING = frozenset({"division", "other", "amount", "mark", "department", "year", "section"})


def with_ahead(rows: list[list[Row]]) -> list[list[Row]]:
    """The rows, those marked that stand above their item's heading, as they do above the first one's and
    again above the others'."""
    flat = [row for held in rows for row in held]
    openers = [(at, opener) for at, row in enumerate(flat) if (opener := _opener(row)) is not None]
    first = openers[0][0] if openers else 0
    if any(row.told is not None and row.told.is_text for row in flat[:first]):
        return rows
    counts = Counter(_named(row) for row in flat)
    is_only = sum(opener == openers[0][1] for _, opener in openers) == 1 if openers else False
    ahead = {name for row in flat[:first] if (name := _named(row)) and (is_only or counts[name] > 1)}
    return [[_marked(row, ahead) for row in held] for held in rows]


def _opener(row: Row) -> str | None:
    """With what label an item begins, if it does with this row."""
    if row.told is None:
        return "" if _HEADED.match(fold(row.text)) else None
    if row.told.role not in {"title", "number"}:
        return None
    return "" if row.told.label is None else row.told.label.cell.key


def _named(row: Row) -> tuple[str, str] | None:
    """What a row's label is, where it may stand above an item's heading."""
    told = row.told
    if told is None or told.label is None or told.role not in _ABOVE_HEADING:
        return None
    return told.role, told.label.cell.key


def _marked(row: Row, ahead: set[tuple[str, str]]) -> Row:
    if row.told is None or _named(row) not in ahead:
        return row
    return replace(row, told=replace(row.told, ahead=True))
