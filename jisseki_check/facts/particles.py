"""Particles that are missing, doubled, or at odds with the verb behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jisseki_check.facts.bare_nouns import find_bare_noun, find_bare_stem
from jisseki_check.facts.prose import Passage, Prose
from jisseki_check.facts.slips import NOUNS, Slip, Verbs, Words
from jisseki_check.notation.morphemes import LETTERS, PARTICLES, one_of

_DOUBLED = tuple(2 * particle for particle in PARTICLES)
_PARTED = "をがに"
"""Those that a line break of an extraction does not set beside one another."""
_CLASHES = ("をが", "がを", "をに", "にを", "をは", "はを", "がに", "がは", "はが", "をの", "にの")
_WHILE = "つつ"
_OWNERS = frozenset({"noun", "action", "name", "pronoun", "prefix", "suffix", "counter"})
_EMPTY = frozenset({"こと", "ため", "もの", "よう", "ほか", "とき", "際", "場合"})


def find_particle_slips(prose: Prose, verbs: Verbs) -> Iterator[Slip]:
    """The slips in running text; what stands in quotation marks is cited.

    `verbs`: by what they take, as rules/lists/verbs.yaml names it.
    """
    for passage in prose.passages:
        for match in _LOOKED_AT.finditer(passage.words.shape):
            look = _LOOKS[(match.lastindex or 0) - 1][1]
            slip = look(Words(passage, match.end()), verbs)
            if slip is not None and not passage.is_quoted(slip.hit.start):
                yield slip
        if _WHILE in passage.text:
            yield from _without_verb(passage)


def _verb_behind_particle(words: Words, verbs: Verbs) -> Slip | None:
    """確保を努め, 充実に図り, 対策を取り組み, 種類を拡充に取り組み."""
    noun = words.surface(-2)
    particle, before = words.surface(-1), words.surface(-3)
    if particle == before == "を":
        return _second_object(words, verbs)
    verb, written = words.normal(0), words.surface(0)
    takes_on = written.startswith("取") and words.normal(1) == "組む"
    last = 1 if takes_on else 0
    written += words.surface(1) if takes_on else ""
    if particle == "を":
        is_slip = takes_on or verb in verbs["takes_ni"]
        return words.slip(-2, last, f"{noun}に{written}") if is_slip else None
    if particle != "に" or words.kind(-2) != "action" or words.normal(-2) in verbs["as_means"]:
        return None
    if verb in verbs["takes_o"]:
        return words.slip(-2, last, f"{noun}を{written}")
    if before == "を" and words.kind(-4) in NOUNS and (takes_on or verb == "努める"):
        return words.slip(-4, last, f"{words.surface(-4)}の{noun}に{written}")
    return None


def _action_behind_particle(words: Words, verbs: Verbs) -> Slip | None:
    """増進を寄与し, 費用が縮減することができ."""
    if words.surface(-1) == "が":
        return _thing_that_acts(words, verbs)
    if (
        words.surface(-1) == "を"
        and words.normal(0) in verbs["takes_ni_action"]
        and words.normal(1) == "為る"
    ):
        return words.slip(-2, 1, f"{words.surface(-2)}に{words.surface(0)}{words.surface(1)}")
    return None


def _thing_that_acts(words: Words, verbs: Verbs) -> Slip | None:
    """What somebody can shorten, as if it could do so itself."""
    able = words.surface(1) == "する" and words.surface(2) == "こと" and words.normal(4) == "出来る"
    if (
        not able
        or words.surface(-2) not in verbs["measures"]
        or words.normal(0) not in verbs["takes_o_action"]
    ):
        return None
    return words.slip(-2, 1, f"{words.surface(-2)}を{words.surface(0)}する")


def _particle_behind_particle(words: Words, verbs: Verbs) -> Slip | None:
    """をを, をが; not 一翼をになう."""
    one, two = words.surface(-1), words.surface(0)
    if one + two in _DOUBLED:
        return words.slip(-2, 0, f"{words.surface(-2)}{one}")
    carries = one + two == "をに" and words.surface(1).startswith("な")
    return words.slip(-2, 0, None) if one + two in _CLASHES and not carries else None


def _particle_behind_blank(words: Words, verbs: Verbs) -> Slip | None:
    """を を."""
    one, two = words.surface(-2), words.surface(0)
    if one == two and one in _PARTED and words.kind(-2) == "particle" and words.surface(-1) == " ":
        return words.slip(-3, 0, f"{words.surface(-3)}{one}")
    return None


def _without_verb(passage: Passage) -> Iterator[Slip]:
    """検討つつ."""
    words = passage.words
    for number, surface in enumerate(words.surfaces[1:]):
        noun = words[number]
        if surface == _WHILE and words.kinds[number + 1] == "particle" and noun.kind in NOUNS:
            usual = f"{noun.surface}し{_WHILE}" if noun.kind == "action" else None
            slip = Words(passage, number).slip(0, 1, usual)
            if not passage.is_quoted(slip.hit.start):
                yield slip


def _second_object(words: Words, verbs: Verbs) -> Slip | None:
    """整備を推進を図る; not 資料を調査を行う課に送る, whose second object belongs to a clause of its own."""
    if words.kind(-4) not in NOUNS or words.normal(0) not in verbs["light"]:
        return None
    action, verb = words(-2), words(0)
    if action.kind != "action" and action.surface not in verbs["stems"]:
        return None
    if verb.surface == verb.normal and words.kind(1) in _OWNERS and words.surface(1) not in _EMPTY:
        return None
    return words.slip(-4, 0, f"{words.surface(-4)}の{action.surface}を{verb.surface}")


def _particle_behind_ending(words: Words, verbs: Verbs) -> Slip | None:
    """実施しましたを."""
    ending = words.surface(-2) + words.surface(-1) if words.surface(-1) == "た" else words.surface(-1)
    return (
        words.slip(-2, 0, None) if words.surface(0) == "を" and ending in {"ます", "ました", "です"} else None
    )


_NOUN, _ACTION, _VERB = one_of(*NOUNS), LETTERS["action"], LETTERS["verb"]
# The word and the ones beside it decide for most of the words that nothing is to be looked for.
_LOOKS: tuple[tuple[str, Callable[[Words, Verbs], Slip | None]], ...] = (
    (f"{one_of(*NOUNS, 'adverbial')}(?={_VERB})", find_bare_noun),
    (f"(?<={_NOUN}){LETTERS['noun']}(?={LETTERS['sign']})", find_bare_stem),
    (f"(?<={_NOUN})[をに](?={_VERB})", _verb_behind_particle),
    (f"[をが](?={_ACTION})", _action_behind_particle),
    ("|".join(f"{pair[0]}(?={pair[1]})" for pair in (*_DOUBLED, *_CLASHES)), _particle_behind_particle),
    (f"{LETTERS['blank']}(?=[{_PARTED}])", _particle_behind_blank),
    (f"{LETTERS['auxiliary']}(?=を)", _particle_behind_ending),
)
_LOOKED_AT = re.compile("|".join(f"({shape})" for shape, _ in _LOOKS))
