"""Days counted from 1900 or 1904 → what a date format shows of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jisseki_check.notation.eras import ERAS, Era

_LAST_DAY = 2_958_465  # 9999-12-31, counted from 1900
_FROM_1904 = 1_462  # days between the two ways to count
_LOST_DAY = 60  # 1900-02-29, which Excel counts and no calendar has
_BEFORE_1900 = dt.date(1899, 12, 30)
_DAY = 86_400
_NOTHING = Decimal(0)
_WEEKDAYS = "土日月火水木金"
_ENGLISH_DAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """`days`: from the first day that is counted; `serial`: the same from 1900, as the calendar of Excel has
    it; `seconds`: of the day."""

    days: int
    serial: int
    year: int
    month: int
    day: int
    seconds: int
    fraction: Decimal


@dataclass(frozen=True, slots=True)
class Wording:
    """`half_days`: twelve hours twice; `in_japanese`: the names of days and months; `first_year_named`:
    元年 for the first year of an era."""

    half_days: bool = False
    in_japanese: bool = False
    first_year_named: bool = False


def moment(number: Decimal, places: int, since_1904: bool) -> Moment | None:
    """The moment that a number stands for, rounded to a second or `places` of one; None for no moment."""
    if not 0 <= number <= _LAST_DAY:
        return None
    days, rest = int(number), _NOTHING
    if number != days:
        seconds = (number * _DAY).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        days, rest = int(seconds // _DAY), seconds % _DAY
    serial = days + (_FROM_1904 if since_1904 else 0)
    if serial > _LAST_DAY:
        return None
    return Moment(days, serial, *_calendar(serial), int(rest), rest % 1)


def _calendar(serial: int) -> tuple[int, int, int]:
    if serial == _LOST_DAY:
        return 1900, 2, 29
    if serial == 0:
        return 1900, 1, 0
    day = _BEFORE_1900 + dt.timedelta(days=serial + (serial < _LOST_DAY))
    return day.year, day.month, day.day


def shown_part(kind: str, text: str, at: Moment, wording: Wording) -> str:
    """What one part of a format (yyyy, m, ggg, …) shows; `kind` tells minutes, elapsed time and parts of a
    second from the rest."""
    if kind == "fraction":
        return f".{int(at.fraction.scaleb(len(text))):0{len(text)}d}"
    if kind == "noon":
        return _noon(text, at, wording)
    if kind == "date" and text[0] in "ymda":
        return _of_the_day(text, at, wording)
    if kind == "date" and text[0] in "ger":
        return _of_the_era(text, at, wording)
    return _padded(_time(kind, text, at, wording), text)


def _padded(number: int, text: str) -> str:
    return f"{number:0{min(len(text), 2)}d}"


def _time(kind: str, text: str, at: Moment, wording: Wording) -> int:
    if kind == "elapsed":
        return (at.days * _DAY + at.seconds) // {"h": 3600, "m": 60, "s": 1}[text[0]]
    if kind == "minute":
        return at.seconds // 60 % 60
    if text[0] == "s":
        return at.seconds % 60
    hour = at.seconds // 3600
    return (hour % 12 or 12) if wording.half_days else hour


def _noon(text: str, at: Moment, wording: Wording) -> str:
    morning, afternoon = text.split("/")
    if wording.in_japanese and text.upper() == "AM/PM":
        morning, afternoon = "午前", "午後"
    return morning if at.seconds < _DAY // 2 else afternoon


def _of_the_day(text: str, at: Moment, wording: Wording) -> str:
    if text[0] == "y":
        return f"{at.year:04d}" if len(text) > 2 else f"{at.year % 100:02d}"
    if len(text) <= 2:
        return _padded(at.month if text[0] == "m" else at.day, text)
    if text[0] == "m":
        return _month(text, at.month, wording)
    weekday = at.serial % 7
    if text[0] == "a" or wording.in_japanese:
        return _WEEKDAYS[weekday] + ("曜日" if len(text) > 3 else "")
    return _ENGLISH_DAYS[weekday] if len(text) > 3 else _ENGLISH_DAYS[weekday][:3]


def _month(text: str, month: int, wording: Wording) -> str:
    if wording.in_japanese:
        return f"{month}月" if len(text) > 3 else str(month)
    name = _ENGLISH_MONTHS[month - 1]
    return {3: name[:3], 5: name[0]}.get(len(text), name)


def _of_the_era(text: str, at: Moment, wording: Wording) -> str:
    """g: the era (H, 平, 平成); e: its year; r: the year with two digits, rr: the era and the year."""
    era = _era(at)
    if text[0] == "g":
        return {1: era.letter, 2: era.name[0]}.get(len(text), era.name)
    year = at.year - era.offset
    if text[0] == "r":
        return (era.name if len(text) > 1 else "") + f"{year:02d}"
    return "元" if year == 1 and wording.first_year_named else _padded(year, text)


def _era(at: Moment) -> Era:
    """The later one on a day that belongs to two. The days that the calendar lacks lie in 明治."""
    day = _BEFORE_1900 if at.serial in (0, _LOST_DAY) else dt.date(at.year, at.month, at.day)
    return next(era for era in reversed(ERAS) if era.first <= day)


def number_of_date(text: str, since_1904: bool) -> Decimal:
    """The number of a day or time that is written out (2018-03-26T09:00:00). Raises ValueError."""
    if "-" not in text:
        time = dt.time.fromisoformat(text)
        day = dt.datetime.combine(_BEFORE_1900, time.replace(tzinfo=None))
    else:
        day = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    passed = day - dt.datetime.combine(_BEFORE_1900, dt.time())
    days = passed.days - (0 < passed.days <= _LOST_DAY) - (_FROM_1904 if since_1904 and passed.days else 0)
    return days + Decimal(passed.seconds * 1_000_000 + passed.microseconds) / (_DAY * 1_000_000)
