"""The clauses of a plan's text: what is to be done, by which means, and what is only said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jisseki_check.notation.morphemes import LETTERS, Analysis, letters, one_of

_OPENING = "「『（(“〔["
_CLOSING = "」』）)”〕]"
_PARENTHESES = "（(〔["
# How a clause ends that tells of the reason, the time or the condition of what follows.
_BESIDE = re.compile(
    r"(?:ため|ために|よう|ように|つつ|から|ので|ものの|場合は?|際に?は?|中|中で|とおり|[上うえ]で|なか|ながら|においても|について[はも]?)$"
)
_ALSO = re.compile(r"(?:ととも|と共に|ほか|他|だけでなく|のみならず|に加え|る(?:など|等))$|とともに$")
_MEANS = re.compile(
    r"(?:により|によって|を通じ|を通じて|を通して|ことで|を活用し|を活用して|を用い|を用いて)$"
)
# Verbs that lead on to the promise without being one.
_LEADING = frozenset(
    [
        "踏まえる",
        "基づく",
        "伴う",
        "向ける",
        "当たる",
        "応ずる",
        "応じる",
        "受ける",
        "合わせる",
        "際する",
        "備える",
        "目指す",
        "鑑みる",
        "見据える",
        "加える",
        "含める",
    ]
)
_END = 5  # words that tell what a comma closes
_STANCES = ("配慮", "留意", "考慮", "注視", "意識", "念頭", "徹底")
_TELLS_STATE = re.compile(
    r"(?:ました|ています|ております|ていた|である|であった|あります|おります|なっています|れています|ません)[)）」』]*$"
)
_LEADING_NOUNS = frozenset({"よう", "ため"})
_ATTRIBUTIVE = "うくぐすつぬぶむる"  # 「計画」に掲げる、…: the verb belongs to a noun that follows
_JOINING = frozenset({"や", "及び", "および", "並びに", "ならびに"})
_PASSIVE = frozenset({"れる", "られる"})

_SIGN, _VERB = LETTERS["sign"], LETTERS["verb"]
# A line feed is a word of these, too.
_MAY_END = re.compile(one_of("sign", "blank"))
_NOUNS = letters("noun", "action", "name")
_NO_BEGINNING = letters("sign", "blank", "particle")
_LISTED = letters("noun", "action", "name", "suffix", "counter", "number")


class Words(NamedTuple):
    """Words of an analysis that follow one another: the numbers of the first, and of the one behind the
    last. At least one."""

    of: Analysis
    first: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where they stand in the text."""
        return self.of.bounds[self.first], self.of.bounds[self.end]

    @property
    def numbers(self) -> range:
        return range(self.first, self.end)

    @property
    def has_signs(self) -> bool:
        return self.of.shape.find(_SIGN, self.first, self.end) >= 0


def clauses(words: Analysis) -> Iterator[Words]:
    """The clauses of a plan that promise something, in order."""
    surfaces, shape = words.surfaces, words.shape
    begin, depth = 0, 0
    for match in _MAY_END.finditer(shape):
        at = match.start()
        surface = surfaces[at]
        depth = _depth(depth, surface) if shape[at] == _SIGN else depth
        if depth:
            continue
        if surface == "。" or "\n" in surface:
            yield from _last(words, begin, at)
            begin = at + 1
        elif surface in "、，," and at > begin and (role := _role(words, max(begin, at - _END), at)):
            if role != "beside":
                yield _promising(words, begin, at)
            begin = at + 1
    yield from _last(words, begin, len(words))


def _depth(depth: int, sign: str) -> int:
    return max(0, depth + (sign in _OPENING) - (sign in _CLOSING))


def _last(words: Analysis, begin: int, end: int) -> Iterator[Words]:
    if begin < end and not _TELLS_STATE.search("".join(words.surfaces[max(begin, end - 6) : end])):
        yield _promising(words, begin, end)


def _role(words: Analysis, first: int, end: int) -> str | None:
    """What a comma behind these last words closes: a promise, something said beside, or nothing."""
    tail = "".join(words.surfaces[first:end])
    if _MEANS.search(tail):
        return "promise"
    if _ALSO.search(tail):
        return "beside" if _is_passive(words, first, end) else "promise"
    if _BESIDE.search(tail):
        return None if tail.endswith(("について", "についても", "については")) else "beside"
    verb = end - 2 if words.surfaces[end - 1] == "て" and end - first > 1 else end - 1
    if verb == end - 1 and tail[-1] in _ATTRIBUTIVE:
        return None
    if words.shape[verb] != _VERB:
        return "beside" if _is_passive(words, first, end) else None
    if words.normals[verb] in {"就く", "於く", "因る", "依る"}:
        return None
    return "beside" if words.normals[verb] in _LEADING or _takes_stance(words, first, end) else "promise"


def _is_passive(words: Analysis, first: int, end: int) -> bool:
    return not _PASSIVE.isdisjoint(words.normals[max(first, end - 4) : end])


def _takes_stance(words: Analysis, first: int, end: int) -> bool:
    tail = "".join(words.surfaces[max(first, end - 4) : end])
    return any(stance in tail for stance in _STANCES)


def _promising(words: Analysis, begin: int, end: int) -> Words:
    """The clause behind what leads on to it without a comma: できるよう研修を行います → 研修を行います."""
    surfaces, shape = words.surfaces, words.shape
    last = next(
        (at for at in range(end - 1, begin, -1) if shape[at] in _NOUNS and surfaces[at] != "とも"), begin
    )
    start, depth = begin, 0
    if not (
        _LEADING.isdisjoint(words.normals[begin:last]) and _LEADING_NOUNS.isdisjoint(surfaces[begin:last])
    ):
        for at in range(begin, last):
            if shape[at] == _SIGN:
                depth = _depth(depth, surfaces[at])
            elif depth == 0 and (_leads(words, at) or surfaces[at] in _LEADING_NOUNS):
                start = at + 1
    # また、…: what joins sentences is no part of what the sentence says
    joins = start + 1 < end and words.kinds[start] == "other" and surfaces[start + 1] == "、"
    return Words(words, start + 2 * joins, end)


def _leads(words: Analysis, at: int) -> bool:
    """Whether the word, which is not the last, is a verb that leads on to what stands behind it."""
    return (
        words.shape[at] == _VERB
        and words.normals[at] in _LEADING
        and words.kinds[at + 1] not in {"auxiliary", "verb"}
    )


def conjuncts(words: Words) -> list[Words]:
    """What a clause lists: A や B、C 及び D."""
    of, surfaces = words.of, words.of.surfaces
    if not words.has_signs and _JOINING.isdisjoint(surfaces[words.first : words.end]):
        begin = next((at for at in words.numbers if of.shape[at] not in _NO_BEGINNING), words.end)
        return _from(of, begin, words.end)
    out: list[Words] = []
    begin, depth = words.end, 0
    for at in words.numbers:
        surface = surfaces[at]
        if of.shape[at] == _SIGN:
            depth = _depth(depth, surface)
        if depth == 0 and (
            surface in _JOINING or (surface in "、，," and begin < at and _ends_noun(of, at - 1))
        ):
            out += _from(of, begin, at)
            begin = words.end
        elif at < begin and (of.shape[at] not in _NO_BEGINNING or surface in _OPENING):
            begin = at
    return out + _from(of, begin, words.end)


def _from(of: Analysis, begin: int, end: int) -> list[Words]:
    return [Words(of, begin, end)] if begin < end else []


def _ends_noun(words: Analysis, last: int) -> bool:
    """Whether what ends with the word of that number is a thing, and not what is done."""
    surface = words.surfaces[last]
    return words.shape[last] in _LISTED or surface in _CLOSING or surface in {"など", "等"}


def outside_parentheses(words: Words) -> Sequence[int]:
    """The numbers of the words that do not stand in （ ）."""
    if not words.has_signs:
        return words.numbers
    out: list[int] = []
    depth = 0
    for at in words.numbers:
        surface = words.of.surfaces[at]
        if words.of.shape[at] != _SIGN:
            if depth == 0:
                out.append(at)
        elif surface in _PARENTHESES:
            depth += 1
        elif depth and surface in "）)〕]":
            depth -= 1
        elif depth == 0:
            out.append(at)
    return out
