"""What the Excel makers have in common: sheets written cell by cell, formulas with their last values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | None
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Sheet:
    """One sheet, and what Excel would have computed for its formulas."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.page: Worksheet = book.create_sheet(name)
        self.part = f"xl/worksheets/sheet{len(book.worksheets)}.xml"
        self.computed: dict[str, Value] = {}

    def put(self, row: int, column: int, value: Value, form: str | None = None) -> Cell:
        """Write a value; a text stays a text, whatever it begins with."""
        cell = self.page.cell(row, column)
        assert isinstance(cell, Cell)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        if form is not None:
            cell.number_format = form
        return cell

    def compute(self, row: int, column: int, formula: str, value: Value, form: str = "General") -> None:
        """Write a formula and the value that it had when the file was saved."""
        cell = self.page.cell(row, column)
        assert isinstance(cell, Cell)
        cell.value = formula
        cell.number_format = form
        self.computed[cell.coordinate] = value

    def box(self, row: int, column: int, value: Value, form: str | None = None, head: bool = False) -> Cell:
        """A cell of the table: framed, its text wrapped; headings in bold on grey."""
        cell = self.put(row, column, value, form)
        cell.border = _BOX
        cell.alignment = Alignment(
            wrap_text=True, vertical="center" if head else "top", horizontal="center" if head else None
        )
        if head:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="DDDDDD")
        return cell

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        self.page.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)

    def block(self, row: int, column: int, rows: int, columns: int, value: Value, head: bool = False) -> None:
        """A merged block of cells with one value."""
        self.box(row, column, value, head=head)
        self.merge(row, column, row + rows - 1, column + columns - 1)

    def widths(self, *widths: float, first: int = 1) -> None:
        for column, width in enumerate(widths, first):
            self.page.column_dimensions[get_column_letter(column)].width = width

    def print_on_a4(self, landscape: bool = True, scale: int | None = None) -> None:
        """One page wide, as departments set it before they print, or at a scale."""
        setup = self.page.page_setup
        setup.paperSize = 9
        setup.orientation = "landscape" if landscape else "portrait"
        if scale is not None:
            setup.scale = scale
            return
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self.page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def new_book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def saved(book: Workbook, sheets: Sequence[Sheet] = ()) -> bytes:
    """The file; openpyxl writes formulas without values, so those of `sheets` are put in."""
    stream = io.BytesIO()
    book.save(stream)
    values = {sheet.part: sheet.computed for sheet in sheets if sheet.computed}
    return _with_values(stream.getvalue(), values) if values else stream.getvalue()


def _with_values(data: bytes, values: dict[str, dict[str, Value]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(
                info, _computed(content, values[info.filename]) if info.filename in values else content
            )
    return target.getvalue()


def _computed(xml: bytes, values: dict[str, Value]) -> bytes:
    root = etree.fromstring(xml)
    for cell in root.iter(f"{_MAIN}c"):
        value = values.get(cell.get("r", ""))
        if value is None:
            continue
        for old in cell.findall(f"{_MAIN}v"):
            cell.remove(old)
        etree.SubElement(cell, f"{_MAIN}v").text = str(value)
        if isinstance(value, str):
            cell.set("t", "str")
        elif "t" in cell.attrib:
            del cell.attrib["t"]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
