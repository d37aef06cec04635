"""Dates: 平成29年4月1日（土）, H30.4.1, 2018/4/1, 11月下旬, 7月までに, 平成28年4月1日～同年9月30日.

Fiscal years (年度) are no dates; `fiscal` finds them. A year of an era without a month (平成39年) is never
called wrong, for plans name years ahead; with a month, some day meant must lie in the era.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise

from jisseki_check.notation.date_grammar import Draft, scan
from jisseki_check.notation.eras import is_era_date_valid
from jisseki_check.notation.width import fold

# A number before 年, 月 or a separator; most texts have none and need not be taken apart.
_HINT = re.compile(
    r"[0-9０-９〇零一二三四五六七八九十元][ \t\u3000\u00a0]{0,4}"
    r"(?:[年月(（]|[./\-．／－~～〜―—–][ ]?[0-9０-９一二三四五六七八九十])"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, a month or a year as written. Numbers are as written too, even if no calendar has them.

    `era` is the name (平成) and `era_year` the number; `year` the Gregorian year, None where the text does
    not give it. `inherited`: the year comes from another date of the text (同年, the end of a range).
    `relative`: 同年, 翌年, 本年, 今年, 昨年, 来年 or 前年. `part`: 上旬, 中旬, 下旬, 初め, 末, 末日.
    `weekday`: 月 to 日. `paired_year`: the Gregorian year that stands beside an era year, which gives `year`.
    `first` and `last` bound the days meant; None where the year is unknown or there is no such day.
    `role`: deadline (まで), start (から, 以降, ～), at. `valid_day`: the calendar has it (2月29日 without a
    year counts as a day). `valid_era`: some day meant lies in the era; not judged without a month.
    """

    start: int
    end: int
    text: str
    era: str | None
    era_year: int | None
    year: int | None
    month: int | None
    day: int | None
    part: str | None
    weekday: str | None
    paired_year: int | None
    relative: str | None
    inherited: bool
    role: str
    first: dt.date | None
    last: dt.date | None
    valid_day: bool
    valid_era: bool

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class DateRange:
    """Two dates joined by から or ～. Each keeps its own span."""

    first: DateMention
    last: DateMention

    @property
    def span(self) -> tuple[int, int]:
        return self.first.start, self.last.end

    @property
    def reversed(self) -> bool:
        """Whether it ends before it starts, beyond dispute: both years are known, or neither is and the
        last day falls before the first one of the same month."""
        first, last = self.first, self.last
        if first.first is not None and last.last is not None:
            return last.last < first.first
        if first.year is not None or last.year is not None or first.month != last.month:
            return False
        return first.day is not None and last.day is not None and last.day < first.day


def find_dates(text: str) -> list[DateMention]:
    """All dates, months with or without a year, and years of an era or of four digits, in order."""
    if _HINT.search(text) is None:
        return []
    return [_worked_out(text, draft) for draft, _ in scan(fold(text))]


def find_ranges(text: str) -> list[DateRange]:
    """All ranges; the last date takes from the first what it leaves out (era, year, month)."""
    if _HINT.search(text) is None:
        return []
    scanned = scan(fold(text))
    return [
        DateRange(_worked_out(text, first), _worked_out(text, last))
        for (first, _), (last, ends_range) in pairwise(scanned)
        if ends_range
    ]


def _worked_out(text: str, draft: Draft) -> DateMention:
    first, last, valid_day = _bounds(draft)
    valid_era = True
    if draft.era is not None and draft.n is not None and draft.month is not None and 1 <= draft.month <= 12:
        day = draft.day if valid_day else None
        valid_era = is_era_date_valid(draft.era.name, draft.n, draft.month, day)
    return DateMention(
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        era=draft.era.name if draft.era else None,
        era_year=draft.n,
        year=draft.year,
        month=draft.month,
        day=draft.day,
        part=draft.part,
        weekday=draft.weekday,
        paired_year=draft.paired,
        relative=draft.relative,
        inherited=draft.inherited,
        role=draft.role,
        first=first,
        last=last,
        valid_day=valid_day,
        valid_era=valid_era,
    )


def _bounds(draft: Draft) -> tuple[dt.date | None, dt.date | None, bool]:
    """First and last day meant, and whether the calendar has them."""
    year, month, day = draft.year, draft.month, draft.day
    if month is not None and not 1 <= month <= 12:
        return None, None, False
    usable = year is not None and 1 <= year <= dt.MAXYEAR
    if month is None:
        if not usable or year is None:
            return None, None, True
        opens = 12 if draft.part in ("末", "末日") else 1
        closes = 1 if draft.part == "初め" else 12
        return dt.date(year, opens, 1), dt.date(year, closes, 31), True
    # Without a year, 29 February may exist.
    length = calendar.monthrange(year if usable and year is not None else 2000, month)[1]
    if day is not None and not 1 <= day <= length:
        return None, None, False
    if not usable or year is None:
        return None, None, True
    low, high = (day, day) if day is not None else _days_of(draft.part, length)
    return dt.date(year, month, low), dt.date(year, month, high), True


def _days_of(part: str | None, length: int) -> tuple[int, int]:
    match part:
        case "上旬" | "初め":
            return 1, 10
        case "中旬":
            return 11, 20
        case "下旬" | "末":
            return 21, length
        case "末日":
            return length, length
    return 1, length
