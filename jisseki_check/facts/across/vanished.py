"""Items of a published plan that its results do not have.

Only what is certain is told as missing: a plan's items are merged, renamed and moved, and then what stands
elsewhere in the results shows it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jisseki_check.facts.across.digests import ItemDigest, ReportDigest
from jisseki_check.facts.across.items import Pair
from jisseki_check.facts.across.texts import bigrams, likeness, spelled

_LEAST_KEPT = 2  # items that both documents have under one title
_FEW = 2  # items of one sort that may be lost by mistake, however few of that sort are left
_MAY_BE = 0.3  # likeness of a title, or of a text, that may be the same in other words
_TAKEN_UP = 0.6  # share of a title that stands in another text
_Group = tuple[str, int | None]
"""Items of one kind in one section."""


@dataclass(frozen=True, slots=True)
class Unpaired:
    """An item of the plan without a counterpart; `is_gone`: nothing in the results may be it; `is_left_out`:
    the results have no part in which it would stand."""

    item: ItemDigest
    is_gone: bool
    is_left_out: bool = False


def unpaired(results: ReportDigest, plan: ReportDigest, pairs: Mapping[int, Pair]) -> Iterator[Unpaired]:
    """The items of a plan that have no counterpart."""
    kept: Counter[_Group] = Counter((pair.other.kind, pair.other.section) for pair in pairs.values())
    there = {pair.other.index for pair in pairs.values()}
    lost: defaultdict[_Group, list[ItemDigest]] = defaultdict(list)
    for item in plan.items:
        if item.title and item.index not in there:
            lost[item.kind, item.section].append(item)
    left_out = {group for group in lost if not _has_part(results, plan, kept, group)}
    number = sum(len(items) for group, items in lost.items() if group not in left_out)
    same = sum(pair.item.title == pair.other.title for pair in pairs.values())
    is_whole = same >= _LEAST_KEPT and len(pairs) > number
    is_plain = results.period is None and not results.is_mixed_up
    new = [item for place, item in enumerate(results.items) if place not in pairs]
    for group, items in lost.items():
        is_few = len(items) <= max(kept[group] - 1, _FEW)
        for item in items:
            if group in left_out:
                yield Unpaired(item, is_gone=False, is_left_out=True)
            else:
                is_gone = is_whole and is_few and is_plain and not _may_be_there(item, results, new)
                yield Unpaired(item, is_gone)


def _has_part(results: ReportDigest, plan: ReportDigest, kept: Mapping[_Group, int], group: _Group) -> bool:
    """Whether the results have that part of the plan, if only its heading; else it may be none of theirs."""
    _, section = group
    if any(number for (_, other), number in kept.items() if other == section):
        return True
    titles = {title for number, title in plan.sections if number == section}
    return not titles.isdisjoint(title for _, title in results.sections)


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
