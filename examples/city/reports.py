"""The city's reports: a department's plan or results of a fiscal year, as data of the report's schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bank import Entry, Programme, date_name

from jisseki_check.notation.fiscal import label

Data = dict[str, Any]

CITY = "みずき市"
LEGEND = (
    "※達成状況の記号　◎：計画どおり、または計画を上回って達成した　○：おおむね達成した　"
    "△：一部を達成した　×：達成できなかった"
)
_ORDER = ("priority", "reform", "improvement", "money", "people", "public")
# The section of each kind in the results, its title, its group and the item's kind there.
_SECTIONS = {
    "priority": (1, "重点施策・事業", None, "priority"),
    "reform": (2, "行政改革・業務改善", "新行政改革実施プランの改革課題", "reform"),
    "improvement": (2, "行政改革・業務改善", "業務改善のテーマ・目標", "improvement"),
    "money": (3, "予算編成・執行", None, "bullet"),
    "people": (4, "組織運営・人材育成", None, "bullet"),
    "public": (5, "広報・情報発信", None, "bullet"),
}
_STAGES = {"initial_budget": "当初予算", "settlement": "決算"}


def results(department: Entry, year: int, seed: int) -> Data:
    """The results of a fiscal year."""
    items = [
        _item(programme, year, section_of=0) | _achieved(programme, year)
        for programme in _programmes(department, seed)
    ]
    return _report(department, year, "results", f"{department['name']}の取り組み実績", items)


def plan(department: Entry, year: int, seed: int) -> Data:
    """The plan that was published at the year's beginning."""
    items = [_statement(None, *each) for each in _front(department, year)]
    items.append(_statement(1, "基本方針", "\n".join(department["policy"])))
    items += [_item(programme, year, section_of=1) for programme in _programmes(department, seed)]
    return _report(department, year, "plan", f"{department['name']}の運営方針", items)


def _report(department: Entry, year: int, kind: str, title: str, items: list[Data]) -> Data:
    numbers = iter(range(1, len(items) + 1))
    for index, item in enumerate(items, start=1):
        item["index"] = index
        if item["kind"] == "priority":
            item["number"] = str(next(numbers))
    return {
        "format": "jisseki-report/1",
        "municipality": CITY,
        "department": department["name"],
        "divisions": list(department["divisions"]),
        "title": f"{label(year)}{title}",
        "kind": kind,
        "fiscal_year": year,
        "fiscal_year_label": label(year),
        "legend": LEGEND if kind == "results" else None,
        "items": items,
    }


def _programmes(department: Entry, seed: int) -> list[Programme]:
    entries = sorted(department["programmes"], key=lambda entry: _ORDER.index(entry["kind"]))
    return [Programme(entry, department["name"], seed) for entry in entries]


def _front(department: Entry, year: int) -> Iterator[tuple[str, str]]:
    duties = [f"({number}) {duty}" for number, duty in enumerate(department["duties"], start=1)]
    yield "担当事務", "\n".join(duties)
    staff = department["staff"]
    counted = zip(("正職員", "再任用職員", "非常勤職員"), staff, strict=True)
    yield (
        f"{department['name'][-1]}の職員数",
        f"{date_name(year, 4, 1)}現在\n"
        + " ".join(f"{name} {count} 名" for name, count in counted)
        + f" 合計 {sum(staff)} 名",
    )


def _statement(section: int | None, title: str, text: str) -> Data:
    return _blank() | {
        "section": section,
        "section_title": title if section else None,
        "kind": "statement",
        "title": title,
        "initiative": text,
    }


def _blank() -> Data:
    return {
        "index": 0,
        "section": None,
        "section_title": None,
        "group": None,
        "kind": "",
        "number": None,
        "title": None,
        "division": None,
        "goal": None,
        "initiative": None,
        "result": None,
        "mark": None,
        "amounts": [],
        "indicators": [],
    }


def _item(programme: Programme, year: int, section_of: int) -> Data:
    """What is planned; a plan has one section more in front."""
    section, title, group, kind = _SECTIONS[programme.entry["kind"]]
    budget = programme.budget(year)
    return _blank() | {
        "section": section + section_of,
        "section_title": title,
        "group": group,
        "kind": kind,
        "number": programme.entry.get("number"),
        "title": programme.text("title", year),
        "goal": programme.text("goal", year),
        "initiative": programme.text("initiative", year),
        "amounts": [] if budget is None else [_amount("initial_budget", year, budget)],
    }


def _achieved(programme: Programme, year: int) -> Data:
    budget, settlement = programme.budget(year), programme.settlement(year)
    held: Data = {"result": programme.text("result", year), "mark": programme.mark(year)}
    if budget is not None and settlement is not None:
        held["amounts"] = [
            _amount("initial_budget", year, budget),
            _amount("settlement", year, settlement),
        ]
    return held


def _amount(stage: str, year: int, thousands: int) -> Data:
    return {
        "stage": stage,
        "label": f"{label(year)}{_STAGES[stage]}",
        "fiscal_year": year,
        "value": thousands,
        "unit": "千円",
        "note": None,
    }
