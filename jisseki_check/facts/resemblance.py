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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from jisseki_check.notation.counts import Count
from jisseki_check.notation.dates import DateMention
from jisseki_check.notation.width import fold

WINDOW = 8
# A window is looked up wherever it stands, and held at every fourth place: a passage of 11 is never missed.
_STEP = 4
# Of longer texts only the windows that begin with one character in sixteen are held.
_LONG = 20_000
_GAP, _LINK, _PIECE = 40, 5, 3
_PARTNERS = 3

_DATE, _NUMBER = "\ue000", "\ue001"
_DROPPED = re.compile(r"[\s・「」『』“”\"]+")
_COUNTER_AT = re.compile(r"[^0-9,.約△▲−〇一二三四五六七八九十百千万億 ]")

Mention = DateMention | Count
Cut = tuple[int, int, Mention]


@dataclass(frozen=True)
class Skeleton:
    """`written` is the text in half width, `cuts` the spans in it for which signs stand, in order.

    Where its characters stand in the original is worked out only for a text that shares a passage.
    """

    written: str
    cuts: Sequence[Cut]

    @cached_property
    def text(self) -> str:
        pieces: list[str] = []
        at = 0
        for start, end, mention in self.cuts:
            pieces += [self.written[at:start], _DATE if isinstance(mention, DateMention) else _NUMBER]
            at = end
        return _DROPPED.sub("", "".join([*pieces, self.written[at:]]))

    def windows(self) -> Iterator[str]:
        """The windows to look up; they are many, and looked up once."""
        text = self.text
        if len(text) <= _LONG:
            return map(text.__getitem__, islice(_slices(), max(0, len(text) - WINDOW + 1)))
        return (text[at : at + WINDOW] for at in _places(text, 1))

    @cached_property
    def held(self) -> dict[str, int]:
        """The windows to be found by, and where each stands first."""
        text = self.text
        return {text[at : at + WINDOW]: at for at in reversed(_places(text, _STEP))}

    @cached_property
    def offsets(self) -> list[int]:
        """The offset in the original of each character."""
        return self._worked_out[0]

    @cached_property
    def mentions(self) -> dict[int, Mention]:
        """What the signs stand for, by their places."""
        return self._worked_out[1]

    @cached_property
    def _worked_out(self) -> tuple[list[int], dict[int, Mention]]:
        offsets: list[int] = []
        mentions: dict[int, Mention] = {}
        at = 0
        for start, end, mention in self.cuts:
            _keep(offsets, self.written, at, start)
            mentions[len(offsets)] = mention
            offsets.append(start)
            at = end
        _keep(offsets, self.written, at, len(self.written))
        return offsets, mentions

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a stretch of the skeleton stands for."""
        last = self.mentions.get(end - 1)
        return self.offsets[start], self.offsets[end - 1] + 1 if last is None else last.end


def _keep(offsets: list[int], written: str, start: int, end: int) -> None:
    """Adds the places of the characters that are not left out."""
    for match in _DROPPED.finditer(written, start, end):
        offsets += range(start, match.start())
        start = match.end()
    offsets += range(start, end)


@cache
def _slices() -> list[slice]:
    """Where a text that is not long may be cut: ready made, they save the interpreter a step a window."""
    return [slice(at, at + WINDOW) for at in range(_LONG)]


def _places(text: str, step: int) -> Sequence[int]:
    """Where windows are taken; of a long text a choice that its characters make, not their places."""
    count = len(text) - WINDOW + 1
    if len(text) <= _LONG:
        return range(0, count, step)
    return [at for at in range(count) if not ord(text[at]) & 15]


def skeleton(text: str, dates: Sequence[DateMention], counts: Sequence[Count]) -> Skeleton:
    """The skeleton of a text whose dates and counts have been found."""
    folded = fold(text)
    found: list[Cut] = [(date.start, date.end, date) for date in dates]
    found += [(count.start, _number_end(folded, count), count) for count in counts]
    found.sort(key=itemgetter(0, 1))
    cuts: list[Cut] = []
    at = 0
    for cut in found:
        if cut[0] >= at:
            cuts.append(cut)
            at = cut[1]
    return Skeleton(folded, cuts)


def _number_end(folded: str, count: Count) -> int:
    """The number alone is left out; its counter stays."""
    match = _COUNTER_AT.search(folded, count.start, count.end)
    return match.start() if match else count.end


class Block(NamedTuple):
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
    first, last = block.end, min(block.end + _GAP, len(here) - _LINK + 1)
    # Each link holds one of these pieces; most texts have none of them in common.
    for piece in range(first, last + _LINK - _PIECE, _PIECE):
        if here[piece : piece + _PIECE] in rest:
            for at in range(max(first, piece + _PIECE - _LINK), min(piece + 1, last)):
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
    first, last = max(floor, at - _GAP - _LINK), at - _LINK
    for piece in range(last + _LINK - _PIECE, first - 1, -_PIECE):
        if here[piece : piece + _PIECE] in rest:
            for start in range(min(piece, last), max(first, piece + _PIECE - _LINK) - 1, -1):
                found = rest.rfind(here[start : start + _LINK])
                if found >= 0:
                    return start + _LINK, begin + found + _LINK
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
    known: set[str] = set()
    first: dict[object, dict[str, int]] = {own: {} for own in classes}
    found: list[Sharing] = []
    for number, text in enumerate(texts):
        shared: dict[int, list[str]] = {}
        for window in known.intersection(text.windows()):
            for holders in first.values():
                if window in holders:
                    shared.setdefault(holders[window], []).append(window)
        for other in _chosen(shared, classes):
            held = texts[other].held
            seeds = sorted((text.text.find(window), held[window]) for window in shared[other])
            found.append(Sharing(number, other, tuple(chains(text, texts[other], seeds))))
        holders = first[classes[number]]
        for window in text.held:
            holders.setdefault(window, number)
        known.update(text.held)
    return found


def _chosen(shared: Mapping[int, Sequence[str]], classes: Sequence[object]) -> list[int]:
    """The likeliest partner of each class, and the likeliest of all, by the windows that they share."""
    ranked = sorted(shared, key=lambda other: (-len(shared[other]), other))
    first = {classes[other]: other for other in reversed(ranked)}
    return sorted({*first.values(), *ranked[:_PARTNERS]})
