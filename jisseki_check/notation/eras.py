"""Japanese eras, 明治 to 令和, with their days.

The day on which an emperor died belonged to both eras in 1912 and 1926 (明治45年7月30日 is 大正元年7月30日);
since 1989 an era changes at midnight (元号を改める政令: 昭和64年政令第1号, 平成31年政令第143号). The edict of
1868-10-23 made 明治 begin with the first day of 慶応4年, 1868-01-25. Days before 1873 are counted here as if
the Gregorian calendar had already been in use.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Era:
    """One era. `offset` + year of the era = Gregorian year; `last` is None for the present era."""

    name: str
    letter: str
    ligature: str
    first: dt.date
    last: dt.date | None
    offset: int


ERAS: tuple[Era, ...] = (
    Era("明治", "M", "㍾", dt.date(1868, 1, 25), dt.date(1912, 7, 30), 1867),
    Era("大正", "T", "㍽", dt.date(1912, 7, 30), dt.date(1926, 12, 25), 1911),
    Era("昭和", "S", "㍼", dt.date(1926, 12, 25), dt.date(1989, 1, 7), 1925),
    Era("平成", "H", "㍻", dt.date(1989, 1, 8), dt.date(2019, 4, 30), 1988),
    Era("令和", "R", "㋿", dt.date(2019, 5, 1), None, 2018),
)

_JOINS_LETTERS = re.compile("[0-9A-Za-z_.]")

ERA_OF: dict[str, Era] = {sign: era for era in ERAS for sign in (era.name, era.letter, era.ligature)}


def gregorian_year(era: str, n: int) -> int:
    """The Gregorian year of an era's year `n` (元年 is 1), whether or not the era lasted so long.

    `era` is the name, letter or ligature (平成, H, ㍻); KeyError for anything else.
    """
    return ERA_OF[era].offset + n


def era_year(date: dt.date) -> tuple[tuple[str, int], ...]:
    """(era name, year of the era) of a day: two on 1912-07-30 and 1926-12-25, none before 明治."""
    return tuple(
        (era.name, date.year - era.offset)
        for era in ERAS
        if era.first <= date and (era.last is None or date <= era.last)
    )


def is_era_date_valid(era: str, n: int, month: int, day: int | None = None) -> bool:
    """Whether the day lies in the era; without a day, whether any day of the month does.

    False for a month or day that no calendar has. KeyError for an unknown era.
    """
    entry = ERA_OF[era]
    year = entry.offset + n
    if n < 1 or year > dt.MAXYEAR or not 1 <= month <= 12:
        return False
    length = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= length:
        return False
    earliest = dt.date(year, month, day or 1)
    latest = dt.date(year, month, day or length)
    return latest >= entry.first and (entry.last is None or earliest <= entry.last)


def era_ending_at(folded: str, end: int) -> tuple[int, Era] | None:
    """The era written directly before `end` (平成, ㍻, H, H.; blanks between), and where it starts.

    `folded` is text in half width. A letter counts only if no ASCII letter or digit is before it.
    """
    while end and folded[end - 1] in " \t":
        end -= 1
    if end == 0:
        return None
    era = ERA_OF.get(folded[end - 2 : end]) if end > 1 else None
    if era is not None:
        return end - 2, era
    if folded[end - 1] == "." and end > 1 and folded[end - 2].isascii():
        end -= 1
    era = ERA_OF.get(folded[end - 1])
    if era is None:
        return None
    if folded[end - 1].isascii() and end > 1 and _JOINS_LETTERS.match(folded, end - 2):
        return None
    return end - 1, era
