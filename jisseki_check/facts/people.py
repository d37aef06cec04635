"""Numbers of staff with their total: 「正職員 118 名 再任用職員 15 名 任期付職員 - 名 合計 133 名」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jisseki_check.facts.views import ReportView
from jisseki_check.notation.width import fold
from jisseki_check.patterns import lazy_compile

Row = dict[str, Any]

_NONE = r"\-－―‐–—−"
# 「-」 is none, and counts as nought.
_ENTRY = lazy_compile(
    rf"(?P<name>[^\s\d、。,:：()「」{_NONE}]{{1,20}})\s*+[:：]?\s*+"
    rf"(?P<number>[0-9][0-9,]*+|[{_NONE}ー])\s*+(?P<counter>名|人)"
)
_ASIDE = lazy_compile(r"\([^()]*\)")
_BETWEEN = lazy_compile(r"[\s、,・/／|＋+]*+")
_TOTALS = frozenset({"合計", "計", "総計", "総数", "合計人数"})


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    end: int
    is_total: bool
    number: int
    counter: str


def staff_rows(view: ReportView) -> Iterator[Row]:
    """Rows of `totals`: each stated total of staff, in a text that is no item's plan or result."""
    for item in view.items:
        if item.item.kind == "statement" and item.item.initiative:
            for parts, total in _lists(item.item.initiative):
                yield {
                    "report": view.number,
                    "item": item.item.index,
                    "kind": "total",
                    "stated_yen": total.number,
                    "stated": item.item.initiative[total.start : total.end],
                    "parts_yen": sum(part.number for part in parts),
                    "parts": len(parts),
                    "half_unit_yen": 0.0,
                    "counter": total.counter,
                    "field": "initiative",
                    "start": total.start,
                    "end": total.end,
                    "plan_field": "initiative",
                    "plan_start": parts[0].start,
                    "plan_end": parts[-1].end,
                }


def _lists(text: str) -> Iterator[tuple[list[_Entry], _Entry]]:
    """Each total with its parts, where nothing that cannot be read stands between them."""
    folded = _ASIDE.sub(lambda aside: " " * len(aside.group()), fold(text))
    parts: list[_Entry] = []
    end, is_whole = 0, True
    for match in _ENTRY.finditer(folded):
        entry = _read(match)
        is_whole = is_whole and (not parts or _BETWEEN.fullmatch(folded, end, match.start()) is not None)
        end = entry.end
        if not entry.is_total:
            parts.append(entry)
            continue
        if is_whole and len(parts) >= 2 and {part.counter for part in parts} == {entry.counter}:
            yield parts, entry
        parts, is_whole = [], True


def _read(match: re.Match[str]) -> _Entry:
    digits = match["number"].replace(",", "")
    number = int(digits) if digits.isdecimal() else 0
    is_total = match["name"] in _TOTALS
    start = match.start("number") if is_total else match.start()
    return _Entry(start, match.end(), is_total, number, match["counter"])
