"""Particles that are missing, doubled, or at odds with the verb behind them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jisseki_check.facts.bare_nouns import find_bare_noun, find_bare_stem
from jisseki_check.facts.prose import Passage, Prose
from jisseki_check.facts.slips import NOUNS, Slip, Verbs, Words

_DOUBLED = frozenset("をがにのはでへ")
_PARTED = frozenset("をがに")
"""Those that a line break of an extraction does not set beside one another."""
_CLASHES = frozenset({"をが", "がを", "をに", "にを", "をは", "はを", "がに", "がは", "はが", "をの", "にの"})
_WHILE = "つつ"
_OWNERS = frozenset({"noun", "action", "name", "pronoun", "prefix", "suffix", "counter"})
_EMPTY = frozenset({"こと", "ため", "もの", "よう", "ほか", "とき", "際", "場合"})


def find_particle_slips(prose: Prose, verbs: Verbs) -> Iterator[Slip]:
    """The slips in running text; what stands in quotation marks is cited.

    `verbs`: by what they take, as rules/lists/verbs.yaml names it.
    """
    for passage in prose.passages:
        kinds = [word.kind for word in passage.words]
        # The word before decides for most of the words that nothing is to be looked for.
        looks = map(_LOOKS.get, pairwise(kinds))
        for number, look in enumerate(looks, start=1):
            if look is not None:
                slip = look(Words(passage, number), verbs)
                if slip is not None and not passage.is_quoted(slip.hit.start):
                    yield slip
        if _WHILE in passage.text:
            yield from _without_verb(passage)


def _verb_behind_particle(words: Words, verbs: Verbs) -> Slip | None:
    """確保を努め, 充実に図り, 対策を取り組み, 種類を拡充に取り組み."""
    noun, particle, verb = words(-2), words(-1), words(0)
    if noun.kind not in NOUNS:
        return None
    if particle.surface == words(-3).surface == "を":
        return _second_object(words, verbs)
    takes_on = verb.surface.startswith("取") and words(1).normal == "組む"
    last = 1 if takes_on else 0
    written = f"{verb.surface}{words(1).surface if takes_on else ''}"
    if particle.surface == "を" and (takes_on or verb.normal in verbs["takes_ni"]):
        return words.slip(-2, last, f"{noun.surface}に{written}")
    if particle.surface != "に" or noun.kind != "action" or noun.normal in verbs["as_means"]:
        return None
    if verb.normal in verbs["takes_o"]:
        return words.slip(-2, last, f"{noun.surface}を{written}")
    if words(-3).surface == "を" and words(-4).kind in NOUNS and (takes_on or verb.normal == "努める"):
        return words.slip(-4, last, f"{words(-4).surface}の{noun.surface}に{written}")
    return None


def _action_behind_particle(words: Words, verbs: Verbs) -> Slip | None:
    """増進を寄与し, 費用が縮減することができ."""
    if words(-1).surface == "が":
        return _thing_that_acts(words, verbs)
    if (
        words(-1).surface == "を"
        and words(0).normal in verbs["takes_ni_action"]
        and words(1).normal == "為る"
    ):
        return words.slip(-2, 1, f"{words(-2).surface}に{words(0).surface}{words(1).surface}")
    return None


def _thing_that_acts(words: Words, verbs: Verbs) -> Slip | None:
    """What somebody can shorten, as if it could do so itself."""
    able = words(1).surface == "する" and words(2).surface == "こと" and words(4).normal == "出来る"
    if (
        not able
        or words(-2).surface not in verbs["measures"]
        or words(0).normal not in verbs["takes_o_action"]
    ):
        return None
    return words.slip(-2, 1, f"{words(-2).surface}を{words(0).surface}する")


def _particle_behind_particle(words: Words, verbs: Verbs) -> Slip | None:
    """をを, をが; not 一翼をになう."""
    one, two = words(-1).surface, words(0).surface
    if one == two and one in _DOUBLED:
        return words.slip(-2, 0, f"{words(-2).surface}{one}")
    carries = one + two == "をに" and words(1).surface.startswith("な")
    return words.slip(-2, 0, None) if one + two in _CLASHES and not carries else None


def _particle_behind_blank(words: Words, verbs: Verbs) -> Slip | None:
    """を を."""
    one, two = words(-2).surface, words(0).surface
    if one == two and one in _PARTED and words(-2).kind == "particle" and words(-1).surface == " ":
        return words.slip(-3, 0, f"{words(-3).surface}{one}")
    return None


def _without_verb(passage: Passage) -> Iterator[Slip]:
    """検討つつ."""
    for number, (noun, particle) in enumerate(pairwise(passage.words)):
        if particle.surface == _WHILE and particle.kind == "particle" and noun.kind in NOUNS:
            usual = f"{noun.surface}し{_WHILE}" if noun.kind == "action" else None
            slip = Words(passage, number).slip(0, 1, usual)
            if not passage.is_quoted(slip.hit.start):
                yield slip


def _second_object(words: Words, verbs: Verbs) -> Slip | None:
    """整備を推進を図る; not 資料を調査を行う課に送る, whose second object belongs to a clause of its own."""
    action, verb = words(-2), words(0)
    if words(-4).kind not in NOUNS or verb.normal not in verbs["light"]:
        return None
    if action.kind != "action" and action.surface not in verbs["stems"]:
        return None
    if verb.surface == verb.normal and words(1).kind in _OWNERS and words(1).surface not in _EMPTY:
        return None
    return words.slip(-4, 0, f"{words(-4).surface}の{action.surface}を{verb.surface}")


def _particle_behind_ending(words: Words, verbs: Verbs) -> Slip | None:
    """実施しましたを."""
    ending = words(-2).surface + words(-1).surface if words(-1).surface == "た" else words(-1).surface
    return (
        words.slip(-2, 0, None) if words(0).surface == "を" and ending in {"ます", "ました", "です"} else None
    )


_LOOKS = {
    **{(kind, "verb"): find_bare_noun for kind in NOUNS | {"adverbial"}},
    ("noun", "sign"): find_bare_stem,
    ("particle", "verb"): _verb_behind_particle,
    ("particle", "action"): _action_behind_particle,
    ("particle", "particle"): _particle_behind_particle,
    ("blank", "particle"): _particle_behind_blank,
    ("auxiliary", "particle"): _particle_behind_ending,
}
