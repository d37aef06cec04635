"""The pages of a PDF → the blocks that all formats become: paragraphs and table rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Cell, Location, Paragraph, Run, Unreadable
from jisseki_check.readers.cell_names import cell_name
from jisseki_check.readers.pdf.flows import Rows, TextRow
from jisseki_check.readers.pdf.labels_beside import to_the_top
from jisseki_check.readers.pdf.layout import PageLayout, Table
from jisseki_check.readers.pdf.line_ends import joined_texts
from jisseki_check.readers.pdf.lines import Line, Piece
from jisseki_check.readers.pdf.measures import Measures
from jisseki_check.readers.pdf.paragraphs import right_edge
from jisseki_check.readers.pdf.table_rows import OpenTable, TableRow, last_filled, refined, rows_of
from jisseki_check.readers.pdf.tables import Grid

_BLANK = Block((), None, {})
_MOST_HEADS = 3
_SPACE = 9.0
"""Free points above a table that stand for a blank line."""


def blocks_of(pages: Sequence[PageLayout], limits: Limits) -> tuple[Block, ...]:
    """All that the pages hold, in reading order. Raises Unreadable for more cells than the limit."""
    writer = _Writer(Measures(pages), limits)
    for page in pages:
        writer.take(page)
    return tuple(_blocks(writer.finish()))


class _Writer:
    """Puts the parts of one page after the other together."""

    def __init__(self, measures: Measures, limits: Limits) -> None:
        self._measures = measures
        self._limits = limits
        self._cells = 0
        self._texts = Rows()
        self._rows: list[TextRow | TableRow] = []
        self._tables = 0
        self._open: OpenTable | None = None

    def finish(self) -> list[TextRow | TableRow]:
        self._rows += self._texts.finish()
        return self._rows

    def take(self, page: PageLayout) -> None:
        bottom: float | None = None
        for part in page.parts:
            if isinstance(part, Table):
                self._rows += self._texts.finish()
                self._take_table(part, page, bottom)
                bottom = part.grid.ys[-1]
            else:
                margins = self._measures.margins(page, part.right)
                self._rows += self._texts.take(to_the_top(part.lines, margins), margins, bottom)
                bottom = part.lines[-1][0].base
                self._open = None

    def _take_table(self, table: Table, page: PageLayout, bottom: float | None) -> None:
        """A table, the rest of one from the page before, or a frame around text."""
        before = self._open if bottom is None else None
        grid = refined(table.grid, before.grid.xs) if before is not None else None
        if before is not None and grid is not None:
            self._add_rest(table, grid, before)
        elif table.grid.is_box:
            self._open = None
            self._take_frame(table, page, bottom)
        else:
            self._add_table(table, bottom is not None and table.grid.ys[0] - bottom > _SPACE)

    def _take_frame(self, table: Table, page: PageLayout, bottom: float | None) -> None:
        pieces = next(iter(table.cells.values()))
        lines: dict[int, Line] = defaultdict(list)
        for piece in pieces:
            lines[piece.line].append(piece)
        left, right = table.grid.xs[0], table.grid.xs[-1]
        right = right_edge(pieces, right - (min(piece.x0 for piece in pieces) - left))
        self._rows += self._texts.take(list(lines.values()), self._measures.margins(page, right), bottom)
        self._rows += self._texts.finish()

    def _add_table(self, table: Table, apart: bool) -> None:
        self._tables += 1
        self._count(table.grid, table.page)
        rows = rows_of(table, table.grid, self._tables, 1, self._measures.cells)
        rows[0].apart = apart
        self._add_rows(rows, table)
        self._open = OpenTable(table.grid, rows[:_MOST_HEADS], last_filled(rows), len(rows))

    def _add_rest(self, table: Table, grid: Grid, before: OpenTable) -> None:
        self._count(grid, table.page)
        rows = rows_of(table, grid, before.last.table, before.rows + 1, self._measures.cells)
        self._add_rows(before.go_on(rows, self._measures.cells), table)
        self._open = before

    def _add_rows(self, rows: Sequence[TableRow], table: Table) -> None:
        """The rows, each followed by the tables that stand within it."""
        skipped = table.grid.rows - len(rows)
        inner = sorted(table.inner, key=lambda entry: (entry[0], entry[1].grid.ys[0]))
        for at, row in enumerate(rows, skipped):
            self._rows.append(row)
            for _, within in [
                entry for entry in inner if entry[0] == at or (at == skipped and entry[0] < at)
            ]:
                self._add_table(within, apart=False)

    def _count(self, grid: Grid, page: int) -> None:
        self._cells += grid.rows * grid.columns
        if self._cells > self._limits.max_cells:
            raise Unreadable(
                f"表のセルが多すぎます（上限は{self._limits.max_cells:,}個）",
                fix="部ごとのファイルに分けてください。",
                at=Location(page=page),
            )


def _blocks(rows: Iterable[TextRow | TableRow]) -> Iterator[Block]:
    for row in rows:
        if row.apart:
            yield _BLANK
        yield _table_block(row) if isinstance(row, TableRow) else _text_block(row)


def _text_block(row: TextRow) -> Block:
    cells = tuple(tuple(_paragraph(pieces) for pieces in strip.paragraphs) for strip in row.strips)
    return Block(cells, None, {})


def _table_block(row: TableRow) -> Block:
    cells = tuple(_cell(row, column) for column in range(row.columns))
    covers = {column: _cell(holder, held) for column, (holder, held) in sorted(row.covered.items())}
    if not any(cells) and not any(covers.values()):
        return Block((), row.table, {})
    return Block(cells, row.table, covers)


def _cell(row: TableRow, column: int) -> Cell:
    place = cell_name(row.number, column)
    return tuple(_paragraph(pieces, row, place) for pieces in row.cells.get(column, ()))


def _paragraph(pieces: Sequence[Piece], row: TableRow | None = None, place: str | None = None) -> Paragraph:
    table, number = (row.table, row.number) if row is not None else (None, None)
    return tuple(
        Run(
            text,
            Location(
                page=piece.page, line=piece.line, column=piece.column, table=table, row=number, cell=place
            ),
        )
        for piece, text in zip(pieces, joined_texts([piece.text for piece in pieces]), strict=True)
    )
