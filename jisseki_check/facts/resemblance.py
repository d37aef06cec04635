"""What two texts have in common, when dates and numbers are left out of the comparison.

A skeleton is a text without blanks and quotation marks, in which a sign stands for each date and for
each counted number: a passage that was copied and then given another number still reads the same.
Passages are grown from windows of `WINDOW` characters that both texts hold, and across short gaps, so
that one changed word does not hide the rest.

Comparing every text with every other would be quadratic. Windows are held in one index, each by the first
text of each class that has it, and a text is compared with the few that share most with it: the cost grows
with the texts, and a phrase that stands in thousands of them is still found in each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jisseki_check.notation.counts import Count
from jisseki_check.notation.dates import DateMention
from jisseki_check.notation.width import fold

WINDOW = 8
# A window is looked up wherever it stands, and held at every fourth place: a passage of 11 is never missed.
_STEP = 4
# Of longer texts only the windows that begin with one character in sixteen are held.
_LONG = 20_000
_GAP, _LINK = 40, 5
_PARTNERS = 3

_DATE, _NUMBER = "\ue000", "\ue001"
_DROPPED = re.compile(r"[\s・「」『』“”\"]+")
_COUNTER_AT = re.compile(r"[^0-9,.約△▲−〇一二三四五六七八九十百千万億 ]")

Mention = DateMention | Count


@dataclass(frozen=True)
class Skeleton:
    """`text`, the offset in the original of each of its characters, and what its signs stand for."""

    text: str
    offsets: list[int]
    mentions: dict[int, Mention]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a stretch of the skeleton stands for."""
        last = self.mentions.get(end - 1)
        return self.offsets[start], self.offsets[end - 1] + 1 if last is None else last.end

    @cached_property
    def windows(self) -> dict[str, int]:
        """The windows to look up, and where each stands first."""
        text = self.text
        return {text[at : at + WINDOW]: at for at in reversed(_places(text, 1))}

    def held(self) -> Iterator[tuple[str, int]]:
        """The windows to be found by, and where they stand."""
        text = self.text
        return ((text[at : at + WINDOW], at) for at in _places(text, _STEP))


def _places(text: str, step: int) -> Sequence[int]:
    """Where windows are taken; of a long text a choice that its characters make, not their places."""
    count = len(text) - WINDOW + 1
    if len(text) <= _LONG:
        return range(0, count, step)
    return [at for at in range(count) if not ord(text[at]) & 15]


def skeleton(text: str, dates: Sequence[DateMention], counts: Sequence[Count]) -> Skeleton:
    """The skeleton of a text whose dates and counts have been found."""
    folded = fold(text)
    cuts: list[tuple[int, int, Mention | None]] = [
        (*match.span(), None) for match in _DROPPED.finditer(folded)
    ]
    cuts += [(date.start, date.end, date) for date in dates]
    cuts += [(count.start, _number_end(folded, count), count) for count in counts]
    cuts.sort(key=lambda cut: cut[:2])
    pieces: list[str] = []
    offsets: list[int] = []
    mentions: dict[int, Mention] = {}
    at = 0
    for start, end, mention in cuts:
        if start < at:
            continue
        pieces.append(folded[at:start])
        offsets.extend(range(at, start))
        if mention is not None:
            mentions[len(offsets)] = mention
            pieces.append(_DATE if isinstance(mention, DateMention) else _NUMBER)
            offsets.append(start)
        at = end
    pieces.append(folded[at:])
    offsets.extend(range(at, len(folded)))
    return Skeleton("".join(pieces), offsets, mentions)


def _number_end(folded: str, count: Count) -> int:
    """The number alone is left out; its counter stays."""
    match = _COUNTER_AT.search(folded, count.start, count.end)
    return match.start() if match else count.end


@dataclass(frozen=True, slots=True)
class Block:
    """`length` equal characters of two skeletons, from `at` in the one and `other_at` in the other."""

    at: int
    other_at: int
    length: int

    @property
    def end(self) -> int:
        return self.at + self.length

    @property
    def other_end(self) -> int:
        return self.other_at + self.length

    def gap(self, before: Block) -> float:
        """What stands between this block and the one before it, on average of both texts."""
        return (self.at - before.end + self.other_at - before.other_end) / 2


Chain = tuple[Block, ...]


def chains(here: Skeleton, there: Skeleton, seeds: list[tuple[int, int]]) -> Iterator[Chain]:
    """The passages grown from `seeds`, pairs of places that begin with the same window; each text's
    characters are gone through once."""
    covered = 0
    for at, other_at in seeds:
        if at >= covered:
            chain = _grow(here.text, there.text, at, other_at, covered)
            covered = chain[-1].end
            yield chain


def _grow(here: str, there: str, at: int, other_at: int, floor: int) -> Chain:
    back = 0
    room = min(at - floor, other_at)
    while back < room and here[at - back - 1] == there[other_at - back - 1]:
        back += 1
    block = _ahead(here, there, at - back, other_at - back)
    held = _behind(here, there, block, floor)
    held.append(block)
    while (link := _link(here, there, block)) is not None:
        block = _ahead(here, there, *link)
        held.append(block)
    return tuple(held)


def _ahead(here: str, there: str, at: int, other_at: int) -> Block:
    length, room = 0, min(len(here) - at, len(there) - other_at)
    # By stretches first: the interpreter compares them faster than it steps.
    while (
        length < room
        and here[at + length : at + length + 32] == there[other_at + length : other_at + length + 32]
    ):
        length += 32
    length = min(length, room)
    while length < room and here[at + length] == there[other_at + length]:
        length += 1
    return Block(at, other_at, length)


def _link(here: str, there: str, block: Block) -> tuple[int, int] | None:
    """Where both texts go on alike after a short difference."""
    rest = there[block.other_end : block.other_end + _GAP + _LINK]
    for at in range(block.end, min(block.end + _GAP, len(here) - _LINK + 1)):
        found = rest.find(here[at : at + _LINK])
        if found >= 0:
            return at, block.other_end + found
    return None


def _behind(here: str, there: str, block: Block, floor: int) -> list[Block]:
    """The blocks before, across short differences, in the order of the text."""
    held: list[Block] = []
    at, other_at = block.at, block.other_at
    while (link := _link_before(here, there, at, other_at, floor)) is not None:
        end, other_end = link
        length, room = 0, min(end - floor, other_end)
        while length < room and here[end - length - 1] == there[other_end - length - 1]:
            length += 1
        at, other_at = end - length, other_end - length
        held.append(Block(at, other_at, length))
    return held[::-1]


def _link_before(here: str, there: str, at: int, other_at: int, floor: int) -> tuple[int, int] | None:
    begin = max(0, other_at - _GAP - _LINK)
    rest = there[begin:other_at]
    for end in range(at, max(floor + _LINK, at - _GAP) - 1, -1):
        found = rest.rfind(here[end - _LINK : end])
        if found >= 0:
            return end, begin + found + _LINK
    return None


def densest(chain: Chain) -> Chain:
    """The part of a chain that has most in common: at least a third of it is equal."""
    best = held = 0.0
    first, bounds = 0, (0, 1)
    for place, block in enumerate(chain):
        held -= block.gap(chain[place - 1]) if place else 0
        if held <= 0:
            held, first = 0, place
        held += 2 * block.length
        if held > best:
            best, bounds = held, (first, place + 1)
    return chain[slice(*bounds)]


@dataclass(frozen=True, slots=True)
class Sharing:
    """A text, an earlier one, and the passages that they share."""

    at: int
    other: int
    chains: tuple[Chain, ...]


def sharings(texts: Sequence[Skeleton], classes: Sequence[object]) -> list[Sharing]:
    """For each text, the earlier ones that it shares most with, at least one of each class."""
    index: dict[str, list[tuple[int, int]]] = {}
    found: list[Sharing] = []
    for number, text in enumerate(texts):
        partners = Counter(
            other for window in index.keys() & text.windows.keys() for other, _ in index[window]
        )
        for other in _chosen(partners, classes):
            seeds = _seeds(text, index, other)
            found.append(Sharing(number, other, tuple(chains(text, texts[other], seeds))))
        _hold(index, number, text, classes)
    return found


def _chosen(partners: Counter[int], classes: Sequence[object]) -> list[int]:
    """The likeliest partner of each class, and the likeliest of all."""
    ranked = sorted(partners, key=lambda other: (-partners[other], other))
    first = {classes[other]: other for other in reversed(ranked)}
    return sorted({*first.values(), *ranked[:_PARTNERS]})


def _seeds(text: Skeleton, index: dict[str, list[tuple[int, int]]], other: int) -> list[tuple[int, int]]:
    return sorted(
        (text.windows[window], at)
        for window in index.keys() & text.windows.keys()
        for place, at in index[window]
        if place == other
    )


def _hold(
    index: dict[str, list[tuple[int, int]]], number: int, text: Skeleton, classes: Sequence[object]
) -> None:
    own = classes[number]
    for window, at in text.held():
        held = index.get(window)
        if held is None:
            index[window] = [(number, at)]
        elif all(classes[other] != own for other, _ in held):
            held.append((number, at))
