"""Compounds that differ in one word: told of in the same words (本稼働, 本格稼働), or one in the plan and the
other in the result (校務支援ソフト, 校務支援システム)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jisseki_check.facts.prose import COMPOUND, Passage, Prose
from jisseki_check.facts.variants import Variant, hit, ordered

_RARE = 3  # places in the document; what is named more often is a thing of its own
_GROUP = 6  # compounds alike but for one word; more of them are a series
_LEAST_SHARED = 2  # words that two names have alike before their heads
_REACH = 12  # words looked at on each side
_CONTENT = frozenset({"noun", "action", "name", "verb", "adjective", "adjectival", "adverbial", "number"})
_SHORTENED = frozenset({"noun", "action", "prefix"})
_ENDS = frozenset("。「」『』（）()\n")
_PLAN = frozenset({"title", "goal", "initiative"})


@dataclass(frozen=True, slots=True)
class _Compound:
    passage: Passage
    first: int
    last: int


Compounds = dict[tuple[str, ...], list[_Compound]]
"""Where each compound stands, by the normal forms of its words."""


def find_near_terms(found: Compounds) -> Iterator[Variant]:
    """Pairs of rare compounds; `same_words`: how many words of content go on alike around both."""
    for (_, gap, *_), terms in _alike(found).items():
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
        first = 0
        for number, kind in enumerate((*(word.kind for word in passage.words), "")):
            if kind not in COMPOUND:
                if 2 <= number - first <= 5:
                    key = tuple([word.normal for word in passage.words[first:number]])
                    found[key].append(_Compound(passage, first, number - 1))
                first = number + 1
    return found


def _alike(found: Compounds) -> dict[tuple[object, ...], list[tuple[str, ...]]]:
    """Rare compounds that are the same but for the word at one place."""
    groups: dict[tuple[object, ...], list[tuple[str, ...]]] = defaultdict(list)
    for term, places in found.items():
        if len(places) <= _RARE:
            for gap in range(len(term)):
                groups[(len(term), gap, *term[:gap], *term[gap + 1 :])].append(term)
    return {key: terms for key, terms in groups.items() if 2 <= len(terms) <= _GROUP}


def _stand_together(one: list[_Compound], two: list[_Compound]) -> bool:
    """Two things told of side by side are two things."""
    return not {id(c.passage) for c in one}.isdisjoint(id(c.passage) for c in two)


def _evidence(one: _Compound, two: _Compound, gap: object) -> int:
    assert isinstance(gap, int)
    a, b = one.passage.words[one.first + gap], two.passage.words[two.first + gap]
    before, behind = _shared(one, two, -1), _shared(one, two, 1)
    if {a.kind, b.kind} <= _SHORTENED and _is_short_for(a.surface, b.surface):
        return before + behind if before and behind else 0
    is_head = gap == one.last - one.first
    if is_head and a.kind == b.kind == "noun" and _is_plan_and_result(one.passage, two.passage):
        return before + behind if before else 0
    return 0


def _is_short_for(one: str, two: str) -> bool:
    return one != two and (one.startswith(two) or two.startswith(one))


def _is_plan_and_result(one: Passage, two: Passage) -> bool:
    fields = {one.field, two.field}
    return one.item == two.item and "result" in fields and not _PLAN.isdisjoint(fields)


def _shared(one: _Compound, two: _Compound, step: int) -> int:
    """How many words of content are the same, from the compounds outwards."""
    a = one.first if step < 0 else one.last
    b = two.first if step < 0 else two.last
    count = 0
    for distance in range(1, _REACH + 1):
        x, y = a + step * distance, b + step * distance
        if not (0 <= x < len(one.passage.words) and 0 <= y < len(two.passage.words)):
            break
        left, right = one.passage.words[x], two.passage.words[y]
        if left.normal != right.normal or left.surface in _ENDS:
            break
        count += left.kind in _CONTENT
    return count
