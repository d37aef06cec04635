"""A workbook that is written row by row, to files that are gone when it is done, and holds no time."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from typing import Any

import xlsxwriter

from jisseki_check.formatters.values import Percent, Value
from jisseki_check.formatters.xlsx.texts import cell_text
from jisseki_check.result_marks import PROOF, PROPERTY
from jisseki_check.writers.packing import repacked

FACE = "BIZ UDPゴシック"  # made to be read by everybody, and on every Windows
SIZE = 10
INK, FAINT, LINE, HEAD = "#1F2937", "#5B6470", "#D3D9E1", "#E3EAF3"
# Fill and ink of what stands out; each is told by its word as well.
STYLES = {
    "error": ("#FBE3E4", "#9B1C1C"),
    "warning": ("#FFF3D1", "#744A00"),
    "info": ("#E4EFFB", "#174A7C"),
    "good": ("#E2F3E5", "#17542A"),
    "apart": ("#EEEFF2", "#4A515C"),
    "unjudged": ("#EFE6F7", "#4F2A80"),
}
# Lines and codes stay on one line; a number takes as many places as it has, and keeps off its neighbour.
SORTS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "line": {},
    "code": {"font_color": FAINT},
    "number": {"num_format": '#,##0_);"△"#,##0_)', "align": "right"},
    "fraction": {"num_format": '#,##0.0##_);"△"#,##0.0##_)', "align": "right"},
    "plain": {"num_format": "0_)", "align": "right"},
    "percent": {"num_format": "0.0%_0_)", "align": "right"},
    "date": {"num_format": "yyyy-mm-dd_)", "align": "right"},
}
_BODY = {"font_name": FACE, "font_size": SIZE, "font_color": INK, "valign": "top"}
_NO_TIME = dt.datetime(1980, 1, 1)
_FIXED = b' customHeight="1"'  # without it, a row's height follows what staff write into it
_LANGUAGE = b"<dc:language>ja-JP</dc:language></cp:coreProperties>"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Book:
    """`style` is a format for cells by its properties, `mark` one that a condition lays over them; `sheets`
    is how many there are."""

    def __init__(self, stream: io.BytesIO, folder: str, title: str) -> None:
        face = {"font_name": FACE, "font_size": SIZE}  # anew each time: it is changed while a book is made
        told = {**_OPTIONS, "default_format_properties": face, "tmpdir": folder}
        self._made = xlsxwriter.Workbook(stream, told)
        self._made.set_properties({"title": title, "author": "jisseki-check", "created": _NO_TIME})
        self._made.set_custom_property(PROPERTY, PROOF, "text")
        self.sheets = 0
        self.style = cache(self._style)
        self.mark = cache(self._mark)

    def sheet(self, name: str) -> Any:
        self.sheets += 1
        sheet = self._made.add_worksheet(name)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # an item's number is a name
        return sheet

    def close(self) -> None:
        self._made.close()

    def put(self, sheet: Any, row: int, column: int, value: Value, sort: str = "text", **more: Any) -> None:
        """Writes a cell as what it is, never as what it may look like; nothing where nothing is known.
        `sort`: one of SORTS; `more`: other properties of its style."""
        if value is None or value == "":
            return
        if isinstance(value, str):
            sheet.write_string(row, column, cell_text(value), self.style(sort, **more))
        elif isinstance(value, Percent):
            sheet.write_number(row, column, Decimal(value.number) / 100, self.style("percent", **more))
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, self.style("date", **more))
        else:
            is_fraction = isinstance(value, Decimal) and value != int(value)
            sheet.write_number(row, column, value, self.style("fraction" if is_fraction else sort, **more))

    def _style(self, sort: str = "text", **more: Any) -> Any:
        return self._made.add_format({**_BODY, **SORTS[sort], **more})

    def _mark(self, name: str) -> Any:
        fill, ink = STYLES[name]
        return self._made.add_format({"bg_color": fill, "font_color": ink, "bold": True})

    def line(self) -> Any:
        """A thin line below a row that is there."""
        return self._made.add_format({"bottom": 1, "bottom_color": LINE})


@contextmanager
def book(title: str) -> Iterator[tuple[Book, io.BytesIO]]:
    """A new workbook, and where its bytes are once the block has ended."""
    stream, made = io.BytesIO(), io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="jisseki-check-", ignore_cleanup_errors=True) as folder:
        held = Book(made, folder, title)
        yield held, stream
        held.close()
    sheets = {f"xl/worksheets/sheet{number}.xml": _with_free_heights for number in range(1, held.sheets + 1)}
    stream.write(repacked(made.getvalue(), {"docProps/core.xml": _with_language, **sheets}))


def _with_free_heights(sheet: bytes) -> bytes:
    return sheet.replace(_FIXED, b"")


def _with_language(properties: bytes) -> bytes:
    return properties.replace(b"</cp:coreProperties>", _LANGUAGE)
