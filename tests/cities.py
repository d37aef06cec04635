"""Reports of an invented city as JSON files, for the tests that hold one against another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jisseki_check.engine import run
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Amount, Finding, Item, Outcome, Report
from jisseki_check.notation.fiscal import label
from tests.facts.reports import amount

AS_OF = dt.date(2026, 5, 31)
OPTIONS = run.Options(as_of=AS_OF, select=("XDC",))
TITLES = ("子育て広場の整備", "学童保育の延長の試行", "絵本の読み聞かせの会", "保育士の就職の相談会")
_GOALS = (
    "親子が集う広場を増やします。",
    "働く親を支えます。",
    "本に親しむ子どもを増やします。",
    "保育士を確保します。",
)
_PLANS = (
    "空き教室を広場に改めます。",
    "夏休みに延長を試します。",
    "図書館で読み聞かせの会を開きます。",
    "就職の相談会を開きます。",
)


def items(year: int, *changes: Mapping[str, Any]) -> tuple[Item, ...]:
    """Four 重点施策, numbered from 1, whose results no other year repeats; the first ones changed so."""
    held = [
        Item(
            index=number,
            kind="priority",
            section=1,
            section_title="重点施策・事業",
            number=str(number),
            title=title,
            goal=_GOALS[number - 1],
            initiative=_PLANS[number - 1],
            result=f"{title}に取り組み、{year % 100 * 7 + number}人の参加を得ました。",
            mark="◎",
            amounts=budget(year, 1_000 * number),
        )
        for number, title in enumerate(TITLES, start=1)
    ]
    for number, change in enumerate(changes):
        held[number] = replace(held[number], **change)
    return tuple(held)


def budget(year: int, value: int, unit: str = "千円") -> tuple[Amount, ...]:
    return (
        amount("initial_budget", value, unit, label=f"{label(year)}当初予算", fiscal_year=year),
        amount("settlement", value, unit, label=f"{label(year)}決算", fiscal_year=year),
    )


def report(year: int, *changes: Mapping[str, Any], **fields: Any) -> Report:
    """The results of こども部; `changes`: of its first items."""
    kind, department = fields.get("kind", "results"), fields.get("department", "こども部")
    usual: dict[str, Any] = {
        "municipality": "みずき市", "department": department, "divisions": ("保育課",), "kind": kind,
        "title": f"{label(year)}{department}の{'運営方針' if kind == 'plan' else '取り組み実績'}",
        "fiscal_year": year, "fiscal_year_label": label(year), "legend": "◎：達成　○：おおむね達成",
        "items": items(year, *changes),
    }  # fmt: skip
    return Report(**(usual | fields))


def plan(year: int, *changes: Mapping[str, Any], **fields: Any) -> Report:
    """The plan of the same: without results, marks and settlements."""
    held = report(year, *changes, **{"kind": "plan"} | fields)
    return replace(
        held,
        items=tuple(replace(each, result=None, mark=None, amounts=each.amounts[:1]) for each in held.items),
    )


def save(path: Path, held: Report) -> Path:
    """The report as a JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(to_json(held), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def check(*paths: Path, prior: tuple[Path, ...] = (), **options: Any) -> Outcome:
    """The outcome of the rules that hold one report against another."""
    return run.check(paths, options=replace(OPTIONS, prior=prior, **options))


def told(outcome: Outcome) -> list[tuple[str, str, int | None]]:
    """Of each finding the rule, the file's name and the item."""
    return [_told(finding) for finding in outcome.findings]


def _told(finding: Finding) -> tuple[str, str, int | None]:
    name = Path(finding.location.path or "").name
    return finding.rule, name, finding.item.index if finding.item else None


def reason(outcome: Outcome, code: str) -> str:
    """Why rows of a rule were not judged."""
    return next(each.reason or "" for each in outcome.coverage if each.rule == code)
