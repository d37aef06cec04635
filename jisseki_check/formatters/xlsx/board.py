"""A sheet of several blocks one below another: sentences, labelled values and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jisseki_check.formatters.values import Value
from jisseki_check.formatters.xlsx.book import FAINT, LINE, STYLES, Book
from jisseki_check.formatters.xlsx.grid import ROWS, Signs, fit_page, heading_style, mark
from jisseki_check.formatters.xlsx.heights import height_of, lines_of

_ONE_LINE = 18.0  # points
_KEPT = 1_000  # rows that are kept for what comes after a table


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in the columns from `first` to `last` of a row. `is_label`: it names what comes next."""

    first: int
    last: int
    value: Value
    is_label: bool = False


class Board:
    """Written from top to bottom. `widths` of its columns, in characters of half width."""

    def __init__(self, book: Book, name: str, widths: Sequence[int], said: str = "") -> None:
        self.book = book
        self.sheet = book.sheet(name)
        self.widths = tuple(widths)
        self.row = 0
        fit_page(self.sheet, name, said)
        self.sheet.hide_gridlines(2)
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)

    def blank(self, height: float = 10.0) -> None:
        self.sheet.set_row(self.row, height)
        self.row += 1

    def title(self, text: str) -> None:
        self.sheet.set_row(self.row, 30)
        self.book.put(self.sheet, self.row, 0, text, "line", font_size=16, bold=True)
        self.row += 1

    def heading(self, text: str) -> None:
        """The name of a block, with a line below it as wide as the sheet."""
        told = {"bold": True, "font_size": 12, "bottom": 2, "bottom_color": FAINT}
        self.sheet.set_row(self.row, 24)
        self.book.put(self.sheet, self.row, 0, text, "line", **told)
        for at in range(1, len(self.widths)):
            self.sheet.write_blank(self.row, at, None, self.book.style("line", **told))
        self.row += 1

    def text(self, text: str, **more: Any) -> None:
        """A sentence over the whole width."""
        self._cells([Cell(0, len(self.widths) - 1, text)], **more)

    def banner(self, label: str, text: str, style: str) -> None:
        """What has to be seen first: a word, and what it means."""
        fill, ink = STYLES[style]
        self.sheet.set_row(self.row, 40)
        told = {"bg_color": fill, "font_color": ink, "bold": True, "valign": "vcenter"}
        self._span(Cell(0, 1, label), **told, font_size=20, align="center")
        self._span(Cell(2, len(self.widths) - 1, text), **told, font_size=12)
        self.row += 1

    def cards(self, cards: Sequence[tuple[Cell, str, str]]) -> None:
        """Numbers that are seen from afar: of each its cell, its name and its style."""
        for at, height in enumerate((20, 30)):
            self.sheet.set_row(self.row, height)
            for cell, name, style in cards:
                fill, ink = STYLES[style]
                told: dict[str, Any] = {"bg_color": fill, "font_color": ink, "align": "center"}
                told |= {"valign": "vcenter", "left": 5, "left_color": "#FFFFFF"}
                if at == 0:
                    self._span(Cell(cell.first, cell.last, name), **told)
                else:
                    self._span(cell, **told, font_size=20, bold=True)
            self.row += 1

    def pairs(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Labelled values, one below another and side by side."""
        for cells in rows:
            self._cells(cells, bottom=1, bottom_color=LINE)

    def table(
        self,
        heads: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[Value]],
        *,
        signs: Signs | None = None,
        is_main: bool = False,
    ) -> None:
        """Headings with what their columns hold (SORTS of the book), and rows; where the sheet has no room
        for all, it says how many are missing. `is_main`: the one table of a sheet that has a filter, and
        whose headings stand on every page that follows."""
        top = self.row
        self._fit([Cell(at, at, name) for at, (name, _) in enumerate(heads)])
        for at, (heading, sort) in enumerate(heads):
            self.book.put(self.sheet, top, at, heading or " ", **heading_style(sort))
        self.row += 1
        shown = rows[: max(ROWS - top - _KEPT, 0)]
        for row in shown:
            self._fit([Cell(at, at, row[at]) for at, (_, sort) in enumerate(heads) if sort == "text"])
            for at, value in enumerate(row):
                self.book.put(self.sheet, self.row, at, value, heads[at][1])
            self.row += 1
        if shown:
            self._dress(heads, (top + 1, self.row - 1), signs or {})
        if is_main:
            self.sheet.repeat_rows(top)
            self.sheet.autofilter(top, 0, max(self.row - 1, top + 1), len(heads) - 1)
        if len(shown) < len(rows):
            told = f"シートに入る行数を超えるため、残り{len(rows) - len(shown):,}件を省きました。"
            self.text(f"{told}全ては CSV か JSON の結果にあります。", bold=True)

    def new_page(self) -> None:
        self.sheet.set_h_pagebreaks([self.row])

    def close(self) -> None:
        """Says what goes on paper."""
        self.sheet.print_area(0, 0, max(self.row - 1, 0), len(self.widths) - 1)

    def _dress(self, heads: Sequence[tuple[str, str]], rows: tuple[int, int], signs: Signs) -> None:
        first, last = rows
        for at, (heading, _) in enumerate(heads):
            words: Mapping[str, str] = signs.get(heading, {})
            mark(self.book, self.sheet, (first, at, last, at), words)
        line = {"type": "formula", "criteria": "=TRUE", "format": self.book.line()}
        self.sheet.conditional_format(first, 0, last, len(heads) - 1, line)

    def _cells(self, cells: Sequence[Cell], **more: Any) -> None:
        self._fit(cells)
        for cell in cells:
            told = {"font_color": FAINT} if cell.is_label else {}
            self._span(cell, **told, **more)
        self.row += 1

    def _span(self, cell: Cell, **more: Any) -> None:
        sort = "text" if isinstance(cell.value, str) or cell.value is None else "number"
        style = self.book.style(sort, **more)
        if cell.last > cell.first:
            self.sheet.merge_range(self.row, cell.first, self.row, cell.last, "", style)
        elif cell.value in (None, ""):
            self.sheet.write_blank(self.row, cell.first, None, style)
        self.book.put(self.sheet, self.row, cell.first, cell.value, sort, **more)

    def _fit(self, cells: Iterable[Cell]) -> None:
        """A row high enough for its texts, which may stand over several columns."""
        height = height_of(
            lines_of(cell.value, sum(self.widths[cell.first : cell.last + 1]))
            for cell in cells
            if isinstance(cell.value, str)
        )
        self.sheet.set_row(self.row, height or _ONE_LINE)
