"""Which items of two reports are the same, and by what they are known to be.

A plan-wide number says so almost by itself, and so does a title that no other item has. Any other number
is only a place, which all items behind a new one change: it counts where no item has the same title, and
theirs resemble each other. An item whose title was put into other words is known by the title that
resembles it most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.facts.across.digests import ItemDigest
from jisseki_check.facts.across.texts import bigrams, likeness, plain

_ALIKE = 0.5  # of titles that have the same number, or of plans that have the same plan-wide one
_MUCH_ALIKE = 0.7  # of titles without another sign
_CLEARLY = 0.1  # by how much the next best title must resemble less
_COMMON = 30  # a pair of characters that more titles have tells nothing


@dataclass(frozen=True, slots=True)
class Pair:
    """An item, its counterpart, and by what they are known for the same, in words for people."""

    item: ItemDigest
    other: ItemDigest
    known_by: str


_Key = Callable[[ItemDigest], Hashable]


class _Pairing:
    def __init__(self, items: Sequence[ItemDigest], others: Sequence[ItemDigest]) -> None:
        self.pairs: dict[int, Pair] = {}
        self._items = dict(enumerate(items))
        self._others = dict(enumerate(others))

    def by(self, key: _Key, holds: Callable[[ItemDigest, ItemDigest], str | None]) -> None:
        """Pair those that alone have a key in their report, where `holds` says by what they are the same."""
        here, there = _alone(self._items, key), _alone(self._others, key)
        for value, place in here.items():
            other = there.get(value)
            if other is None:
                continue
            known_by = holds(self._items[place], self._others[other])
            if known_by is not None:
                self._pair(place, other, known_by)

    def by_likeness(self) -> None:
        """Pair what is left by the titles that resemble each other most, from both sides."""
        ahead = _nearest(self._items, self._others)
        back = _nearest(self._others, self._items)
        for place, other in ahead.items():
            if back.get(other) == place:
                self._pair(place, other, "項目名のよく似た")

    def _pair(self, place: int, other: int, known_by: str) -> None:
        self.pairs[place] = Pair(self._items.pop(place), self._others.pop(other), known_by)


def pairs(items: Sequence[ItemDigest], others: Sequence[ItemDigest], *, same_plan: bool) -> dict[int, Pair]:
    """By the place of each item its pair. `same_plan`: both reports number their items by one plan, for they
    are of one year; else their titles must show that."""
    pairing = _Pairing(items, others)
    agree = same_plan or _is_one_plan(items, others)
    pairing.by(
        lambda item: item.plan_number and (item.kind, item.plan_number),
        lambda item, other: _by_plan_number(item, other, agree=agree),
    )
    pairing.by(lambda item: item.title and (item.kind, item.title), _by_title)
    pairing.by(lambda item: item.title or None, _by_title)
    pairing.by(lambda item: item.number and (item.kind, item.number), _by_number)
    pairing.by_likeness()
    return pairing.pairs


def _is_one_plan(items: Sequence[ItemDigest], others: Sequence[ItemDigest]) -> bool:
    """Whether most of the plan-wide numbers that both reports have stand at resembling titles."""
    there = {other.plan_number: other for other in others if other.plan_number}
    shared = [(item, there[item.plan_number]) for item in items if item.plan_number in there]
    return 2 * sum(_resemble(item.title, other.title) for item, other in shared) > len(shared)


def _by_plan_number(item: ItemDigest, other: ItemDigest, *, agree: bool) -> str | None:
    name = f"課題番号 {item.number} "
    if item.title == other.title:
        return f"{name}と項目名が同じ"
    plan, planned = _plan(item), _plan(other)
    known = agree or _resemble(item.title, other.title) or _resemble(plan, planned)
    return f"{name}が同じ" if known else None


def _by_number(item: ItemDigest, other: ItemDigest) -> str | None:
    if item.title and item.title == other.title:
        return f"番号 {item.number} と項目名が同じ"
    return f"番号 {item.number} が同じで、項目名のよく似た" if _resemble(item.title, other.title) else None


def _by_title(item: ItemDigest, other: ItemDigest) -> str:
    if item.number and (item.kind, item.number) == (other.kind, other.number):
        return f"番号 {item.number} と項目名が同じ"
    return "項目名が同じ"


def _plan(item: ItemDigest) -> str:
    return "".join(plain(text) for _, text in item.plan)


def _resemble(one: str, other: str) -> bool:
    return bool(one and other) and likeness(bigrams(one), bigrams(other)) >= _ALIKE


def _alone(items: Mapping[int, ItemDigest], key: _Key) -> dict[Hashable, int]:
    """The items that alone have their key."""
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, item in items.items():
        value = key(item)
        if value:
            found[value].append(place)
    return {value: places[0] for value, places in found.items() if len(places) == 1}


def _nearest(items: Mapping[int, ItemDigest], others: Mapping[int, ItemDigest]) -> dict[int, int]:
    """For each item the other of its kind whose title resembles it most, and clearly more than the next."""
    holders = _holders(others)
    held = {place: bigrams(other.title) for place, other in others.items()}
    found = {}
    for place, item in items.items():
        own = bigrams(item.title)
        candidates = Counter(other for pair in own for other in holders.get(pair, ()))
        likely = [
            (likeness(own, held[other]), other)
            for other, _ in candidates.most_common(5)
            if others[other].kind == item.kind
        ]
        (best, other), (next_best, _) = [*sorted(likely, reverse=True), (0.0, -1), (0.0, -1)][:2]
        if best >= _MUCH_ALIKE and best - next_best >= _CLEARLY:
            found[place] = other
    return found


def _holders(items: Mapping[int, ItemDigest]) -> dict[str, list[int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in items.items():
        for pair in _titled(item.title):
            holders[pair].append(place)
    return {pair: places for pair, places in holders.items() if len(places) <= _COMMON}


def _titled(title: str) -> Iterable[str]:
    return bigrams(title) if title else ()


def matched(pairs: Mapping[int, Pair]) -> Iterator[Pair]:
    """The pairs in the order of the items."""
    return (pairs[place] for place in sorted(pairs))
