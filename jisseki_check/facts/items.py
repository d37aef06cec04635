"""The `items` table: an item's number, mark, money and telling words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from jisseki_check.facts import money
from jisseki_check.facts.listing import NoColumn
from jisseki_check.facts.shortfalls import is_explained
from jisseki_check.facts.tense import future_statements
from jisseki_check.facts.undertakings import (
    Strength,
    Undertaking,
    goes_on,
    is_reported,
    promised,
    strength,
    undertakings,
)
from jisseki_check.facts.views import ItemView, ReportView, says
from jisseki_check.model import BUDGET_STAGES, Item
from jisseki_check.notation.marks import code_point
from jisseki_check.notation.width import fold, squeeze

Row = dict[str, Any]
Plan = list[list[Undertaking]]

_RATE = re.compile(r"執行率[^0-9。\n]{0,6}([0-9]+(?:\.([0-9]+))?)\s*(?:%|パーセント)")
_PERCENT = re.compile(r"([0-9]{1,6}(?:\.([0-9]+))?)\s*(?P<sign>%|パーセント)?")
# Behind such a word: it belongs to a noun (中止となった行事), is still to come (検討を行います), or tells of
# a standing practice (行うこととしています).
_SAYS_OTHERWISE = re.compile(
    r"(?:り|し|と|に|され|なっ|なり|した|となっ|となり){0,3}(?:た|る|ていた|ている)(?=[一-龥々ァ-ヶー「](?!ため))|や|・|の(?!ため)|に伴|に備|に対|に係|地|(?<!てい)ます|る(?=[。、\n]|予定|もの)|てい[るま]|(?<=た)(?=[一-龥々ァ-ヶー])"
)
# How many such words are looked at in one result, and how far back a sentence is read.
_MOST_WORDS, _REACH = 100, 300
# What a plan may promise as well: a decision, and what is to come after the year.
_MAY_BE_PLANNED = re.compile(r"(?:検討|準備|調整|協議|次年度|翌年度|来年度)|.*こととし$")


def item_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `items`."""
    form = _form(view)
    numbering = _numbering(view)
    plan_numbers: dict[str, int] = {}
    titles: dict[tuple[str, int | None, str | None, str], int] = {}
    columns = _Columns(view)
    marks: dict[str | None, Row] = {}
    for item in view.items:
        if item.item.mark not in marks:
            marks[item.item.mark] = _mark(view, item)
        yield {
            "report": view.number,
            "item": item.item.index,
            "kind": item.item.kind,
            "section": item.item.section,
            "goal": item.item.goal,
            "initiative": item.item.initiative,
            "result": item.item.result,
            "number": item.item.number,
            "title": item.item.title,
            **numbering.get(item.item.index, {}),
            **_plan_number(view, item.item, plan_numbers),
            "title_first": _first_title(item.item, titles),
            **columns.marked(item.item.index, marks[item.item.mark]),
            **form,
            **columns.told(item.item.index, money.pair(item, view.profile.carried_out_sign)),
            **_printed_rate(item),
            **_words(item, view.fiscal_year),
        }


class _Columns:
    """What a list has no column for is said of its first item; of the others it is not known."""

    def __init__(self, view: ReportView) -> None:
        self._missing = view.missing_columns
        self._form_budgets = [stage for stage in view.profile.form_stages if stage != "settlement"]
        self._told: set[int] = set()

    def marked(self, index: int, row: Row) -> Row:
        """The mark's columns of an item's row."""
        column = self._missing.get((index, "mark"))
        if column is None or row["mark"] is not None:
            return row
        return row | self._said(column, "no_mark_column", "mark_kind")

    def told(self, index: int, row: Row) -> Row:
        """The money's columns of an item's row."""
        settlement = self._missing.get((index, "settlement"))
        if settlement is not None and row["budget_stated"] and not row["settlement_stated"]:
            row |= self._said(settlement, "no_settlement_column", "settlement_stated")
        budgets = (self._missing.get((index, stage)) for stage in self._form_budgets)
        budget = next((column for column in budgets if column is not None), None)
        if budget is not None and row["settlement_stated"] and not row["budget_stated"]:
            row |= self._said(budget, "no_budget_column", "budget_stated")
        return row

    def _said(self, column: NoColumn, name: str, unknown: str) -> Row:
        if column.remark in self._told:
            return {unknown: None}
        self._told.add(column.remark)
        return {name: column.said}


def _form(view: ReportView) -> Row:
    """What the form calls things, for the words of a finding."""
    profile = view.profile
    usual = [sign.sign for sign in profile.signs if sign.in_form]
    return {
        "mark_label": profile.fields["mark"][0],
        "form_marks": "、".join(usual) + (" など" if len(usual) < len(profile.signs) else ""),
        "form_budget": money.form_label(view, *BUDGET_STAGES),
        "form_result": profile.fields["result"][0],
        "form_settlement": money.form_label(view, "settlement"),
        "form_unit": profile.unit,
    }


def _numbering(view: ReportView) -> dict[int, Row]:
    """Faults of (1)…(n). One misprint is one fault: the count goes on as if it had been right."""
    faults: dict[int, Row] = {}
    seen: set[int] = set()
    expected = 1
    numbered = [item for item in view.report.items if _is_running(view, item)]
    values = [_number(item) for item in numbered]
    for place, (item, value) in enumerate(zip(numbered, values, strict=True)):
        if place and _begins_anew(item, numbered[place - 1], value):
            expected, seen = 1, set()
        if value is None or value == expected:
            expected = expected + 1
        else:
            kind = "repeated" if value in seen else "gap"
            faults[item.index] = {"number_fault": kind, "number_expected": str(expected)}
            following = next((v for v in values[place + 1 :] if v is not None), None)
            misprint = following == expected + 1 or (following is None and value in seen)
            expected = expected + 1 if misprint else value + 1
        if value is not None:
            seen.add(value)
    return faults


def _begins_anew(item: Item, before: Item, value: int | None) -> bool:
    """Whether the count may begin again: in each section it does, in each group it may."""
    return item.section != before.section or (item.group != before.group and value == 1)


def _is_running(view: ReportView, item: Item) -> bool:
    """Whether an item is one of (1)…(n); one whose kind cannot be read keeps its place in its section."""
    name = item.kind or next((s.kind for s in view.profile.sections if s.number == item.section), None)
    kind = view.profile.item_kinds.get(name or "")
    return kind is not None and kind.opens == "parenthesis"


def _number(item: Item) -> int | None:
    digits = squeeze(fold(item.number or ""))
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _plan_number(view: ReportView, item: Item, seen: dict[str, int]) -> Row:
    kind = view.profile.item_kinds.get(item.kind)
    if kind is None or kind.numbering != "plan" or not item.number:
        return {}
    number = squeeze(fold(item.number))
    first = seen.setdefault(number, item.index)
    return {"plan_number": number, "plan_number_first": first if first != item.index else None}


def _first_title(item: Item, seen: dict[tuple[str, int | None, str | None, str], int]) -> int | None:
    if not item.title:
        return None
    first = seen.setdefault((item.kind, item.section, item.group, squeeze(fold(item.title))), item.index)
    return first if first != item.index else None


def _mark(view: ReportView, item: ItemView) -> Row:
    mark = item.mark
    if mark is None:
        return {"mark": None, "mark_kind": "absent"}
    sign = mark.sign or item.item.mark or ""
    in_form = {s.sign for s in view.profile.signs if s.in_form} | set(view.profile.not_evaluated)
    return {
        "mark": item.item.mark,
        "mark_kind": mark.kind,
        "mark_meant": mark.meant,
        "mark_code_point": "、".join(code_point(char) for char in sign if not char.isspace()) or None,
        "mark_rank": item.mark_rank,
        "mark_explained": mark.kind != "mark" or sign in in_form or sign in view.explained_signs,
        "lowest_rank": len(view.profile.signs),
    }


def _printed_rate(item: ItemView) -> Row:
    """The rate that the result states, or the note behind an amount, or a list's column."""
    notes = ((f"amounts/{at}", amount.note or "") for at, amount in enumerate(item.item.amounts))
    for field, text in (("result", item.result), *notes):
        match = _RATE.search(fold(text)) if "執行率" in text else None
        if match is not None:
            row = _rate(match[1], match[2], field)
            if field == "result":
                row |= {"printed_rate_start": match.start(), "printed_rate_end": match.end()}
            return row
    for heading, text in item.item.extra:
        match = _PERCENT.fullmatch(fold(text).strip()) if "執行率" in heading else None
        if match is not None and (match["sign"] or "%" in fold(heading)):
            return _rate(match[1], match[2], f"extra/{heading}")
    return {}


def _rate(percent: str, decimals: str | None, field: str) -> Row:
    return {
        "printed_rate": float(percent) / 100,
        "printed_rate_text": f"{percent}％",
        "printed_rate_half": 0.5 / 10 ** len(decimals or "") / 100,
        "printed_rate_field": field,
    }


@lru_cache(maxsize=32)
def _alternation(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _words(item: ItemView, fiscal_year: int | None) -> Row:
    words = item.profile.words
    notes = "".join(amount.note or "" for amount in item.item.amounts)
    row: Row = {
        "overrun_explained": says(notes + item.told, words["overrun"]),
        "underspend_explained": says(notes + item.told, words["underspend"]),
        "shortfall_explained": is_explained(item, fiscal_year) if item.top is False else None,
    }
    span = _unfinished(item)
    if span is not None:
        row |= {
            "unfinished": item.result[slice(*span)],
            "unfinished_start": span[0],
            "unfinished_end": span[1],
        }
    future = _future(item)
    if future is not None:
        row |= {"future": item.result[slice(*future)], "future_start": future[0], "future_end": future[1]}
    part = money.part_year(item)
    if part is not None:
        row |= {"part_year": item.result[slice(*part)], "part_year_start": part[0], "part_year_end": part[1]}
    return row


def _plan(item: ItemView) -> Plan:
    return [list(undertakings(text)) for _, text in item.plan]


def _unfinished(item: ItemView) -> tuple[int, int] | None:
    """The first words of the result that say less than what the plan promised of the same thing."""
    plan: Plan | None = None
    found = _alternation(item.profile.words["unfinished"]).finditer(item.result)
    for match in islice(found, _MOST_WORDS):
        if _SAYS_OTHERWISE.match(item.result, match.end()):
            continue
        if not _MAY_BE_PLANNED.match(match.group()):
            return match.span()
        plan = _plan(item) if plan is None else plan
        if not _is_kept(item, plan, match):
            return match.span()
    return None


def _is_kept(item: ItemView, plan: Plan, match: re.Match[str]) -> bool:
    """Whether the plan promised no more than to study or prepare the thing, or the result goes on to more."""
    reach = max(0, match.start() - _REACH)
    start = max(item.result.rfind(sign, reach, match.start()) for sign in "。\n")
    start = reach if start < 0 else start + 1
    promise = promised(plan, item.result[start : match.end()])
    if promise is None:  # of which thing the plan speaks is not plain; what it promises at all must do
        return match.group()[:2] in item.plan_text or goes_on(item.result, match.end())
    return promise.strength <= Strength.PREPARE or is_reported(promise, item.result, match.span())


def _future(item: ItemView) -> tuple[int, int] | None:
    """The first sentence that says what will be done; not the prospect of what the plan only prepared."""
    plan: Plan | None = None
    for start, end in islice(future_statements(item.result), _MOST_WORDS):
        plan = _plan(item) if plan is None else plan
        sentence = item.result[start:end]
        promise = promised(plan, sentence)
        if promise is None or promise.strength > Strength.PREPARE or strength(sentence) <= promise.strength:
            return start, end
    return None
