"""Workbooks of the invented みずき市 with all that a marked copy must not lose, and findings in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from jisseki_check.marking import Contents, of_file
from jisseki_check.model import (
    Coverage,
    Finding,
    Input,
    ItemRef,
    Location,
    Outcome,
    Severity,
    Verdict,
)

PATH = "防災安全部.xlsx"
LIST = "重点施策（H'30）!(1)"  # a name with all that a formula would stumble over
FORM = "様式第2号"
SHEETS = (LIST, FORM)


def workbook() -> bytes:
    """A list with a chart, notes of others, validation, conditional formats, print settings and merged
    cells; and a form on narrow columns whose sheet is protected."""
    book = Workbook()
    _fill_list(book)
    _fill_form(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_list(book: Workbook) -> None:
    sheet: Any = book.active
    sheet.title = LIST
    sheet["A1"] = "平成30年度 みずき市防災安全部の取り組み実績"
    sheet.merge_cells("A1:F1")
    edge = Side(style="thin")
    box = Border(edge, edge, edge, edge)
    for column, heading in enumerate(("番号", "事業", "取り組み", "実績", "予算額", "決算額"), 1):
        cell = sheet.cell(3, column, heading)
        cell.font, cell.border = Font(bold=True), box
        cell.fill = PatternFill("solid", fgColor="FFDDEEDD")
    for row in range(4, 10):
        number = row - 3
        values = (number, f"備蓄倉庫の点検 その{number}", "倉庫を点検します。", "倉庫を点検した。")
        for column, value in enumerate((*values, 1200 * number, 1100 * number), 1):
            cell = sheet.cell(row, column, value)
            cell.border, cell.alignment = box, Alignment(wrap_text=True, vertical="top")
    sheet["F5"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["F5"].number_format = "#,##0"
    sheet["F9"] = "=SUM(F4:F8)"
    sheet["E5"].comment = Comment("補正後の額か", "財政課")
    sheet["B6"].comment = Comment("名称は仮", "危機管理室")
    sheet.merge_cells("C7:C8")
    validation = DataValidation(type="list", formula1='"◎,○,△"')
    sheet.add_data_validation(validation)
    validation.add("G4:G9")
    high = CellIsRule(  # type: ignore[no-untyped-call]
        operator="greaterThan", formula=["5000"], fill=PatternFill("solid", bgColor="FFFFCC99")
    )
    sheet.conditional_formatting.add("E4:F9", high)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, max_col=6, min_row=3, max_row=9), titles_from_data=True)
    sheet.add_chart(chart, "I3")
    sheet.print_area = "A1:G9"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = "A3:F9"


def _fill_form(book: Workbook) -> None:
    sheet: Any = book.create_sheet(FORM)
    for column in range(1, 61):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 2.2
    for cells, text in (("B2:T2", "様式第2号"), ("B4:J6", "実績"), ("K4:AP6", "=-倉庫の点検を終えた。")):
        sheet.merge_cells(cells)
        sheet[cells.partition(":")[0]] = text
        sheet[cells.partition(":")[0]].data_type = "s"
    sheet.protection.sheet = True


def finding(
    number: int, sheet: str | None, cell: str | None, severity: Severity = Severity.ERROR, **said: str | None
) -> Finding:
    """A finding with a number of its own, at a cell or at no place."""
    held = Finding(
        rule=f"FIN{100 + number % 900}",
        name="overrun",
        severity=severity,
        message=f"決算額が予算額を上回っています（その{number}）",
        fix="補正予算による場合は、決算額の後にそう書いてください。",
        location=Location(PATH, sheet=sheet, cell=cell),
        department="防災安全部",
        fiscal_year=2018,
        item=ItemRef(2, 1, "2", "備蓄倉庫の点検"),
        field="settlement",
        excerpt="2,200",
        fingerprint=f"sha256:{number:016x}{'0' * 48}",
        value_fingerprint=f"sha256:a{number:016x}{'0' * 48}",
    )
    return replace(held, **said)  # type: ignore[arg-type]


def outcome(*findings: Finding, path: str = PATH) -> Outcome:
    return Outcome(
        profile="hirakata",
        as_of="2026-05-31",
        rules_digest="sha256:9f3c",
        fail_on="error",
        verdict=Verdict.FAIL if findings else Verdict.PASS,
        inputs=(Input(path, "00", path.rpartition(".")[2], "checked", 1, 6),),
        findings=findings,
        coverage=(Coverage("FIN101", evaluated=4, not_applicable=2),),
    )


def contents(*findings: Finding) -> Contents:
    return of_file(outcome(*findings), PATH)


def parts(data: bytes) -> dict[str, bytes]:
    """What a file is made of."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, change: Callable[[dict[str, bytes]], Mapping[str, bytes] | None]) -> bytes:
    """The file with its parts changed by hand."""
    held = parts(data)
    held.update(change(held) or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def saved_again(data: bytes) -> bytes:
    """As another program writes it that has read it: other parts, other numbers of styles."""
    out = io.BytesIO()
    opened(data).save(out)
    return out.getvalue()


def comments(data: bytes) -> dict[tuple[str, str], str]:
    """The comments by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in opened(data).worksheets
        for row in sheet
        for cell in row
        if cell.comment
    }


def fills(data: bytes) -> dict[tuple[str, str], str]:
    """The colours of the coloured cells."""
    return {
        (sheet.title, cell.coordinate): cell.fill.fgColor.rgb
        for sheet in opened(data).worksheets
        for row in sheet
        for cell in row
        if cell.fill.fill_type == "solid"
    }
