"""Yearly figures against what the text says of them: `series`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.fiscal import FiscalYearMention, find_fiscal_years
from jisseki_check.notation.numerals import Number
from jisseki_check.notation.width import fold

Row = dict[str, Any]

# Between a year and its number: a sign, a particle, or the name of what is counted.
_BETWEEN = re.compile(
    r"^[\s:：、,=＝|｜（()）]*(?:は|が|の|に|には|では)?(?P<thing>[一-龥々ァ-ヶーA-Za-z・の]{0,20})"
    r"[\s:：、は が]*(?:延べ|のべ|計|約)?\s*$"
)
_MOST_YEARS = 50
_REACH = 40
_CONTEXT = 90
# A claim names its thing shortly before it.
_NEAR = 40
_UP = r"拡充|増加|増や|増え|増大|拡大|伸び|伸ば|向上|上昇|高まっ|高まり"
_DOWN = r"減少|減ら|減り|減っ|縮減|削減|縮小|短縮|軽減|低下|低減|下がっ|下がり"
_CLAIM = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
# 増加を抑え, 減少に対応し: what is said to be met is not said to be wanted.
_TURNED = re.compile(
    r"(?:し|する|した|傾向)?(?:を|が|に|の)?(?:抑|防|止|対応|対処|伴|懸念|見込まれ|歯止め|問題|要因|課題|せず|しない|しません|ませんで|なかった|額|率)"
)
_KANA = re.compile(r"[ぁ-ん]{1,2}")
_SENTENCE_END = re.compile(r"[。\n]")
_WORDS = re.compile(r"[一-龥々ァ-ヶーA-Za-z]{2,}")
# 受診率は年々上昇, 講座を増やし, 苦情の減少: what is said to change.
_SUBJECT = re.compile(
    r"(?P<thing>[一-龥々ァ-ヶーA-Za-z]{2,})(?:の(?:件|人|回)?数|の割合|の額)?(?:[」』]?[はがをも]|の$)"
)
_LABEL = re.compile(r"[<＜【（(《〈]?(?P<label>[^<>＜＞【】（）()《》〈〉。\n]+)[>＞】）)》〉：:]?\s*$")
# Words that are said of anything counted.
_COMMON = frozenset(
    {
        "件数",
        "人数",
        "回数",
        "合計",
        "実績",
        "推移",
        "年度",
        "取組",
        "事業",
        "状況",
        "種類",
        "総数",
        "数値",
        "前年度",
    }
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A counted thing or an amount of money."""

    start: int
    end: int
    text: str
    value: Number
    counter: str


@dataclass(frozen=True, slots=True)
class _Point:
    """One year's number."""

    year: FiscalYearMention
    count: _Figure
    thing: str


def series_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `series`: a thing that falls or rises year by year, and what the item says of it."""
    for item in view.items:
        if len(item.counts.get("result", ())) + len(item.amounts.get("result", ())) < 2:
            continue
        for points in _series(item):
            first, last = points[0], points[-1]
            rises = last.count.value > first.count.value
            claim = _claim(item, points)
            yield {
                "report": view.number,
                "item": item.item.index,
                "thing": _name(points),
                "rises": rises,
                "text": last.count.text,
                "opening": f"{first.year.text} {first.count.text}",
                "closing": f"{last.year.text} {last.count.text}",
                "claim": claim and claim.text,
                "claimed_rise": claim and claim.rise,
                "field": "result",
                "start": last.count.start,
                "end": last.count.end,
                "claim_field": claim and claim.field,
                "claim_start": claim and claim.start,
                "claim_end": claim and claim.end,
            }


def _series(item: ItemView) -> Iterator[list[_Point]]:
    """Runs of years in order, each with one number of one counter, that only fall or only rise."""
    years = find_fiscal_years(item.result)
    if not 2 <= len(years) <= _MOST_YEARS:
        return
    text = fold(item.result)
    ends = [*(year.start for year in years[1:]), len(text)]
    figures = _figures(item)
    places = [_counts_behind(figures, text, year, end) for year, end in zip(years, ends, strict=True)]
    for run in _runs([place for place in places if place]):
        for points in zip(*run, strict=False):
            if _is_series(points):
                yield list(points)


def _runs(places: list[list[_Point]]) -> Iterator[list[list[_Point]]]:
    """The years that follow one another; an earlier year begins another thing."""
    run: list[list[_Point]] = []
    for place in places:
        if run and place[0].year.year <= run[-1][0].year.year:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _figures(item: ItemView) -> list[_Figure]:
    """The result's counts and amounts, in order."""
    held = [
        _Figure(count.start, count.end, count.text, count.value, count.counter)
        for count in item.counts["result"]
    ]
    held += [
        _Figure(money.start, money.end, money.text, money.yen, "円")
        for money in item.amounts["result"]
        if money.yen is not None and not money.malformed
    ]
    return sorted(held, key=lambda figure: figure.start)


def _counts_behind(figures: list[_Figure], text: str, year: FiscalYearMention, end: int) -> list[_Point]:
    """The numbers that belong to a year: the first directly behind it, the others behind one another."""
    held: list[_Point] = []
    at = year.end
    for count in figures:
        if not at <= count.start < min(end, at + _REACH):
            continue
        between = _BETWEEN.match(text[at : count.start])
        if between is None:
            break
        held.append(_Point(year, count, between["thing"].strip("の・")))
        at = count.end
    return held


def _is_series(points: Sequence[_Point]) -> bool:
    values = [point.count.value for point in points]
    one_thing = len({(point.count.counter, point.thing) for point in points}) == 1
    falls = all(a >= b for a, b in pairwise(values))
    rises = all(a <= b for a, b in pairwise(values))
    return one_thing and values[0] != values[-1] and (falls or rises)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a text says of the thing: that it rises, or that it falls."""

    text: str
    rise: bool
    field: str
    start: int
    end: int


def _claim(item: ItemView, points: Sequence[_Point]) -> _Claim | None:
    """What the result says of the thing, else what the plan does; None where either says both."""
    words = _words_of(item.result, points)
    for field, text in (("result", item.result), *item.plan):
        held = list(_claims(field, text, words)) if words else []
        if held:
            return held[0] if len({claim.rise for claim in held}) == 1 else None
    return None


def _words_of(text: str, points: Sequence[_Point]) -> frozenset[str]:
    """The words that name what is counted: beside the number, else in the heading before the series
    (大腸がん検診の受診率), else what the sentence before it speaks of."""
    if points[0].thing:
        return _head(points[0].thing)
    start = points[0].year.start
    before = _LABEL.search(text[max(0, start - _CONTEXT) : start].rstrip(" 　\n。、はがで"))
    named = before["label"] if before else ""
    if _CLAIM.search(named) is None:
        return _head(named)
    return frozenset(subject["thing"] for subject in _SUBJECT.finditer(named)) - _COMMON


def _head(named: str) -> frozenset[str]:
    """The last words of a name that tell something: 受診率 of がん検診の受診率, 苦情 of 苦情の件数."""
    parts = reversed(re.split("の|における", named))
    held = (frozenset(_WORDS.findall(part)) - _COMMON for part in parts)
    return next((words for words in held if words), frozenset())


def _claims(field: str, text: str, words: frozenset[str]) -> Iterator[_Claim]:
    for match in _CLAIM.finditer(text):
        if _TURNED.match(text, match.end()):
            continue
        before = _SENTENCE_END.split(text[max(0, match.start() - _NEAR) : match.start()])[-1]
        subject = next(reversed([*_SUBJECT.finditer(before)]), None)
        if subject is not None and _is_of(subject["thing"], words):
            start = match.start() - len(before) + subject.start()
            ending = _KANA.match(text, match.end())
            end = ending.end() if ending else match.end()
            yield _Claim(text[start:end], match["up"] is not None, field, start, end)


def _is_of(thing: str, words: frozenset[str]) -> bool:
    """Whether it is one of these things; 貸出冊数 are 年間貸出冊数 too."""
    return any(thing.endswith(word) or (len(thing) > 2 and word.endswith(thing)) for word in words)


def _name(points: list[_Point]) -> str:
    return points[0].thing or points[0].count.counter
