"""`across_plans`: what the results say of the plan, against the plan that was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jisseki_check.facts.across.differences import difference
from jisseki_check.facts.across.digests import AmountDigest, ItemDigest, ReportDigest
from jisseki_check.facts.across.items import Pair, matched, pairs
from jisseki_check.facts.across.reports import Run, key_of
from jisseki_check.facts.across.texts import plain, spelled
from jisseki_check.facts.across.vanished import unpaired

Row = dict[str, Any]

_LABELS = {"goal": "目標", "initiative": "取り組み", "title": "項目の文"}
_NO_YEAR = "その年度の計画が渡されていないため"
_NO_DEPARTMENT = "渡された計画に、同じ部・年度のものがないため"
_NO_ITEM = "計画に同じ項目が見当たらないため"
_NOT_THERE = "計画か実績の一方に、その欄がないため"
_UNSURE = "計画の項目「{}」がないが、統合や名称の変更とも考えられるため"
_LEFT_OUT = "計画の中に、この報告にはない部分があるため"
_STRANGE = "同じ部・年度の計画と、項目が一つも重ならないため"
_SHOWN = 40


def plan_rows(run: Run) -> Iterator[Row]:
    """The rows of `across_plans`: for each item of the results those fields that its plan has too."""
    for number, report in enumerate(run.reports):
        if report.kind != "results" or report.is_prior:
            continue
        plan, why = _plan(run, number)
        found = pairs(report.items, run.reports[plan].items, same_plan=True) if plan is not None else {}
        for place, item in enumerate(report.items):
            head: Row = {"report": number, "item": item.index}
            if place not in found:
                yield head | {"absent": why if plan is None else _NO_ITEM}
                continue
            rows = list(_rows(found[place]))
            shared = {"other_report": plan, "other_item": found[place].other.index}
            yield from (head | shared | row for row in rows or [{"absent": _NOT_THERE}])
        if plan is not None:
            yield from _missing(run, number, plan, found)


def _plan(run: Run, number: int) -> tuple[int | None, str | None]:
    """The plan of a report; of several the one with which most of its texts agree."""
    report = run.reports[number]
    why = run.unfit(number)
    if why is not None:
        return None, why
    key = key_of(report)
    assert key is not None
    found = run.counterparts(number, key[1], "plan")
    only = run.only_one(number, key[1], "plan")
    if not found and only is not None:
        is_like = any(matched(pairs(report.items, run.reports[only].items, same_plan=True)))
        return (only, None) if is_like else (None, _STRANGE)
    if not found:
        return None, _NO_DEPARTMENT if run.has(key[1], "plan") else _NO_YEAR
    if len(found) == 1:
        return found[0], None
    return max(found, key=lambda each: _agreement(report, run.reports[each].items)), None


def _missing(run: Run, number: int, plan: int, found: Mapping[int, Pair]) -> Iterator[Row]:
    """The items of the plan that the results have not taken up: one row each, of the report as a whole."""
    report = run.reports[number]
    key = key_of(report)
    assert key is not None
    # What stands in another part of the results, or not in every version of the plan, is not missing.
    parts = [run.reports[each] for each in run.counterparts(number, key[1], "results")]
    versions = [run.reports[each] for each in run.counterparts(number, key[1], "plan")]
    for lost in unpaired(report, run.reports[plan], found):
        item = lost.item
        head: Row = {"report": number, "item": None}
        if any(item.title in part.titles for part in parts):
            continue
        in_all = bool(versions) and all(item.title in version.titles for version in versions)
        if parts or not (lost.is_gone and in_all):
            why = _LEFT_OUT if lost.is_left_out else _UNSURE
            yield head | {"absent": why.format(item.name)}
            continue
        yield head | {
            "other_report": plan,
            "other_item": item.index,
            "label": "項目",
            "told": "",
            "planned": item.name,
            "planned_part": item.name,
            "vanished": True,
            "change_told": False,
            "field": "title",
            "other_field": "title",
        }


def _agreement(report: ReportDigest, items: Sequence[ItemDigest]) -> int:
    return sum(
        spelled(dict(pair.other.plan).get(field, "")) == spelled(text)
        for pair in matched(pairs(report.items, items, same_plan=True))
        for field, text in pair.item.plan
    )


def _rows(pair: Pair) -> Iterator[Row]:
    planned = dict(pair.other.plan)
    for field, text in pair.item.plan:
        if plain(text) and plain(planned.get(field, "")):
            head = {"field": field, "other_field": field, "label": _LABELS[field]}
            yield head | _known(pair) | _compared(text, planned[field])
    budgets = [_budget(item) for item in (pair.item, pair.other)]
    told, published = budgets
    if told is not None and published is not None:
        yield {
            "field": told.field,
            "label": told.label,
            "told": told.text,
            "planned": published.text,
            "planned_part": published.text,
            "yen": told.yen,
            "planned_yen": published.yen,
            "step_yen": max(told.step, published.step),
            "other_field": published.field,
        } | _known(pair)


def _known(pair: Pair) -> Row:
    return {"vanished": False, "known_by": pair.known_by, "change_told": pair.item.change_told}


def _compared(told: str, planned: str) -> Row:
    row: Row = {"text": spelled(told), "planned_text": spelled(planned)}
    if row["text"] == row["planned_text"]:
        shown = {"told": told[:_SHOWN], "planned": planned[:_SHOWN], "planned_part": planned[:_SHOWN]}
        return row | shown | {"respelled": False, "only_added": False}
    found = difference(told, planned)
    return row | {
        "told": found.told.quotation,
        "planned": found.planned.quotation,
        "planned_part": found.planned.text,
        "respelled": found.respelled,
        "only_added": found.only_added,
        "start": found.told.start,
        "end": found.told.end,
        "other_start": found.planned.start,
        "other_end": found.planned.end,
    }


def _budget(item: ItemDigest) -> AmountDigest | None:
    return next((amount for amount in item.amounts if amount.stage == "initial_budget"), None)
