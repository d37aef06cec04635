"""Passages that two items' results share: `passages`.

Comparing every pair of items would be quadratic. A passage of some length always holds one of the
commonest particles; the few characters behind each of them are looked up in one index a report, and
only those that stand twice are compared. The cost grows with the text, not with its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jisseki_check.facts.views import ItemView, ReportView

Row = dict[str, Any]

SHORTEST = 20
_ANCHOR = re.compile(r"[をの、](?=(.{9}))", re.S)


def passage_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `passages`: for each pair of items, their longest shared passage."""
    index: dict[str, list[tuple[int, int]]] = {}
    items = view.items
    for place, item in enumerate(items):
        longest: dict[int, tuple[int, int, int]] = {}
        covered: dict[int, int] = {}
        anchors = [(match[1], match.end()) for match in _ANCHOR.finditer(item.result)]
        for anchor, at in anchors:
            for other, other_at in index.get(anchor, ()):
                if covered.get(other, 0) >= at:
                    continue
                start, end, other_start = _extend(item.result, at, items[other].result, other_at)
                covered[other] = end
                if (
                    end - start
                    > longest.get(other, (0, SHORTEST - 1, 0))[1] - longest.get(other, (0, 0, 0))[0]
                ):
                    longest[other] = (start, end, other_start)
        for anchor, at in anchors:
            held = index.setdefault(anchor, [])
            # A phrase that stands everywhere says nothing of two items.
            if len(held) < 8:
                held.append((place, at))
        for other, (start, end, other_start) in longest.items():
            yield _row(view, item, items[other], start, end, other_start)


def _extend(text: str, at: int, other: str, other_at: int) -> tuple[int, int, int]:
    """The passage around two equal places: its start and end here, and its start there."""
    back = 0
    while back < min(at, other_at) and text[at - back - 1] == other[other_at - back - 1]:
        back += 1
    ahead = 0
    while ahead < min(len(text) - at, len(other) - other_at) and text[at + ahead] == other[other_at + ahead]:
        ahead += 1
    return at - back, at + ahead, other_at - back


def _row(view: ReportView, item: ItemView, other: ItemView, start: int, end: int, other_start: int) -> Row:
    return {
        "report": view.number,
        "item": item.item.index,
        "text": item.result[start:end],
        "length": end - start,
        "other_item": other.item.index,
        "other_title": other.item.title,
        "mark": item.item.mark if item.mark_rank is not None else None,
        "other_mark": other.item.mark if other.mark_rank is not None else None,
        "field": "result",
        "start": start,
        "end": end,
        "other_start": other_start,
        "other_end": other_start + end - start,
    }
