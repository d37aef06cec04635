"""Fiscal years: 1 April to 31 March (地方自治法第208条), held as the year in which they begin."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from jisseki_check.notation.eras import ERA_OF, ERAS, Era, era_ending_at
from jisseki_check.notation.numerals import small_int
from jisseki_check.notation.width import fold
from jisseki_check.patterns import lazy_compile

_B = r"[ \t]{0,4}"
_KANJI = "〇零一二三四五六七八九十"
_ERA_N = rf"(?:明治|大正|昭和|平成|令和|[㍾㍽㍼㍻㋿]|[MTSHR]\.?){_B}(?:元|[0-9]{{1,2}}|[{_KANJI}]{{1,4}})"
_OTHER = rf"\({_B}(?P<%s>[12][0-9]{{3}}|{_ERA_N}){_B}(?:年{_B}度?)?{_B}\)"

_NUMBERED = re.compile(
    rf"[0-9元{_KANJI}](?<![0-9{_KANJI}].)[0-9{_KANJI}]*+{_B}(?:{_OTHER % 'inside'}{_B})?年{_B}度(?!目)"
    rf"(?:{_B}{_OTHER % 'after'})?"
    rf"(?:{_B}の?{_B}(?:(?P<end>末)|(?P<start>当初(?!予算|計画)|初め|始め|はじめ|初頭)))?"
)
_LEADING_DIGITS = re.compile(rf"元|[0-9]+|[{_KANJI}]+")
# 平成29・30年度, 平成28～30年度: the first year stands without 年度.
_ELLIPSIS = lazy_compile(rf"({_ERA_N}){_B}(?:年{_B})?[・、,~～〜－―-]{_B}$")
# A letter and a number alone: only H and R, for S3, T1 and M5 are usually something else.
_BARE = re.compile(
    r"[HR](?:元|[0-9]{1,2})"
    r"(?![0-9A-Za-zァ-ヶー]|[ \t]{0,4}[年(]|\.[ \t]?[0-9]|[-_/](?![HR][0-9元])[0-9A-Za-z])"
)
# H27-H29 are two years, GH29, X.H29 and A-H29 none.
_MAY_PRECEDE = re.compile(r"(?:[^0-9A-Za-z_.\-/]|[0-9元][-/])$")
_HINT = re.compile(rf"[0-9０-９元{_KANJI}][ \t\u3000\u00a0]{{0,4}}[年(（]|[HRＨＲ][0-9０-９元]")
_ROLE = re.compile(r"(?P<deadline>まで|迄)|(?P<start>から|より|以降|以後)")


@dataclass(frozen=True, slots=True)
class FiscalYearMention:
    """A fiscal year named in a text.

    `year` is the year in which it begins. `style`: era (平成29年度), letter (H29年度, H29), gregorian
    (2017年度), short (30年度 beside another year). `is_fiscal` is None for a letter year without 年度,
    which may mean a calendar year. Where an era year and a Gregorian year stand together
    (令和2年度(2020年度), 2020(R2)年度), `year` follows the era and `paired_gregorian` is the other one.
    `within_era` is False where no day of the fiscal year lies in the era named (平成39年度).
    `edge`: start (年度当初), end (年度末). `role`: deadline (まで), start (から), at.
    """

    start: int
    end: int
    text: str
    year: int
    style: str
    is_fiscal: bool | None = True
    paired_gregorian: int | None = None
    within_era: bool = True
    edge: str | None = None
    role: str = "at"

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def fiscal_year_of(date: dt.date) -> int:
    """The fiscal year in which a day lies: 2018-03-31 → 2017."""
    return date.year if date.month >= 4 else date.year - 1


def fiscal_year_bounds(year: int) -> tuple[dt.date, dt.date]:
    """First and last day. ValueError outside the years 1 to 9998."""
    return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)


def label(year: int) -> str:
    """The name of a fiscal year: 2017 → 平成29年度, by the era of its 1 April.

    2019 is 令和元年度 (改元に伴う元号による年表示の取扱いについて, agreed on 2019-04-01). Before 明治 the
    Gregorian year stands.
    """
    for era in reversed(ERAS):
        n = year - era.offset
        if n >= 1 and (era.first <= dt.date(year, 4, 1) or year == 2019):
            return f"{era.name}{'元' if n == 1 else n}年度"
    return f"{year}年度"


def written_day(iso: str) -> str:
    """`2026年5月31日` of an ISO date; whatever else stands there stays as it is."""
    try:
        date = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date.year}年{date.month}月{date.day}日"


def find_fiscal_years(text: str) -> list[FiscalYearMention]:
    """All fiscal years named in `text`, in order. 本年度, 次年度 and the like name none."""
    if _HINT.search(text) is None:
        return []
    folded = fold(text)
    found: list[FiscalYearMention] = []
    if "年" in folded:
        for match in _NUMBERED.finditer(folded):
            found += _numbered(text, folded, match, found)
    bare = [mention for match in _BARE.finditer(folded) if (mention := _bare(text, folded, match))]
    if not bare:
        return found
    taken = [mention.span for mention in found]
    found += [m for m in bare if not any(start < m.end and m.start < end for start, end in taken)]
    return sorted(found, key=lambda mention: mention.start)


def _numbered(
    text: str, folded: str, match: re.Match[str], found: list[FiscalYearMention]
) -> list[FiscalYearMention]:
    digits = _LEADING_DIGITS.match(folded, match.start())
    n = small_int(digits[0]) if digits else None
    if n is None:
        return []
    edge = "end" if match["end"] else "start" if match["start"] else None
    other = match["inside"] or match["after"] or ""
    before = era_ending_at(folded, match.start())
    if before is not None:
        start, era = before
        if n > 99:
            return []
        paired = int(other) if other[:1].isdecimal() else None
        style = "letter" if folded[start].isascii() else "era"
        return [_mention(text, folded, (start, match.end()), era, n, style, paired, edge)]
    if 1868 <= n <= 2199 and folded[match.start() - 1 : match.start()] not in (".", ","):
        return [_western(text, folded, match, n, other, edge)]
    return _short(text, folded, match, n, edge, found) if n <= 99 else []


def _western(
    text: str, folded: str, match: re.Match[str], year: int, other: str, edge: str | None
) -> FiscalYearMention:
    if not other or other[0].isdecimal():
        return FiscalYearMention(
            match.start(),
            match.end(),
            text[match.start() : match.end()],
            year,
            "gregorian",
            edge=edge,
            role=_role(folded, match.end()),
        )
    era, n = _split(other)
    return _mention(text, folded, match.span(), era, n, "gregorian", year, edge)


def _short(
    text: str, folded: str, match: re.Match[str], n: int, edge: str | None, found: list[FiscalYearMention]
) -> list[FiscalYearMention]:
    """29年度 has a meaning only beside a year whose era is known."""
    start = match.start()
    first = _ELLIPSIS.search(folded, max(0, start - 16), start)
    mentions = []
    if first is not None and (start == 0 or era_ending_at(folded, first.start()) is None):
        era, first_n = _split(first[1])
        style = "letter" if folded[first.start()].isascii() else "era"
        mentions.append(_mention(text, folded, first.span(1), era, first_n, style))
    known = mentions or found
    if not known or folded[start - 1 : start] == "第":
        return []
    near = known[-1].year
    era = min(ERAS, key=lambda each: abs(each.offset + n - near))
    return [*mentions, _mention(text, folded, match.span(), era, n, "short", edge=edge)]


def _bare(text: str, folded: str, match: re.Match[str]) -> FiscalYearMention | None:
    start = match.start()
    if start and not _MAY_PRECEDE.search(folded, max(0, start - 2), start):
        return None
    era, n = _split(match[0])
    if not _overlaps(era, n):
        return None
    end = match.end()
    return FiscalYearMention(
        start, end, text[start:end], era.offset + n, "letter", is_fiscal=None, role=_role(folded, end)
    )


def _mention(
    text: str,
    folded: str,
    span: tuple[int, int],
    era: Era,
    n: int,
    style: str,
    paired: int | None = None,
    edge: str | None = None,
) -> FiscalYearMention:
    start, end = span
    return FiscalYearMention(
        start,
        end,
        text[start:end],
        era.offset + n,
        style,
        True,
        paired,
        _overlaps(era, n),
        edge,
        _role(folded, end),
    )


def _split(era_and_n: str) -> tuple[Era, int]:
    for sign, era in ERA_OF.items():
        if era_and_n.startswith(sign):
            return era, small_int(era_and_n[len(sign) :].lstrip(". \t")) or 0
    raise ValueError(era_and_n)


def _overlaps(era: Era, n: int) -> bool:
    year = era.offset + n
    if n < 1:
        return False
    first, last = fiscal_year_bounds(year)
    return last >= era.first and (era.last is None or first <= era.last)


def _role(folded: str, end: int) -> str:
    match = _ROLE.match(folded, end)
    return "at" if match is None else match.lastgroup or "at"
