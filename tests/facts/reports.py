"""Short ways to a report for the facts' tests."""

from __future__ import annotations

from typing import Any

import polars as pl

from jisseki_check import facts, profiles
from jisseki_check.facts.views import ReportView
from jisseki_check.forms.report_json import JsonPlaces
from jisseki_check.model import Amount, Document, Item, Report

PROFILE = profiles.load("hirakata")


def item(**fields: Any) -> Item:
    """A 重点施策 with a plan, a result and the top mark, unless told otherwise."""
    usual: dict[str, Any] = {
        "index": 1, "kind": "priority", "section": 1, "section_title": "重点施策・事業", "number": "1",
        "title": "見守りの充実", "goal": "見守りを広げます。", "initiative": "協力する店を募ります。",
        "result": "協力する店を募りました。", "mark": "◎",
    }  # fmt: skip
    return Item(**(usual | fields))


def amount(stage: str, value: int | None, unit: str | None = "千円", **fields: Any) -> Amount:
    """An amount that stands where the form has it."""
    label = {"settlement": "決算", "initial_budget": "当初予算"}.get(stage, stage)
    usual: dict[str, Any] = {
        "label": f"平成29年度{label}", "fiscal_year": 2017,
        "field": "result" if stage == "settlement" else "initiative",
    }  # fmt: skip
    return Amount(**({"stage": stage, "value": value, "unit": unit, "note": None} | usual | fields))


def report(*items: Item, **fields: Any) -> Report:
    usual: dict[str, Any] = {
        "municipality": "みずき市", "department": "福祉部", "divisions": ("福祉課",),
        "title": "平成29年度福祉部の取り組み実績", "kind": "results", "fiscal_year": 2017,
        "fiscal_year_label": "平成29年度", "legend": "◎：達成　○：おおむね達成", "items": items,
    }  # fmt: skip
    return Report(**(usual | fields))


def view(held: Report) -> ReportView:
    return ReportView(0, Document("0.json", held, JsonPlaces({})), PROFILE)


def tables(*reports: Report) -> dict[str, pl.DataFrame]:
    documents = [Document(f"{number}.json", each, JsonPlaces({})) for number, each in enumerate(reports)]
    return facts.tables(documents, PROFILE)


def rows(table: str, *items: Item, **fields: Any) -> list[dict[str, Any]]:
    """The rows of one table of one report."""
    return tables(report(*items, **fields))[table].to_dicts()
