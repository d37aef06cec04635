"""CSV and TSV files, as Excel and other programs save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from jisseki_check.model import Item, Report
from tests.documents.wording import (
    STAGE_NAMES,
    composition,
    digits,
    money,
    noted,
    numbered,
    of_stage,
    parts,
    stages,
)

Row = list[str]


def _amounts(report: Report, item: Item, unit: bool = False) -> Row:
    row = []
    for stage in stages(report):
        amount = of_stage(item, stage)
        row.append("" if amount is None else money(amount) if unit else digits(amount) + noted(amount))
    return row


def _text(rows: Iterable[Row], **how: object) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n", **how).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue()


def _padded(rows: list[Row]) -> list[Row]:
    """Every row as long as the longest, as Excel saves them."""
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def make_csv_of_a_list(report: Report) -> bytes:
    """Excel's "CSV UTF-8" of a list: a byte order mark, the title's rows padded with commas."""
    rows = [[report.title or ""], [f"部の構成：{composition(report)}"], [report.legend or ""], []]
    rows.append(
        ["節", "区分", "番号", "項目名", "目標", "取り組み"]
        + [f"{STAGE_NAMES[stage]}（千円）" for stage in stages(report)]
        + ["実績", "達成状況"]
    )
    for item in report.items:
        row = [f"{item.section}. {item.section_title}", item.group or "", item.number or "", item.title or ""]
        row += [item.goal or "", item.initiative or "", *_amounts(report, item)]
        rows.append([*row, item.result or "", item.mark or ""])
    return _text(_padded(rows)).encode("utf-8-sig")


def make_csv_in_cp932(report: Report) -> bytes:
    """Excel's old CSV: CP932, line breaks inside quotes; sections and groups as rows; （単位：千円）."""
    rows = [
        [report.title or ""],
        ["部の構成", composition(report)],
        [report.legend or ""],
        ["（単位：千円）"],
    ]
    names = [STAGE_NAMES[stage] for stage in stages(report)]
    rows.append(["番号", "項目", "目標", "取組", *names, "実績", "達成状況", "備考"])
    for part in parts(report):
        if part.first:
            rows.append([part.heading])
        if part.group:
            rows.append([f"◆{part.group}"])
        for item in part.items:
            row = [item.number or "", item.title or "", item.goal or "", item.initiative or ""]
            rows.append([*row, *_amounts(report, item), item.result or "", item.mark or "", ""])
    # Excel breaks a line within a cell with a line feed alone, whatever ends the records.
    return _text(_padded(rows)).encode("cp932")


def make_tsv(report: Report) -> bytes:
    """Tab separated, as pasted from a table: amounts with their unit, the item's number before its name."""
    rows = [[report.title or ""], [f"<部の構成> {composition(report)}"], [report.legend or ""]]
    names = [f"{STAGE_NAMES[stage].removesuffix('額')}額" for stage in stages(report)]
    rows.append(["節", "項目名", "目標", "取り組み", *names, "実績", "達成状況"])
    for item in report.items:
        row = [f"{item.section}. {item.section_title}", numbered(item)]
        row += [item.goal or "", item.initiative or "", *_amounts(report, item, unit=True)]
        rows.append([*row, item.result or "", item.mark or ""])
    return _text(rows, delimiter="\t").encode()
