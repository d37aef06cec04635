"""What the spreadsheets of ours have in common: fonts, explicit texts, pages, and bytes without a date."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from jisseki_check.notation.width import display_width
from jisseki_check.writers.characters import for_documents
from jisseki_check.writers.packing import repacked

FACE = "ＭＳ Ｐゴシック"
BODY, BOLD, TITLE = Font(FACE, 10), Font(FACE, 10, bold=True), Font(FACE, 14, bold=True)
FAINT = Font(FACE, 9, color="595959")
_LINE = Side(style="thin", color="A6A6A6")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEADER = PatternFill("solid", fgColor="DDEBF7")
TOP = Alignment(vertical="top", wrap_text=True)
TOP_CENTER = Alignment(vertical="top", horizontal="center", wrap_text=True)
MIDDLE = Alignment(vertical="center", horizontal="center", wrap_text=True)
MONEY = '#,##0;"△"#,##0'
LONGEST_CELL = 32_767
_CREATOR = "jisseki-check"
_WRITTEN = dt.datetime(2000, 1, 1)  # of no meaning; a time of writing would make each copy another file
_A4 = 9
_BREAK = re.compile(r"(?<=年度)(?=[^の].*(?:円）|の注記)$)|(?=（[^（）]*円）$)")
_LINE_HEIGHT, _PADDING, _HIGHEST = 12.5, 6.0, 409.0  # points
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # such a text in a cell would stand for a character


def workbook() -> Workbook:
    """A workbook without sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = _CREATOR
    book.properties.created = book.properties.modified = _WRITTEN
    return book


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of a sheet in which none are merged."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def put_text(cell: Cell, text: str) -> None:
    """A text, and never a formula, whatever it begins with."""
    cell.value = _ESCAPE.sub("_x005F_", for_documents(text))
    cell.data_type = "s"
    cell.quotePrefix = text.lstrip()[:1] in set("=+-@")


def put_front(sheet: Worksheet, lines: Sequence[str]) -> None:
    """The lines above a list, the first of them its title."""
    for number, line in enumerate(lines, start=1):
        cell = cell_at(sheet, number, 1)
        put_text(cell, line)
        cell.font = TITLE if number == 1 else BODY


def put_heading(cell: Cell, heading: str) -> None:
    """The heading of a column; the year and the unit of an amount stand on lines of their own."""
    put_text(cell, _BREAK.sub("\n", heading))
    cell.font, cell.fill, cell.border, cell.alignment = BOLD, HEADER, BOX, MIDDLE


def lay_out(sheet: Worksheet, widths: Iterable[float]) -> None:
    """A landscape page as wide as the columns, with the page's number below."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&P / &N"))


class _Row(RowDimension):
    """A row whose height Excel fits anew when its text is changed."""

    customHeight = False  # noqa: N815  the name is the library's


def fit_heights(sheet: Worksheet, rows: range) -> None:
    """Rows high enough for their texts: only Excel itself would fit them, and not on every way to paper."""
    for number in rows:
        held = [
            (str(cell.value), sheet.column_dimensions[get_column_letter(at)].width)
            for at, cell in enumerate(sheet[number], start=1)
            if cell.value is not None
        ]
        set_height(sheet, number, held)


def set_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """A row high enough for texts, each in cells of that width."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    height = min(_LINE_HEIGHT * lines + _PADDING, _HIGHEST)
    sheet.row_dimensions[row] = _Row(sheet, index=row, ht=height)


def set_heights(sheet: Worksheet, rows: range, height: float) -> None:
    """Rows of that height until something is written in them."""
    for row in rows:
        sheet.row_dimensions[row] = _Row(sheet, index=row, ht=height)


def join_cells(sheet: Worksheet, row: int, column: int, span: int) -> None:
    """One box around a cell and those to its right."""
    for at in range(column, column + span):
        sheet.cell(row, at).border = BOX
    if span > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + span - 1)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    usable = max(int(width) - 1, 2)
    return sum(max(-(-display_width(line) // usable), 1) for line in text.split("\n"))


def saved(book: Workbook) -> bytes:
    """The file's bytes, the same whenever they are made."""
    stream = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)).save()
    return repacked(stream.getvalue())
