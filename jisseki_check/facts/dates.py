"""Dates in the texts: one row a date, and the pairs of plan and result that date the same thing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jisseki_check.facts.tense import status
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation import eras
from jisseki_check.notation.dates import DateMention, find_ranges
from jisseki_check.notation.fiscal import find_fiscal_years, fiscal_year_bounds

Row = dict[str, Any]

_WEEKDAYS = "月火水木金土日"
# Plans written before the change of era looked this many years ahead in 平成.
_AHEAD = 5
_LAST_YEAR_BEFORE_REIWA = 2018


def date_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `dates`."""
    bounds = fiscal_year_bounds(view.fiscal_year) if view.fiscal_year is not None else (None, None)
    yield from _paired_years(view, None, "title", view.report.title or "")
    for item in view.items:
        for name, text in item.texts:
            yield from _paired_years(view, item.item.index, name, text)
        if not any(item.dates.values()):
            continue
        dated = _gives_year(item)
        for name, text in item.texts:
            backwards = {(span.first.start, span.first.end) for span in find_ranges(text) if span.reversed}
            for mention in item.dates[name]:
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
                    "year_known": mention.year is not None or dated or mention.month is None,
                    "status": status(text, mention.end),
                    "year_start": bounds[0],
                    "year_end": bounds[1],
                    "field": name,
                    "start": mention.start,
                    "end": mention.end,
                }


def _paired_years(view: ReportView, index: int | None, name: str, text: str) -> Iterator[Row]:
    """Fiscal years that the text gives twice, by era and by the Gregorian year."""
    if "年度" not in text and "年" not in text:
        return
    years = find_fiscal_years(text)
    if index is None and years and years[0].paired_gregorian is None and view.report.fiscal_year is not None:
        # JSON and YAML give the title's year a second time, as a number.
        years = [replace(years[0], paired_gregorian=view.report.fiscal_year)]
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


def _gives_year(item: ItemView) -> bool:
    if any(mention.year is not None for mentions in item.dates.values() for mention in mentions):
        return True
    return any(find_fiscal_years(text) for _, text in item.texts)


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


# --- the same thing, dated twice ----------------------------------------------------------------

_ACTION = re.compile(r"([一-龥々ァ-ヶー]{2,})(?=(?:予定|いた|し|する|され|を|が|に|は|で|です|。|、|$))")
_THINGS = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{3,}|[A-Za-zＡ-Ｚａ-ｚ]{2,}")
_CLAUSE = re.compile(r"[^。\n]*")
_VERBS = re.compile(
    r"(?P<noun>[一-龥々ァ-ヶー]{2,})(?:を|の)?(?:予定(?:です|しています)?|し(?:ます|ました|て|、|た)?|いた(?:し|しま)|する|され|"
    r"(?:を)?(?:開始|実施|行い|行っ|図り|完了))"
)


def date_pair_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `date_pairs`: a plan's date and the result's date for the same thing."""
    for item in view.items:
        results = item.dates.get("result", [])
        if not results:
            continue
        for name, text in item.plan:
            for plan in item.dates[name]:
                pair = _counterpart(item, text, plan, results)
                if pair is not None:
                    yield _pair_row(view, item, name, plan, *pair)


def _counterpart(
    item: ItemView, plan_text: str, plan: DateMention, results: list[DateMention]
) -> tuple[DateMention, str] | None:
    """The one result date that speaks of what the plan's date speaks of; None when it is not plain."""
    if plan.month is None:
        return None
    candidates = []
    for result in results:
        if result.month is None or (plan.year is None) != (result.year is None):
            continue
        thing = _same_thing(plan_text, plan, item.result, result)
        if thing:
            candidates.append((result, thing))
    agreeing = [pair for pair in candidates if _agrees(plan, pair[0])]
    if agreeing:
        return agreeing[0]
    return candidates[0] if len(candidates) == 1 else None


def _same_thing(plan_text: str, plan: DateMention, result_text: str, result: DateMention) -> str | None:
    """The action or thing that both clauses name after their date."""
    plan_clause, result_clause = _after(plan_text, plan), _after(result_text, result)
    if plan.role == "deadline":
        shared = _shared(plan_clause, result_clause)
        return (
            max(shared, key=len) if len(shared) >= 2 and status(result_text, result.end) == "done" else None
        )
    actions = {_bare(match["noun"]) for match in _VERBS.finditer(plan_clause)}
    same = [noun for match in _VERBS.finditer(result_clause) if (noun := _bare(match["noun"])) in actions]
    if not same:
        return None
    others = _things(plan_clause) - {same[0]}, _things(result_clause) - {same[0]}
    if all(others) and not _shared(plan_clause, result_clause) - {same[0]}:
        return None
    return same[0]


def _bare(noun: str) -> str:
    return noun.removesuffix("予定").removesuffix("開始") or noun


def _after(text: str, mention: DateMention) -> str:
    """The clause that the date belongs to: from the date to its first verb's end."""
    match = _CLAUSE.match(text, mention.end, min(len(text), mention.end + 120))
    clause = match.group() if match else ""
    stop = clause.find("、", 2)
    return (
        clause
        if stop < 0 or len(clause[:stop]) < 4
        else clause[: clause.find("、", stop + 1)]
        if "、" in clause[stop + 1 :]
        else clause
    )


def _things(clause: str) -> set[str]:
    return set(_THINGS.findall(clause))


def _shared(left: str, right: str) -> set[str]:
    """The words of one clause that stand in the other too."""
    return {word for word in _things(left) if word in right} | {
        word for word in _things(right) if word in left
    }


def _agrees(plan: DateMention, result: DateMention) -> bool:
    """Whether the result's time lies within the plan's, or before its deadline."""
    if plan.first is None or plan.last is None or result.first is None or result.last is None:
        return (plan.month, plan.day or result.day) == (result.month, result.day or plan.day)
    if plan.role == "deadline":
        return result.first <= plan.last
    return result.first <= plan.last and plan.first <= result.last


def _pair_row(
    view: ReportView, item: ItemView, name: str, plan: DateMention, result: DateMention, thing: str
) -> Row:
    later = plan.last is not None and result.first is not None and result.first > plan.last
    return {
        "report": view.number,
        "item": item.item.index,
        "plan": plan.text,
        "result": result.text,
        "thing": thing,
        "deadline": plan.role == "deadline",
        "same": _agrees(plan, result),
        "later": later,
        "is_top": item.top,
        "mark": item.item.mark,
        "valid": plan.valid_day and plan.valid_era and result.valid_day and result.valid_era,
        "field": "result",
        "start": result.start,
        "end": result.end,
        "plan_field": name,
        "plan_start": plan.start,
        "plan_end": plan.end,
    }
