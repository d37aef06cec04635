"""Where two texts part: what differs, in whole words and numbers, and a quotation that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.facts.across.texts import placed
from jisseki_check.notation.counts import find_counts
from jisseki_check.notation.dates import find_dates
from jisseki_check.notation.money import find_amounts

_SHOWN = 38  # characters that a message quotes, without the dots where it is cut
_BEFORE = 16  # of them at most, before the place where the texts part
_END = re.compile(r"[。\n]")
_PART = re.compile("[、,，]")
_DIGITS = re.compile(r"[0-9０-９,，.．]*")
_NUMBER = re.compile(
    r"[0-9０-９][0-9０-９,，.．]*(?:[％%]|[ァ-ヴー]+)?(?:[日年月週時分間]*(?:以[上下内]|未満|超)?)"
)
# With its okurigana; kana alone; letters.
_WORD = re.compile(r"[一-鿿々]+[ぁ-ゖ]*|[ぁ-ゖー]+|[ァ-ヴー]+|[0-9A-Za-z０-９Ａ-Ｚａ-ｚ,，.．]+")


@dataclass(frozen=True, slots=True)
class Part:
    """`quotation`: a stretch of a text around what differs, with dots where its sentence is cut; `text`: what
    differs, and its offsets."""

    quotation: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What differs in a text, by its offsets, before it is made whole words; `at` lies within the text."""

    text: str
    at: int
    start: int
    end: int

    @property
    def differs(self) -> str:
        return self.text[self.start : self.end]


def parted(told: str, planned: str) -> tuple[Part, Part]:
    """What differs in each of two texts, from the first place to the last. Where one of them only lacks
    something, or more differs than can be shown, it is the quotation itself."""
    here, there = _stretches(told, planned)
    quotations = _quoted(here), _quoted(there)
    spans = _whole_words(here, there) or quotations
    one, other = (
        Part(_with_dots(each.text, *quotation), each.text[slice(*span)], *span)
        for each, quotation, span in zip((here, there), quotations, spans, strict=True)
    )
    return one, other


def _stretches(told: str, planned: str) -> tuple[_Stretch, _Stretch]:
    (one, at), (other, other_at) = placed(told), placed(planned)
    first = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    first = min(len(one), len(other)) if first is None else first
    same = 0
    while same < min(len(one), len(other)) - first and one[-1 - same] == other[-1 - same]:
        same += 1
    return _stretch(told, at, first, len(one) - same), _stretch(planned, other_at, first, len(other) - same)


def _stretch(text: str, offsets: list[int], first: int, last: int) -> _Stretch:
    if not offsets:
        return _Stretch(text, 0, 0, 0)
    at = offsets[min(first, len(offsets) - 1)]
    start = offsets[first] if first < len(offsets) else len(text)
    return _Stretch(text, at, start, offsets[last - 1] + 1 if last > first else start)


# --- what differs ---------------------------------------------------------------------------------


def _whole_words(here: _Stretch, there: _Stretch) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The spans of the words and numbers that differ; None where these tell less than their sentences."""
    if not (here.differs and there.differs) and not (
        _DIGITS.fullmatch(here.differs) and _DIGITS.fullmatch(there.differs)
    ):
        return None
    spans = _widened(here), _widened(there)
    texts = [each.text[slice(*span)] for each, span in zip((here, there), spans, strict=True)]
    if any(not text or len(text) > _SHOWN or _END.search(text) for text in texts):
        return None
    return spans


def _widened(stretch: _Stretch) -> tuple[int, int]:
    """The amount, date or counted number that holds what differs; else the words that it is a part of."""
    text, start, end = stretch.text, stretch.start, stretch.end
    holding = [span for span in _figures(text) if span[0] <= start and end <= span[1]]
    if holding:
        return max(holding, key=lambda span: span[1] - span[0])
    words = (match.span() for match in _WORD.finditer(text))
    touched = [span for span in (*_figures(text), *words) if span[0] < end and start < span[1]]
    return min([start, *(first for first, _ in touched)]), max([end, *(last for _, last in touched)])


def _figures(text: str) -> Iterator[tuple[int, int]]:
    for found in (find_amounts(text), find_dates(text), find_counts(text)):
        yield from (each.span for each in found)
    yield from (match.span() for match in _NUMBER.finditer(text))


# --- how it is shown ------------------------------------------------------------------------------


def _quoted(stretch: _Stretch) -> tuple[int, int]:
    """The stretch that differs, from a little before it on, within its sentence, as far as can be shown."""
    text = stretch.text
    differs_to = max(stretch.end, min(stretch.at + 1, len(text)))
    start = _beginning(text, stretch.at, differs_to)
    ends = _END.search(text, max(differs_to - 1, start))
    end = min(ends.end() if ends else len(text), start + _SHOWN)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _beginning(text: str, place: int, differs_to: int) -> int:
    """Where to begin to quote: with the sentence where that can be shown, else with a part of it."""
    sentence = max((match.end() for match in _END.finditer(text, 0, place)), default=0)
    if differs_to - sentence <= _SHOWN:
        return sentence
    parts = (match.end() for match in _PART.finditer(text, max(sentence, place - _BEFORE), place))
    return max(parts, default=max(sentence, place - _BEFORE // 2))


def _with_dots(text: str, start: int, end: int) -> str:
    before, behind = text[:start].rstrip(" \t　"), text[end:].strip(" \t　")
    is_begun = bool(before) and _END.match(before[-1]) is None
    goes_on = bool(behind) and _END.match(behind) is None and not _ends_sentence(text, start, end)
    return f"{'…' if is_begun else ''}{text[start:end]}{'…' if goes_on else ''}"


def _ends_sentence(text: str, start: int, end: int) -> bool:
    return end > start and _END.match(text[end - 1]) is not None
