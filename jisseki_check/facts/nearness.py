"""Compounds that differ in one word: told of in the same words (本稼働, 本格稼働), or one in the plan and the
other in the result (校務支援ソフト, 校務支援システム)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jisseki_check.facts.prose import COMPOUND, Passage, Prose
from jisseki_check.facts.variants import Variant, hit, ordered
from jisseki_check.notation.morphemes import one_of

_RARE = 3  # places in the document; what is named more often is a thing of its own
_GROUP = 6  # compounds alike but for one word; more of them are a series
_LEAST_SHARED = 2  # words that two names have alike before their heads
_REACH = 12  # words looked at on each side
_CONTENT = frozenset({"noun", "action", "name", "verb", "adjective", "adjectival", "adverbial", "number"})
_SHORTENED = frozenset({"noun", "action", "prefix"})
_ENDS = frozenset("。「」『』（）()\n")
_PLAN = frozenset({"title", "goal", "initiative"})
_PART = one_of(*COMPOUND)
_COMPOUND = re.compile(f"(?<!{_PART}){_PART}{{2,5}}(?!{_PART})")


class _Compound(NamedTuple):
    passage: Passage
    first: int
    last: int


Compounds = dict[tuple[str, ...], list[_Compound]]
"""Where each compound stands, by the normal forms of its words."""


def find_near_terms(found: Compounds) -> Iterator[Variant]:
    """Pairs of rare compounds; `same_words`: how many words of content go on alike around both."""
    for terms in _alike(found):
        gap = next(at for at, (one, two) in enumerate(zip(*terms[:2], strict=True)) if one != two)
        for place, one in enumerate(terms):
            for two in terms[place + 1 :]:
                evidence = max(
                    (_evidence(a, b, gap) for a in found[one] for b in found[two]),
                    default=0,
                )
                if evidence and not _stand_together(found[one], found[two]):
                    sides = [[hit(c.passage, c.first, c.last) for c in found[term]] for term in (one, two)]
                    yield Variant(*ordered(*sides), same_words=evidence)


def find_renamed(found: Compounds, heads: Mapping[str, int], names: Mapping[str, int]) -> Iterator[Variant]:
    """What an item's plan calls one way and its result another; of each group of names one number."""
    groups: dict[tuple[object, ...], dict[str, list[_Compound]]] = defaultdict(lambda: defaultdict(list))
    for term, compounds in found.items():
        for length in (1, 2):
            stem, head = term[:-length], "".join(term[-length:])
            group = heads.get(head) if len(stem) >= _LEAST_SHARED else names.get(head) if not stem else None
            if group is not None:
                for compound in compounds:
                    groups[(compound.passage.item, group, stem)][head].append(compound)
    for terms in groups.values():
        if len(terms) == 2 and _is_renamed(*terms.values()):
            sides = [[hit(c.passage, c.first, c.last) for c in compounds] for compounds in terms.values()]
            yield Variant(*ordered(*sides))


def _is_renamed(one: list[_Compound], two: list[_Compound]) -> bool:
    results = [{c.passage.field == "result" for c in side} for side in (one, two)]
    return results in ([{True}, {False}], [{False}, {True}])


def find_compounds(prose: Prose) -> Compounds:
    """Where each compound of two to five words stands."""
    found: dict[tuple[str, ...], list[_Compound]] = defaultdict(list)
    for passage in prose.passages:
        normals = passage.words.normals
        for match in _COMPOUND.finditer(passage.words.shape):
            first, end = match.span()
            found[normals[first:end]].append(_Compound(passage, first, end - 1))
    return found


def _alike(found: Compounds) -> list[list[tuple[str, ...]]]:
    """Rare compounds that are the same but for the word at one place."""
    groups: dict[tuple[object, ...], list[tuple[str, ...]]] = defaultdict(list)
    for term, places in found.items():
        if len(places) <= _RARE:
            for gap in range(len(term)):
                groups[gap, term[:gap], term[gap + 1 :]].append(term)
    return [terms for terms in groups.values() if 2 <= len(terms) <= _GROUP]


def _stand_together(one: list[_Compound], two: list[_Compound]) -> bool:
    """Two things told of side by side are two things."""
    return not {id(c.passage) for c in one}.isdisjoint(id(c.passage) for c in two)


def _evidence(one: _Compound, two: _Compound, gap: int) -> int:
    here, there = one.passage.words, two.passage.words
    a, b = one.first + gap, two.first + gap
    kinds = {here.kinds[a], there.kinds[b]}
    if kinds <= _SHORTENED and _is_short_for(here.surfaces[a], there.surfaces[b]):
        least = 1
    elif a == one.last and kinds == {"noun"} and _is_plan_and_result(one.passage, two.passage):
        least = 0
    else:
        return 0
    before, behind = _shared(one, two, -1), _shared(one, two, 1)
    return before + behind if before and behind >= least else 0


def _is_short_for(one: str, two: str) -> bool:
    return one != two and (one.startswith(two) or two.startswith(one))


def _is_plan_and_result(one: Passage, two: Passage) -> bool:
    fields = {one.field, two.field}
    return one.item == two.item and "result" in fields and not _PLAN.isdisjoint(fields)


def _shared(one: _Compound, two: _Compound, step: int) -> int:
    """How many words of content are the same, from the compounds outwards."""
    here, there = one.passage.words, two.passage.words
    a = one.first if step < 0 else one.last
    b = two.first if step < 0 else two.last
    count = 0
    for distance in range(1, _REACH + 1):
        x, y = a + step * distance, b + step * distance
        if not (0 <= x < len(here) and 0 <= y < len(there)):
            break
        if here.normals[x] != there.normals[y] or here.surfaces[x] in _ENDS:
            break
        count += here.kinds[x] in _CONTENT
    return count
