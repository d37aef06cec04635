"""A folder of reports of the invented みずき市, as it was when checking began: thirty reports, and in each of
them faults that nobody has put right yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Item, Report
from jisseki_check.notation.fiscal import label
from tests.edits import profile
from tests.planters import budget, settlement, text_of, with_item
from tests.strategies import LEGEND

_DEPARTMENTS = ("市民部", "環境部", "土木部", "福祉部", "教育総務部", "産業文化部")
_YEARS = range(2014, 2019)
_THINGS = (
    "防災倉庫", "手話研修", "移動図書館", "農業体験", "歩道の照明", "校庭の芝生", "朝市", "水道の検針",
    "空き家の調査", "公文書の保存", "街路樹の手入れ", "遊具の点検",
)  # fmt: skip
Change = Callable[[int], dict[str, object]]
"""The year of the report → what of an item is changed."""

FAULTS: Mapping[str, Change] = {
    "MRK101": lambda year: {"mark": ""},
    "FIN101": lambda year: {"amounts": (budget(year), settlement(year, 4_620))},
    "STR103": lambda year: {"result": "", "amounts": ()},
    "MRK103": lambda year: {"mark": "〇"},
    "FIN105": lambda year: {"amounts": (budget(year, 8_500), settlement(year, 3_740))},
    "MRK102": lambda year: {"mark": "☆"},
    "FIN110": lambda year: {"amounts": (budget(year), settlement(year, unit=None))},
}
"""Each faulty in one way only."""


def report(department: str, year: int, shift: int = 0) -> Report:
    """A report without faults; `shift` makes its contents differ from those of others."""
    items: list[Item] = []
    for section in profile().sections:
        for group in section.groups or (None,):
            kind = (group.kind if group else section.kind) or ""
            for _ in range(10 if kind == "priority" else 1):
                thing = _THINGS[len(items) % len(_THINGS)]
                items.append(
                    Item(
                        index=len(items) + 1,
                        kind=kind,
                        section=section.number,
                        section_title=section.title,
                        group=group.title if group else None,
                        number=str(len(items) + 1) if kind in {"priority", "reform"} else None,
                        **_contents(kind, section.number, thing, len(items) + shift),  # type: ignore[arg-type]
                    )
                )
    return Report(
        municipality=profile().municipality,
        department=department,
        divisions=("総務課", "窓口課"),
        title=f"{label(year)}{department}の取り組み実績",
        kind="results",
        fiscal_year=year,
        fiscal_year_label=label(year),
        legend=LEGEND,
        items=tuple(items),
    )


def _contents(kind: str, section: int, thing: str, number: int) -> dict[str, object]:
    plan = f"{thing}の担い手を{number + 12}人募ります。"
    met = number % 2 == 0
    result = f"{thing}の担い手を{number + 12}人募りました。" + ("" if met else f"{thing}の残りは次年度です。")
    held: dict[str, object] = {
        "result": result,
        "mark": "◎" if met else "○",
        "goal": None,
        "initiative": None,
    }
    if kind == "priority":
        return held | {"title": f"{thing}の充実", "goal": f"{thing}の充実を図ります。", "initiative": plan}
    if kind != "bullet":
        return held | {"title": f"{thing}の見直し", "goal": plan}
    if section == 5:
        return held | {"title": f"{thing}の紹介", "initiative": plan}
    return held | {"title": plan}


def reports() -> dict[str, Report]:
    """Thirty reports by the names of their files, each with seven faults or a few more."""
    held = {}
    for row, year in enumerate(_YEARS):
        for column, department in enumerate(_DEPARTMENTS):
            faulty = report(department, year, shift=row)
            for place, change in enumerate(FAULTS.values()):
                faulty = with_item(faulty, place + 1 + (row + column) % 3, **change(year))
            ending = "json" if column == 3 else "txt"
            held[f"{label(year)}/{department}.{ending}"] = faulty
    return held


def write(folder: Path, held: Mapping[str, Report]) -> None:
    """The reports as files below the folder."""
    for name, each in held.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text_of(each)
        if name.endswith(".json"):
            text = json.dumps(to_json(each), ensure_ascii=False, indent=1)
        path.write_text(text, encoding="utf-8")


def moved(report: Report, index: int, to: int) -> Report:
    """The report with the item `index` in another place, and all of that part numbered anew."""
    items = [item for item in report.items if item.index != index]
    items.insert(to - 1, report.items[index - 1])
    numbers = iter([item.number for item in report.items if item.kind == "priority"])
    return replace(
        report,
        items=tuple(
            replace(item, index=at, number=next(numbers) if item.kind == "priority" else item.number)
            for at, item in enumerate(items, 1)
        ),
    )
