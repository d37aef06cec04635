"""What stands at a place of a file, read with other means than ours."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from typing import Any

import docx
import pdfplumber
from docx.oxml.ns import qn
from lxml import html
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

from jisseki_check.model import Location


def text_at(data: bytes, ending: str, at: Location) -> str:
    """The text of the paragraph, cell or line."""
    return _PLACES[ending](data, at)


def _word(data: bytes, at: Location) -> str:
    document = docx.Document(io.BytesIO(data))
    if at.table is None:
        assert at.line is not None
        return str(document.paragraphs[at.line - 1].text)
    assert at.cell is not None
    row, column = coordinate_to_tuple(at.cell)
    assert at.row == row
    cell: Any = document.tables[at.table - 1].cell(row - 1, column - 1)
    return str(cell.text if at.line is None else cell.paragraphs[at.line - 1].text)


def _sheet(data: bytes, at: Location) -> str:
    assert at.sheet is not None
    assert at.cell is not None
    value = load_workbook(io.BytesIO(data), data_only=True)[at.sheet][at.cell].value
    return f"{value:,}" if isinstance(value, int | float) else str(value or "")


def _csv(data: bytes, at: Location) -> str:
    return _record(_whole_records(data), ",", at)


def _tsv(data: bytes, at: Location) -> str:
    return _record(_whole_records(data), "\t", at)


def _record(text: str, delimiter: str, at: Location) -> str:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if at.cell is None:
        assert at.line is not None
        return text.split("\n")[at.line - 1]
    row, column = coordinate_to_tuple(at.cell)
    assert at.row == row
    return rows[row - 1][column - 1]


def _page(data: bytes, at: Location) -> str:
    if at.table is None:
        assert at.line is not None
        return data.decode(_charset(data)).split("\n")[at.line - 1]
    assert at.cell is not None
    page = html.fromstring(data, parser=html.HTMLParser(encoding=_charset(data)))
    return _grid(list(page.iter("table"))[at.table - 1])[coordinate_to_tuple(at.cell)]


def _charset(data: bytes) -> str:
    return "cp932" if b"charset=shift_jis" in data else "utf-8"


def _grid(table: Any) -> dict[tuple[int, int], str]:
    """The cells of a table by row and column, each where it begins."""
    taken: set[tuple[int, int]] = set()
    grid: dict[tuple[int, int], str] = {}
    for row, line in enumerate(table.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr"), 1):
        column = 1
        for cell in line.xpath("./td|./th"):
            while (row, column) in taken:
                column += 1
            grid[row, column] = cell.text_content()
            height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
    return grid


def _pdf(data: bytes, at: Location) -> str:
    """The page's lines and the cells of its tables: programs differ in what they take for a line."""
    assert at.page is not None
    with pdfplumber.open(io.BytesIO(data)) as file:
        page = file.pages[at.page - 1]
        cells = [cell or "" for table in page.extract_tables() for row in table for cell in row]
        return "\n".join([page.extract_text(), *cells])


_PLACES = {"docx": _word, "xlsx": _sheet, "csv": _csv, "tsv": _tsv, "html": _page, "pdf": _pdf}


def whole_text(data: bytes, ending: str) -> str:
    """All that a file of a maker says, in the order of its parts."""
    return _WHOLE[ending](data)


def _whole_word(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(element.text or "" for element in body.iter(qn("w:t")))


def _whole_book(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data), data_only=True)
    values = [value for page in book.worksheets for row in page.iter_rows(values_only=True) for value in row]
    return "\n".join(f"{value:,}" if isinstance(value, int) else str(value or "") for value in values)


def _whole_records(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise ValueError("neither UTF-8 nor CP932")


def _whole_page(data: bytes) -> str:
    page = html.fromstring(data, parser=html.HTMLParser(encoding=_charset(data)))
    return "".join(str(text) for text in page.itertext())


_WHOLE = {
    "docx": _whole_word,
    "xlsx": _whole_book,
    "csv": _whole_records,
    "tsv": _whole_records,
    "html": _whole_page,
}
