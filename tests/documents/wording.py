"""What the makers of documents have in common: how headings and amounts are printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jisseki_check.forms.report_json import from_json
from jisseki_check.model import Amount, Item, Report

FOLDER = Path(__file__).parent
STAGE_NAMES = {
    "initial_budget": "当初予算",
    "supplementary_budget": "補正予算",
    "revised_budget": "予算現額",
    "settlement": "決算",
}
MARK_LABEL = "取り組みに対する達成状況"
_PLAN_LABELS = {"priority": "取り組み", "bullet": "取り組み"}


@dataclass(frozen=True)
class Part:
    """The items under one heading of the form: a section, or a group of one."""

    section: int
    title: str
    group: str | None
    items: tuple[Item, ...]
    first: bool

    @property
    def heading(self) -> str:
        return f"{self.section}. {self.title}"

    @property
    def kind(self) -> str:
        return self.items[0].kind


def bytes_of(name: str) -> bytes:
    """A report's JSON, as it stands beside this module."""
    return (FOLDER / f"{name}.json").read_bytes()


def report_of(name: str) -> Report:
    return from_json(json.loads(bytes_of(name)))


def parts(report: Report) -> list[Part]:
    found: list[Part] = []
    for (section, title, group), items in groupby(
        report.items, lambda item: (item.section or 0, item.section_title or "", item.group)
    ):
        found.append(Part(section, title, group, tuple(items), not found or found[-1].section != section))
    return found


# --- items --------------------------------------------------------------------------------------


def numbered(item: Item) -> str:
    """An item's heading as the form prints it: (1) …, 8. …, ◆…."""
    if item.kind == "priority":
        return f"({item.number}) {item.title}"
    return f"{item.number}. {item.title}" if item.number else f"◆{item.title}"


def entitled(item: Item) -> str:
    """The same under a heading that names the kind (改革課題, テーマ): no ◆ there."""
    return f"{item.number}. {item.title}" if item.number else item.title or ""


def plans(item: Item) -> list[tuple[str, str]]:
    """The labels and texts of the plan."""
    if item.kind in ("reform", "improvement"):
        return [("取り組み内容・目標", item.goal or "")]
    pairs = [("目標", item.goal), ("取り組み", item.initiative)]
    return [(label, text) for label, text in pairs if text is not None]


def budgets(item: Item) -> list[Amount]:
    return [amount for amount in item.amounts if amount.stage != "settlement"]


def settlements(item: Item) -> list[Amount]:
    return [amount for amount in item.amounts if amount.stage == "settlement"]


def bracketed(item: Item) -> str:
    return f"【 {item.mark or '　'} 】"


# --- amounts ------------------------------------------------------------------------------------


def digits(amount: Amount) -> str:
    """3,918, or what is printed in its stead."""
    if amount.value is None:
        return amount.text.removesuffix(amount.unit or "")
    return f"{amount.value:,}"


def noted(amount: Amount) -> str:
    return f"（{amount.note}）" if amount.note else ""


def money(amount: Amount) -> str:
    """3,918千円（補正予算等の対応あり）."""
    return f"{digits(amount)}{amount.unit}{noted(amount)}"


def money_line(amount: Amount) -> str:
    return f"{amount.label}：{money(amount)}"


def composition(report: Report) -> str:
    return "、".join(report.divisions or ())


def stages(report: Report) -> list[str]:
    """The stages that any item of the report has, in the order of a list's columns."""
    used = {amount.stage for item in report.items for amount in item.amounts}
    return [stage for stage in STAGE_NAMES if stage in used]


def of_stage(item: Item, stage: str) -> Amount | None:
    return next((amount for amount in item.amounts if amount.stage == stage), None)
