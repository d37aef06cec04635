"""Characters and endings that a report mixes, or that not every machine shows: `characters`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import accumulate
from string import ascii_letters, digits
from typing import Any

from jisseki_check.facts.spots import write_spots
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Spot
from jisseki_check.patterns import lazy_compile

Row = dict[str, Any]

_BRACKETS = re.compile(r"[（）]|[()]")
# (1) and (GIS) are right in half width beside text in full width.
_PLAIN_BRACKETS = re.compile(r"\([!-'*-~ ]*\)")
_DIGITS = re.compile("[０-９]+|[0-9]+")
_LETTERS = re.compile("[Ａ-Ｚａ-ｚ]+|[A-Za-z]+")
_QUOTES = re.compile('[「『]|[“„‟〝]|(?<![A-Za-z0-9])"(?=[^"\n]{1,40}")')
_BRACKETED = re.compile("[「『（(][^「」『』（）()\n]{0,300}[」』）)]")
_STOP = re.compile(r"[。\n]")
_POLITE = ("ます", "ました", "です", "でした", "ません", "でしょう", "ましょう", "ください", "下さい")
_ENDING = 8  # characters of a sentence's end that are shown
# JIS X 0213's row 13 and what Windows added to JIS X 0208, half-width kana, and private use.
_PLATFORM = re.compile(
    "[①-⓿❶-➓㈠-㉃㈱-㈹㊀-㊰㉑-㋿㌀-㏿Ⅰ-ↂ№℡㏍〝〟∮∑∟⊿｡-ﾟ\\ue000-\\uf8ff\U000f0000-\U0010fffd]"
)
_CLASSES = (
    ("囲み文字", re.compile("[①-⓿❶-➓㊀-㊰㉑-㋿]")),
    ("半角の片仮名", re.compile("[｡-ﾟ]")),
    ("ローマ数字", re.compile("[Ⅰ-ↂ]")),
    ("外字", lazy_compile("[\\ue000-\\uf8ff\U000f0000-\U0010fffd]")),
)
_CONTRACTED = "一字に詰めた文字"
_NAMED = 10  # characters that a finding names
_KEPT = 1_000  # places that a finding names


Texts = Sequence[tuple[int, str, str]]
"""The item, the field, and its text."""

_Mark = tuple[int, int, str]
"""The start and the end of one place, and which of the two ways of writing it shows."""


def character_rows(view: ReportView) -> Iterator[Row]:
    """What is mixed, or depends on the machine; a row of kind "none" says that the report was looked at."""
    yield {"report": view.number, "kind": "none", "field": "title"}
    texts = [
        (item.item.index, field, text)
        for item in view.items
        for field, text in (*_title(item.item.kind, item.item.title), *item.texts)
    ]
    allowed = frozenset("".join(view.profile.words.get("allowed_characters", ())))
    for row in (*_mixed(texts), *_platform(texts, allowed)):
        yield {"report": view.number, **row}


def _title(kind: str, title: str | None) -> list[tuple[str, str]]:
    return [] if kind == "bullet" or not title else [("title", title)]


# --- two ways in one document -------------------------------------------------------------------


def _mixed(texts: Texts) -> Iterator[Row]:
    # One text is gone through faster than a hundred, and no finder reaches across a line feed.
    joined = "\n".join(text for _, _, text in texts)
    begins = [0, *accumulate(len(text) + 1 for _, _, text in texts)]
    chars = set(joined)
    for kind, find in _FINDERS.items():
        if _is_of_one_way(kind, joined, chars):
            continue
        marks = list(find(joined))
        sides = Counter(side for _, _, side in marks)
        if len(sides) < 2 or (kind == "digits" and _is_by_length(marks)):
            continue
        usual, count = sides.most_common(1)[0]
        rarer = [(start, end) for start, end, side in marks if side != usual]
        places = [(_spot(texts, begins, *span), joined[slice(*span)]) for span in rarer[:_KEPT]]
        yield _row(kind, places, len(rarer)) | {
            "detail": "、".join(f"{side} {count:,}か所" for side, count in sides.most_common()),
            "usual_count": count,
            "share": len(rarer) / len(marks),
        }


def _is_of_one_way(kind: str, text: str, chars: Set[str]) -> bool:
    """Whether it is plain without a close look that the text is written in one of both ways only."""
    if kind == "style":
        return sum(text.count(f"{ending}。") for ending in _POLITE) == text.count("。")
    return any(map(chars.isdisjoint, _SIDES[kind]))


def _spot(texts: Texts, begins: Sequence[int], start: int, end: int) -> Spot:
    """The place of a span of the joined texts; `begins`: where each of them does."""
    number = bisect_right(begins, start) - 1
    item, field, _ = texts[number]
    return Spot(item, field, start - begins[number], end - begins[number])


def _row(kind: str, places: Sequence[tuple[Spot, str]], count: int) -> Row:
    first, text = places[0]
    return {
        "item": first.item,
        "kind": kind,
        "text": text,
        "count": count,
        "places": write_spots(spot for spot, _ in places[1:]),
        "field": first.field,
        "start": first.start,
        "end": first.end,
    }


def _brackets(text: str) -> Iterator[_Mark]:
    plain = {place for match in _PLAIN_BRACKETS.finditer(text) for place in (match.start(), match.end() - 1)}
    for match in _BRACKETS.finditer(text):
        if match.start() not in plain:
            yield match.start(), match.end(), "全角" if match[0] in "（）" else "半角"


def _digits(text: str) -> Iterator[_Mark]:
    return ((*match.span(), _width(match[0])) for match in _DIGITS.finditer(text))


def _letters(text: str) -> Iterator[_Mark]:
    return ((*match.span(), _width(match[0])) for match in _LETTERS.finditer(text))


def _quotes(text: str) -> Iterator[_Mark]:
    for match in _QUOTES.finditer(text):
        yield match.start(), match.end(), "「 」" if match[0] in "「『" else "“ ”"


def _width(found: str) -> str:
    return "全角" if found[0] > "\uff00" else "半角"


def _is_by_length(digits: Iterable[_Mark]) -> bool:
    """Whether single digits stand in full width and longer numbers in half width, as some offices write."""
    return all((end - start == 1) == (side == "全角") for start, end, side in digits)


def _styles(text: str) -> Iterator[_Mark]:
    """How each sentence ends; a text without a full stop is no sentence."""
    bare = _BRACKETED.sub(lambda match: "〃" * len(match[0]), text)
    begin = 0
    for stop in _STOP.finditer(bare):
        written = bare[begin : stop.start()].rstrip("〃 　")
        if written and stop[0] == "。":
            start = max(begin, stop.end() - _ENDING)
            yield start, stop.end(), "です・ます" if written.endswith(_POLITE) else "である・体言止め"
        begin = stop.end()


_FINDERS: dict[str, Callable[[str], Iterator[_Mark]]] = {
    "brackets": _brackets,
    "digits": _digits,
    "letters": _letters,
    "quotes": _quotes,
    "style": _styles,
}


# The characters of which each way of writing has one at least.
_SIDES: dict[str, tuple[str, str]] = {
    "brackets": ("（）", "()"),
    "digits": ("０１２３４５６７８９", digits),
    "letters": ("".join(chr(ord(letter) + 0xFEE0) for letter in ascii_letters), ascii_letters),
    "quotes": ("「『", '“„‟〝"'),
}


# --- what depends on the machine ----------------------------------------------------------------


def _platform(texts: Texts, allowed: frozenset[str]) -> Iterator[Row]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, list[tuple[Spot, str]]] = defaultdict(list)
    for item, field, text in texts if _PLATFORM.search("".join(text for _, _, text in texts)) else ():
        for match in _PLATFORM.finditer(text):
            char = match[0]
            if char in allowed:
                continue
            name = _class(char)
            counts[name][char] += 1
            if len(places[name]) < _KEPT:
                places[name].append((Spot(item, field, *match.span()), char))
    for name, chars in counts.items():
        shown = "・".join(map(_shown, list(chars)[:_NAMED])) + ("など" if len(chars) > _NAMED else "")
        yield _row("platform", places[name], chars.total()) | {"detail": f"{name}の {shown}"}


def _class(char: str) -> str:
    return next((name for name, pattern in _CLASSES if pattern.match(char)), _CONTRACTED)


def _shown(char: str) -> str:
    return f"U+{ord(char):04X}" if unicodedata.category(char) == "Co" else char
