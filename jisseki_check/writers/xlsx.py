"""A report → Excel: the list, amounts as numbers and texts as texts."""

from __future__ import annotations

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jisseki_check.model import Report
from jisseki_check.notation.width import display_width
from jisseki_check.profiles import Profile
from jisseki_check.writers import sheets
from jisseki_check.writers.listing import TITLE, Column, Listing, Value, listing
from jisseki_check.writers.refusal import CannotWrite

_FIXED = {"number": 8.0, "amount": 11.5, "mark": 10.0, "figure": 10.0, "note": 16.0}
_NARROWEST, _WIDEST = 13.0, 56.0
_LINES = 16  # that the longest text of a column is to take
_CENTERED = {"mark", "number"}


def write(report: Report, profile: Profile) -> bytes:
    """The report's list as a workbook of one sheet. Raises CannotWrite."""
    held = listing(report, profile)
    _refuse_long_texts(held)
    book = sheets.workbook()
    words = profile.report_kinds.get(report.kind) or next(iter(profile.report_kinds.values()))
    sheet = book.create_sheet(words[0])
    sheets.put_front(sheet, held.front)
    header = len(held.front) + 1
    _table(sheet, held, header)
    sheets.lay_out(sheet, map(_width, held.columns))
    sheets.fit_heights(sheet, range(header, sheet.max_row + 1))
    sheet.print_title_rows = f"{header}:{header}"
    titles = [column.heading for column in held.columns].index(TITLE) + 1
    sheet.freeze_panes = sheet.cell(header + 1, titles + 1).coordinate
    last = f"{get_column_letter(len(held.columns))}{sheet.max_row}"
    sheet.auto_filter.ref = f"A{header}:{last}"
    return sheets.saved(book)


def _refuse_long_texts(held: Listing) -> None:
    for column in held.columns:
        for value in column.cells:
            if isinstance(value, str) and len(value) > sheets.LONGEST_CELL:
                raise CannotWrite(
                    f"「{column.heading}」に{len(value):,}字の文があり、Excel のセル"
                    f"（{sheets.LONGEST_CELL:,}字まで）に入りません。Word かテキストに書き出してください。"
                )


def _table(sheet: Worksheet, held: Listing, header: int) -> None:
    for number, column in enumerate(held.columns, start=1):
        sheets.put_heading(sheets.cell_at(sheet, header, number), column.heading)
    for at, row in enumerate(held.rows, start=header + 1):
        for number, (value, column) in enumerate(zip(row, held.columns, strict=True), start=1):
            _put(sheets.cell_at(sheet, at, number), value, column)


def _put(cell: Cell, value: Value, column: Column) -> None:
    cell.font, cell.border = sheets.BODY, sheets.BOX
    cell.alignment = sheets.TOP_CENTER if column.sort in _CENTERED else sheets.TOP
    if isinstance(value, str):
        sheets.put_text(cell, value)
    elif value is not None:
        cell.value = value
    if column.sort == "amount":
        cell.number_format = sheets.MONEY


def _width(column: Column) -> float:
    """Wide enough for each line, or for the longest text to take a few lines."""
    if column.sort in _FIXED:
        return _FIXED[column.sort]
    texts = [str(value) for value in (column.heading, *column.cells) if value is not None]
    line = max(display_width(line) for text in texts for line in text.split("\n")) + 2
    longest = max(map(display_width, texts)) / _LINES
    return min(max(longest, _NARROWEST), max(line, _NARROWEST), _WIDEST)
