"""The clauses of a plan's text: what is to be done, by which means, and what is only said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jisseki_check.notation.morphemes import Analysis, Morpheme

Words = Sequence[Morpheme]

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
_NOUNS = frozenset({"noun", "action", "name"})
_ATTRIBUTIVE = "うくぐすつぬぶむる"  # 「計画」に掲げる、…: the verb belongs to a noun that follows
_JOINING = frozenset({"や", "及び", "および", "並びに", "ならびに"})
_PASSIVE = frozenset({"れる", "られる"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that say one thing; `means`: they say by what the next thing is to be reached."""

    words: Words
    means: bool = False


def clauses(words: Analysis) -> Iterator[Clause]:
    """The clauses of a plan that promise something, in order."""
    begin, depth = 0, 0
    for at in _signs(words):
        word = words[at]
        depth = _depth(depth, word) if word.kind == "sign" else depth
        if depth:
            continue
        if word.surface == "。" or "\n" in word.surface:
            yield from _last(words[begin:at])
            begin = at + 1
        elif word.surface in "、，," and at > begin and (role := _role(words[max(begin, at - _END) : at])):
            if role != "beside":
                yield Clause(_promising(words[begin:at]), role == "means")
            begin = at + 1
    yield from _last(words[begin:])


def _signs(words: Analysis) -> list[int]:
    """Where a clause may end, or a bracket opens or closes."""
    return [
        at
        for at, (kind, surface) in enumerate(zip(words.kinds, words.surfaces, strict=True))
        if kind == "sign" or "\n" in surface
    ]


def _depth(depth: int, sign: Morpheme) -> int:
    return max(0, depth + (sign.surface in _OPENING) - (sign.surface in _CLOSING))


def _last(part: Words) -> Iterator[Clause]:
    if part and not _TELLS_STATE.search(_tail(part, 6)):
        yield Clause(_promising(part))


def _tail(part: Words, count: int) -> str:
    return "".join(word.surface for word in part[-count:])


def _role(part: Words) -> str | None:
    """What a comma behind these last words closes: a promise, a means, something said beside, or nothing."""
    tail = _tail(part, _END)
    if _MEANS.search(tail):
        return "means"
    if _ALSO.search(tail):
        return "beside" if _is_passive(part) else "promise"
    if _BESIDE.search(tail):
        return None if tail.endswith(("について", "についても", "については")) else "beside"
    last = part[-1]
    verb = part[-2] if last.surface == "て" and len(part) > 1 else last
    if verb is last and verb.surface[-1] in _ATTRIBUTIVE:
        return None
    if verb.kind != "verb":
        return "beside" if _is_passive(part) else None
    if verb.normal in {"就く", "於く", "因る", "依る"}:
        return None
    return "beside" if verb.normal in _LEADING or _takes_stance(part) else "promise"


def _is_passive(part: Words) -> bool:
    return any(word.normal in _PASSIVE for word in part[-4:])


def _takes_stance(part: Words) -> bool:
    return any(stance in _tail(part, 4) for stance in _STANCES)


def _promising(part: Words) -> Words:
    """The clause behind what leads on to it without a comma: できるよう研修を行います → 研修を行います."""
    last = next((at for at in range(len(part) - 1, 0, -1) if _is_noun(part[at])), 0)
    start, depth = 0, 0
    for at, word in enumerate(part[:last]):
        if word.kind == "sign":
            depth = _depth(depth, word)
        elif depth == 0 and (_leads(word, part[at + 1]) or word.surface in _LEADING_NOUNS):
            start = at + 1
    # また、…: what joins sentences is no part of what the sentence says
    joins = start + 1 < len(part) and part[start].kind == "other" and part[start + 1].surface == "、"
    return part[start + 2 * joins :]


def _is_noun(word: Morpheme) -> bool:
    return word.kind in _NOUNS and word.surface != "とも"


def _leads(word: Morpheme, behind: Morpheme) -> bool:
    return word.kind == "verb" and word.normal in _LEADING and behind.kind not in {"auxiliary", "verb"}


def conjuncts(words: Words) -> list[Words]:
    """What a clause lists: A や B、C 及び D."""
    out: list[Words] = []
    part: list[Morpheme] = []
    depth = 0
    for word in words:
        if word.kind == "sign":
            depth = _depth(depth, word)
        if depth == 0 and (
            word.surface in _JOINING or (word.surface in "、，," and part and _ends_noun(part))
        ):
            if part:
                out.append(part)
            part = []
        elif part or word.kind not in {"sign", "blank", "particle"} or word.surface in _OPENING:
            part.append(word)
    return [*out, part] if part else out


def _ends_noun(part: Words) -> bool:
    last = part[-1]
    return (
        last.kind in {"noun", "action", "name", "suffix", "counter", "number"}
        or last.surface in _CLOSING
        or (last.surface in {"など", "等"})
    )


def outside_parentheses(words: Words) -> Words:
    """The words that do not stand in （ ）."""
    out: list[Morpheme] = []
    depth = 0
    for word in words:
        if word.kind != "sign":
            if depth == 0:
                out.append(word)
        elif word.surface in _PARENTHESES:
            depth += 1
        elif depth and word.surface in "）)〕]":
            depth -= 1
        elif depth == 0:
            out.append(word)
    return out
