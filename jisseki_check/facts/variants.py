"""Words that one document spells in two ways, or writes with another homophone."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from jisseki_check.facts.prose import COMPOUND, CONTENT, Hit, Passage, Prose

_KANA = re.compile("[ぁ-ゖー]+")
_KATAKANA = re.compile("[ァ-ヺー・]+")
_KANJI = re.compile("[㐀-鿿々]")

_TELLING = frozenset({"noun", "action", "name"})
_NOUNS = frozenset({"noun", "action"})
_COMPARED_AT_MOST = 50  # compounds with the same neighbour

Place = tuple[Passage, int]
"""A word: the passage, and its number there."""

_Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a compound before and behind one of its words."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Two ways of writing one thing; `same_words`: how many words alike stand around both, if asked."""

    rarer: tuple[Hit, ...]
    usual: tuple[Hit, ...]
    same_words: int | None = None

    @property
    def share(self) -> float:
        return len(self.rarer) / (len(self.rarer) + len(self.usual))


def hit(passage: Passage, first: int, last: int) -> Hit:
    """The words of these numbers, the last one included."""
    bounds = passage.words.bounds
    return Hit(passage, bounds[first], bounds[last + 1])


def ordered(one: Iterable[Hit], other: Iterable[Hit]) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """The rarer ones first; of equally many those that begin later."""
    sides = [tuple(sorted(side, key=lambda each: each.order)) for side in (one, other)]
    rarer, usual = sorted(sides, key=lambda side: (len(side), -side[0].order))
    return rarer, usual


# --- one word in two spellings ------------------------------------------------------------------


def find_spelling_variants(prose: Prose, both: frozenset[str], taken: Set[int]) -> Iterator[Variant]:
    """Words with another 送り仮名, long vowel, or kana for kanji. `both`: normal forms of words that may be
    spelt in two ways; `taken`: what a finding says already, by its offsets in the whole text."""
    for normal, surfaces in _by_normal(prose).items():
        if normal in both:
            continue
        used = _in_like_use(surfaces, taken)
        if len(used) < 2:
            continue
        usual, *rest = sorted(used, key=lambda surface: -len(used[surface]))
        rarer = [place for surface in rest for place in used[surface] if _is_respelling(usual, surface)]
        if rarer:
            sides = [
                [hit(passage, number, number) for passage, number in side] for side in (rarer, used[usual])
            ]
            yield Variant(*ordered(*sides))


def _by_normal(prose: Prose) -> Mapping[str, Mapping[str, list[Place]]]:
    """The places of the words that are spelt in more than one way, by their normal form and spelling."""
    first: dict[str, str] = {}
    several = {
        normal for normal, surface, *_ in prose.vocabulary if first.setdefault(normal, surface) != surface
    }
    found: dict[str, dict[str, list[Place]]] = {}
    for passage in prose.passages if several else ():
        words = passage.words
        for number in [at for at, normal in enumerate(words.normals) if normal in several]:
            if words.kinds[number] in CONTENT:
                spelt = found.setdefault(words.normals[number], {})
                spelt.setdefault(words.surfaces[number], []).append((passage, number))
    return found


def _in_like_use(surfaces: Mapping[str, list[Place]], taken: Set[int]) -> dict[str, list[Place]]:
    """The places at which two of the spellings stand in the like of one another's position."""
    by_use: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for surface, places in surfaces.items():
        katakana = _KATAKANA.fullmatch(surface) is not None
        for passage, number in places:
            if passage.at + passage.words.bounds[number] in taken or _is_other_use(passage, number):
                continue
            by_use["" if katakana else _use(passage, number)][surface].append((passage, number))
    used: dict[str, list[Place]] = defaultdict(list)
    for held in by_use.values():
        if len(held) > 1:
            for surface, places in held.items():
                used[surface] += places
    return used


def _use(passage: Passage, number: int) -> str:
    """What the spelling may depend on: the word behind it in its compound (申込書 beside 申込み), and
    whether it counts (3か所 beside 危険箇所)."""
    words = passage.words
    goes_on = number + 1 < len(words) and words.kinds[number + 1] in COMPOUND
    counts = number > 0 and words.kinds[number - 1] == "number"
    return f"{'#' if counts else ''}{words.normals[number + 1] if goes_on else ''}"


def _is_other_use(passage: Passage, number: int) -> bool:
    """A part of a title (行政手続法), or a verb that was taken for a noun (申請を受け付け、)."""
    if passage.is_title(number):
        return True
    words = passage.words
    if number == 0 or words.surfaces[number - 1] != "を":
        return False
    return number + 1 == len(words) or words.kinds[number + 1] in {"sign", "auxiliary", "blank"}


def _is_respelling(usual: str, other: str) -> bool:
    one, two = (unicodedata.normalize("NFKC", each) for each in (usual, other))
    if one == two:
        return False  # another width only
    if _KATAKANA.fullmatch(one) and _KATAKANA.fullmatch(two):
        return one.replace("ー", "") == two.replace("ー", "")
    kanji = [_KANA.sub("", each) for each in (one, two)]
    if kanji[0] == kanji[1]:
        return len(kanji[0]) >= 2  # another 送り仮名
    return _is_in_kana(one, two) or _is_in_kana(two, one)


def _is_in_kana(written: str, kana: str) -> bool:
    """全て and すべて, 子供 and 子ども; not 時 and とき, which are two things in official writing."""
    if len(written) < 2 or not _KANJI.search(written):
        return False
    head = _KANJI.findall(kana)
    return len(head) < len(_KANJI.findall(written)) and all(sign in written for sign in head)


# --- with ・ and without ------------------------------------------------------------------------


def find_dot_variants(prose: Prose) -> Iterator[Variant]:
    """人事・給与システム beside 人事給与システム: the same words behind or before them, or nothing else."""
    dotted: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for passage in prose.passages:
        kinds, normals = passage.words.kinds, passage.words.normals
        for number, surface in enumerate(passage.words.surfaces[:-1]) if "・" in passage.text else ():
            if surface == "・" and number and {kinds[number - 1], kinds[number + 1]} <= _TELLING:
                dotted[normals[number - 1], normals[number + 1]].append((passage, number))
    if not dotted:
        return
    firsts = {first for first, _ in dotted}
    joined: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for passage in prose.passages:
        normals = passage.words.normals
        for number in [at for at, normal in enumerate(normals) if normal in firsts]:
            if normals[number : number + 2] in dotted:
                joined[normals[number], normals[number + 1]].append((passage, number))
    for pair, places in joined.items():
        yield from _same_compounds(places, dotted[pair])


def _same_compounds(joined: list[Place], dotted: list[Place]) -> Iterator[Variant]:
    """Those of both that go on with the same word."""
    by_rest: dict[str, tuple[list[Hit], list[Hit]]] = defaultdict(lambda: ([], []))
    for side, (places, width) in enumerate(((joined, 1), (dotted, 2))):
        for passage, number in places:
            first = number + 1 - width
            rest = _behind(passage, first + width)
            if rest:
                by_rest[rest][side].append(hit(passage, first, first + width))
    sides: tuple[list[Hit], list[Hit]] = [], []
    for without, with_dot in by_rest.values():
        if without and with_dot:
            sides[0].extend(without)
            sides[1].extend(with_dot)
    if all(sides):
        yield Variant(*ordered(*sides))


def _behind(passage: Passage, number: int) -> str:
    words = passage.words
    is_telling = number + 1 < len(words) and words.kinds[number + 1] in _TELLING
    return words.normals[number + 1] if is_telling else ""


# --- another homophone --------------------------------------------------------------------------


def find_homophones(prose: Prose, both: frozenset[str]) -> Iterator[Variant]:
    """Words of two or more kanji that sound alike and stand in the same compound (市政施行, 市制施行).

    `both`: words that may stand in the same compound as their homophones (市立, 私立).
    """
    alike: dict[str, dict[str, None]] = defaultdict(dict)
    for _, surface, kind, reading in prose.vocabulary:
        if kind in _NOUNS and reading and len(surface) >= 2:
            alike[reading][surface] = None
    # Most words have no homophone in the document.
    confusable = {
        reading
        for reading, surfaces in alike.items()
        if len(surfaces) > 1 and any(_are_confusable(*pair, both) for pair in combinations(surfaces, 2))
    }
    for surfaces in _by_reading(prose, confusable).values():
        held = sorted(surfaces, key=lambda surface: -len(surfaces[surface]))
        for place, usual in enumerate(held):
            for other in held[place + 1 :]:
                if _are_confusable(usual, other, both):
                    yield from _in_same_compounds(surfaces[usual], surfaces[other])


def _by_reading(prose: Prose, readings: Set[str]) -> Mapping[str, Mapping[str, list[Place]]]:
    """The places of the nouns that sound so, by their spelling."""
    found: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for passage in prose.passages if readings else ():
        words = passage.words
        for number in [at for at, reading in enumerate(words.readings) if reading in readings]:
            if words.kinds[number] in _NOUNS and len(words.surfaces[number]) >= 2:
                found[words.readings[number]][words.surfaces[number]].append((passage, number))
    return found


def _are_confusable(one: str, two: str, both: frozenset[str]) -> bool:
    if len(one) != len(two) or one in both or two in both:
        return False
    if not all(map(_KANJI.match, one + two)):
        return False
    return any(a == b for a, b in zip(one, two, strict=True))


def _in_same_compounds(usual: list[Place], other: list[Place]) -> Iterator[Variant]:
    index: dict[str, list[_Sides]] = defaultdict(list)
    held = _by_sides(usual)
    for sides in held:
        for neighbour in _neighbours(sides):
            index[neighbour].append(sides)
    rarer: list[Hit] = []
    same: dict[_Sides, list[Hit]] = {}
    for sides, hits in _by_sides(other).items():
        candidates = (each for key in _neighbours(sides) for each in index.get(key, ())[:_COMPARED_AT_MOST])
        alike = [each for each in candidates if _agree(sides, each)]
        if alike:
            rarer += hits
            same |= {each: held[each] for each in alike}
    if rarer:
        yield Variant(*ordered(rarer, [hit for hits in same.values() for hit in hits]))


def _by_sides(places: list[Place]) -> dict[_Sides, list[Hit]]:
    found: dict[_Sides, list[Hit]] = defaultdict(list)
    for passage, number in places:
        sides = _side(passage, number, -1), _side(passage, number, 1)
        found[sides].append(hit(passage, number, number))
    return found


def _side(passage: Passage, number: int, step: int) -> tuple[str, ...]:
    """The words of the compound on one side, from the word outwards; what counts or qualifies only
    (等, 化, 70) is no evidence, but must agree."""
    out = []
    words = passage.words
    for distance in range(1, 8):
        at = number + step * distance
        if not 0 <= at < len(words) or words.kinds[at] not in COMPOUND:
            break
        normal = words.normals[at]
        out.append(normal if words.kinds[at] in _TELLING else f"~{normal}")
    return tuple(out)


def _neighbours(sides: _Sides) -> list[str]:
    return [
        f"{sign}{side[0]}"
        for sign, side in zip("<>", sides, strict=True)
        if side and not side[0].startswith("~")
    ]


def _agree(one: _Sides, two: _Sides) -> bool:
    """Whether the compounds agree as far as they both reach."""
    return all(
        a == b for left, right in zip(one, two, strict=True) for a, b in zip(left, right, strict=False)
    )
