"""The national review sheets beside the project, as reports: a year's sheets of one ministry are one report.

A sheet has a purpose and an outline, and no result: the purpose stands as goal, the outline as result. What
a rule says of the words, dates and numbers in them can be judged; what it says of marks, amounts, or of a
result against its plan cannot.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from jisseki_check.model import Item, Report
from jisseki_check.notation.fiscal import label

SHEETS = Path(__file__).parents[2] / "shared" / "data" / "judgit-sample"


def sheet_reports() -> Iterator[tuple[str, Report]]:
    """A file name and the report, ministry by ministry and year by year."""
    for folder, paths in groupby(sorted(SHEETS.glob("*/*/*.json")), key=lambda path: path.parent):
        sheets = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        year = int(folder.parent.name)
        yield f"{year}-{folder.name}.json", _report(folder.name, year, sheets)


def _report(ministry: str, year: int, sheets: list[dict[str, Any]]) -> Report:
    return Report(
        municipality=ministry,
        department=f"{ministry}部",
        divisions=("総務課",),
        title=f"{label(year)}{ministry}部の取り組み実績",
        kind="results",
        fiscal_year=year,
        fiscal_year_label=label(year),
        legend="◎：達成した　○：おおむね達成した",
        items=tuple(_item(at, sheet) for at, sheet in enumerate(sheets, 1)),
    )


def _item(index: int, sheet: dict[str, Any]) -> Item:
    return Item(
        index=index,
        kind="reform",
        section=2,
        section_title="行政改革・業務改善",
        group="新行政改革実施プランの改革課題",
        number=str(index),
        title=sheet["事業名"],
        goal=sheet["事業目的"] or "―",
        result=sheet["事業概要"] or "―",
        mark="◎",
    )
