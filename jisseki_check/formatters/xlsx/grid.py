"""A sheet that is a table and nothing else: headings in the first row, so that filters and pivots find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jisseki_check.formatters.text import clean
from jisseki_check.formatters.values import Value
from jisseki_check.formatters.xlsx.book import FAINT, HEAD, SORTS, Book
from jisseki_check.formatters.xlsx.heights import height_of, lines_of

ROWS = 1_048_576  # that a sheet has
_HEADING: dict[str, Any] = {
    "bold": True,
    "bg_color": HEAD,
    "bottom": 1,
    "bottom_color": FAINT,
    "text_wrap": True,
    "valign": "vcenter",
}
_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.6}  # inches
_HEADING_HEIGHT = 34  # points: two lines
_SAID = 80  # characters; a header has 255

# Words of a column that stand out, by its heading: which style of the book each word has.
Signs = Mapping[str, Mapping[str, str]]
LEVEL_SIGNS = {"誤り": "error", "確認": "warning", "参考": "info"}


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading; `width` in characters of half width, `sort` one of SORTS of the book.
    `is_printed`: it is one of the first columns, which go on paper together."""

    heading: str
    width: int
    sort: str = "text"
    is_printed: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """`total`: how many rows there are. `frozen`: columns that stay in sight. `said`: stands at the head of
    every page."""

    name: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Value]]
    total: int
    signs: Signs | None = None
    frozen: int = 0
    said: str = ""

    @property
    def shown(self) -> int:
        """How many rows the sheet holds; if not all, another one says how many are missing."""
        return self.total if self.total < ROWS else ROWS - 2


def add_grid(book: Book, grid: Grid) -> None:
    """Adds a sheet with the table."""
    sheet = book.sheet(grid.name)
    _lay_out(book, sheet, grid)
    sorts = [head.sort for head in grid.heads]
    widths = [head.width if head.sort == "text" and head.is_printed else 0 for head in grid.heads]
    for number, row in zip(range(1, grid.shown + 1), grid.rows, strict=False):
        height = height_of(
            lines_of(value, width)
            for value, width in zip(row, widths, strict=True)
            if width and isinstance(value, str) and len(value) * 2 > width
        )
        if height is not None:
            sheet.set_row(number, height)
        for at, value in enumerate(row):
            book.put(sheet, number, at, value, sorts[at])
    if grid.shown < grid.total:
        told = f"シートに入る行数を超えるため、残り{grid.total - grid.shown:,}件を省きました。"
        book.put(sheet, grid.shown + 1, 0, f"{told}全ては CSV か JSON の結果にあります。", bold=True)


def fit_page(sheet: Any, title: str, said: str) -> None:
    """A4 on its side, as wide as the page, with the sheet's name above and the page's number below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(**_MARGINS)
    sheet.set_header(f"&L{title}&R{clean(said)[:_SAID].replace('&', '&&')}", {"margin": 0.3})
    sheet.set_footer("&C&P / &N", {"margin": 0.3})


def heading_style(sort: str) -> dict[str, Any]:
    """That of a column's heading, which stands on the side where its column stands."""
    return {**_HEADING, "align": SORTS[sort].get("align", "left")}


def mark(book: Book, sheet: Any, area: tuple[int, int, int, int], words: Mapping[str, str]) -> None:
    """Lets words stand out in an area (first row and column, last row and column)."""
    for word, style in words.items():
        told = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.mark(style)}
        sheet.conditional_format(*area, told)


def _lay_out(book: Book, sheet: Any, grid: Grid) -> None:
    fit_page(sheet, grid.name, grid.said)
    last = len(grid.heads) - 1
    sheet.print_area(0, 0, grid.shown, sum(head.is_printed for head in grid.heads) - 1)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, grid.frozen)
    sheet.autofilter(0, 0, max(grid.shown, 1), last)
    sheet.set_row(0, _HEADING_HEIGHT)
    for at, head in enumerate(grid.heads):
        sheet.set_column(at, at, head.width)
        book.put(sheet, 0, at, head.heading, **heading_style(head.sort))
    if not grid.shown:
        return
    for heading, words in (grid.signs or {}).items():
        at = next(at for at, head in enumerate(grid.heads) if head.heading == heading)
        mark(book, sheet, (1, at, grid.shown, at), words)
    line = {"type": "formula", "criteria": "=TRUE", "format": book.line()}
    sheet.conditional_format(1, 0, grid.shown, last, line)
