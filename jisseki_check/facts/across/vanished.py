"""Items of a published plan that its results do not have.

Only what is certain is told as missing: a plan's items are merged, renamed and moved, and then what stands
elsewhere in the results shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.facts.across.digests import ItemDigest, ReportDigest
from jisseki_check.facts.across.items import Pair
from jisseki_check.facts.across.texts import bigrams, likeness, spelled

_LEAST_KEPT = 2  # items of the group that both documents have under one title
_MAY_BE = 0.3  # likeness of a title, or of a text, that may be the same in other words
_TAKEN_UP = 0.6  # share of a title that stands in another text


@dataclass(frozen=True, slots=True)
class Unpaired:
    """An item of the plan without a counterpart; `is_gone`: nothing in the results may be it."""

    item: ItemDigest
    is_gone: bool


def unpaired(results: ReportDigest, plan: ReportDigest, pairs: Mapping[int, Pair]) -> Iterator[Unpaired]:
    """The items of a plan that have no counterpart, of those parts of it that the results have."""
    held: defaultdict[tuple[str, int | None], list[Pair]] = defaultdict(list)
    for pair in pairs.values():
        held[pair.other.kind, pair.other.section].append(pair)
    there = {pair.other.index for pair in pairs.values()}
    lost: defaultdict[tuple[str, int | None], list[ItemDigest]] = defaultdict(list)
    for item in plan.items:
        if item.title and item.index not in there:
            lost[item.kind, item.section].append(item)
    new = [item for place, item in enumerate(results.items) if place not in pairs]
    for group, items in lost.items():
        kept = held[group]
        if kept:
            is_whole = _is_whole(kept, items) and results.period is None and not results.is_mixed_up
            for item in items:
                yield Unpaired(item, is_whole and not _may_be_there(item, results, new))


def _is_whole(kept: Sequence[Pair], lost: Sequence[ItemDigest]) -> bool:
    """Whether the results have this part of the plan as a whole, and not a few items of it."""
    same = sum(pair.item.title == pair.other.title for pair in kept)
    return same >= _LEAST_KEPT and len(kept) > len(lost)


def _may_be_there(lost: ItemDigest, results: ReportDigest, new: Iterable[ItemDigest]) -> bool:
    """Whether an item that the plan does not have may be this one, or some text has taken it up."""
    own, plan = bigrams(lost.title), _planned(lost)
    for item in new:
        if item.kind == lost.kind or likeness(own, bigrams(item.title)) >= _MAY_BE:
            return True
        if likeness(bigrams(plan), bigrams(_planned(item))) >= _MAY_BE:
            return True
    if any(_has(spelled(text), own) for text in results.asides):
        return True
    return any(_takes_up(item, own, plan) for item in results.items)


def _takes_up(item: ItemDigest, title: frozenset[str], plan: str) -> bool:
    if any(_has(text, title) for text in (item.title, *item.ends)):
        return True
    return len(plan) > 1 and plan in _planned(item)


def _has(text: str, title: frozenset[str]) -> bool:
    return len(title & bigrams(text)) >= _TAKEN_UP * len(title)


def _planned(item: ItemDigest) -> str:
    return "".join(spelled(text) for _, text in item.plan)
