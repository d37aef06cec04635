"""Dates in the texts, one row each: `dates`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from jisseki_check.facts.tense import status
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.model import Report
from jisseki_check.notation import eras
from jisseki_check.notation.dates import DateMention, find_ranges
from jisseki_check.notation.fiscal import FiscalYearMention, find_fiscal_years, fiscal_year_bounds

Row = dict[str, Any]

_RECURRING = re.compile(r"毎年|例年|各年|毎月|年度ごと")

_WEEKDAYS = "月火水木金土日"
# Plans written before the change of era looked this many years ahead in 平成.
_AHEAD = 5
_LAST_YEAR_BEFORE_REIWA = 2018


def date_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `dates`."""
    bounds = fiscal_year_bounds(view.fiscal_year) if view.fiscal_year is not None else (None, None)
    yield from _paired_years(view, None, "title", _title_years(view.report))
    for item in view.items:
        for name, years in item.fiscal_years.items():
            yield from _paired_years(view, item.item.index, name, years)
        if not any(item.dates.values()):
            continue
        dated = _gives_year(item)
        for name, text in item.texts:
            mentions = item.dates[name]
            ranges = find_ranges(text) if len(mentions) > 1 else ()
            backwards = {(span.first.start, span.first.end) for span in ranges if span.reversed}
            for mention in mentions:
                yield {
                    "report": view.number,
                    "item": item.item.index,
                    "text": mention.text,
                    "in_result": name == "result",
                    "valid_day": mention.valid_day,
                    "valid_era": mention.valid_era or _ahead(mention, text, name, view.fiscal_year),
                    "era_expected": _in_its_era(mention),
                    "gregorian": mention.paired_year,
                    "gregorian_expected": mention.year if mention.paired_year is not None else None,
                    "weekday": mention.weekday,
                    "weekday_expected": _weekday(mention),
                    "reversed": (mention.start, mention.end) in backwards,
                    "first": mention.first,
                    "year_known": mention.year is not None or dated or _recurs(text, mention),
                    # A bare year is too wide to lie before or after a fiscal year.
                    "status": status(text, mention.end) if mention.month is not None else "",
                    "year_start": bounds[0],
                    "year_end": bounds[1],
                    "field": name,
                    "start": mention.start,
                    "end": mention.end,
                }


def _title_years(report: Report) -> list[FiscalYearMention]:
    """The years of the title; JSON and YAML give the first a second time, as a number."""
    years = find_fiscal_years(report.title) if report.title and "年" in report.title else []
    if years and years[0].paired_gregorian is None and report.fiscal_year is not None:
        years[0] = replace(years[0], paired_gregorian=report.fiscal_year)
    return years


def _paired_years(
    view: ReportView, index: int | None, name: str, years: Sequence[FiscalYearMention]
) -> Iterator[Row]:
    """Fiscal years that the text gives twice, by era and by the Gregorian year."""
    for mention in years:
        if mention.paired_gregorian is not None:
            yield {
                "report": view.number,
                "item": index,
                "text": mention.text,
                "in_result": name == "result",
                "gregorian": mention.paired_gregorian,
                "gregorian_expected": mention.year,
                "field": name,
                "start": mention.start,
                "end": mention.end,
            }


def _recurs(text: str, mention: DateMention) -> bool:
    """A day of every year, or of every month, has no year."""
    return mention.month is None or bool(_RECURRING.search(text, max(0, mention.start - 20), mention.start))


def _gives_year(item: ItemView) -> bool:
    if any(mention.year is not None for mentions in item.dates.values() for mention in mentions):
        return True
    return any(item.fiscal_years.values())


def _ahead(mention: DateMention, text: str, name: str, fiscal_year: int | None) -> bool:
    """A year of 平成 that never came, named ahead in a document of the time, as everybody did."""
    if mention.era != "平成" or mention.year is None or fiscal_year is None or not mention.valid_day:
        return False
    if fiscal_year > _LAST_YEAR_BEFORE_REIWA or status(text, mention.end) == "done":
        return False
    year_end = mention.month == 3 and mention.role == "deadline"
    return fiscal_year < mention.year and (mention.year <= fiscal_year + _AHEAD or year_end)


def _in_its_era(mention: DateMention) -> str | None:
    """The era and year that the date has in truth."""
    if mention.year is None or mention.month is None or not mention.valid_day:
        return None
    era, number = eras.era_year(dt.date(mention.year, mention.month, mention.day or 1))[-1]
    return f"{era}{'元' if number == 1 else number}年"


def _weekday(mention: DateMention) -> str | None:
    if mention.weekday is None or mention.day is None or mention.first is None:
        return None
    return _WEEKDAYS[mention.first.weekday()]
