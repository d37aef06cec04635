"""Passages that two items' results share: `passages`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jisseki_check.facts.resemblance import Block, Chain, Sharing, Skeleton, densest
from jisseki_check.facts.views import ReportView
from jisseki_check.notation.width import squeeze

Row = dict[str, Any]

SHORTEST = 20


def passage_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `passages`: for each pair of items, what they share most of."""
    for sharing in view.sharings:
        chain = max(map(densest, sharing.chains), key=_size, default=())
        if _size(chain) >= SHORTEST:
            yield _row(view, sharing, chain)


def _size(chain: Chain) -> int:
    return sum(block.length for block in chain)


def _row(view: ReportView, sharing: Sharing, chain: Chain) -> Row:
    item, other = view.items[sharing.at], view.items[sharing.other]
    here, there = item.skeleton, other.skeleton
    start, end = here.span(chain[0].at, chain[-1].end)
    other_start, other_end = there.span(chain[0].other_at, chain[-1].other_end)
    lengths = [_length(here, block, item.result) for block in chain]
    return {
        "report": view.number,
        "item": item.item.index,
        "text": item.result[start:end],
        "length": max(lengths),
        "shared": sum(lengths),
        "other_item": other.item.index,
        "other_title": other.item.title,
        "mark": item.item.mark if item.mark_rank is not None else None,
        "other_mark": other.item.mark if other.mark_rank is not None else None,
        "field": "result",
        "start": start,
        "end": end,
        "other_start": other_start,
        "other_end": other_end,
    }


def _length(skeleton: Skeleton, block: Block, text: str) -> int:
    """The characters of the passage as it is written, without blanks."""
    start, end = skeleton.span(block.at, block.end)
    return len(squeeze(text[start:end]))
