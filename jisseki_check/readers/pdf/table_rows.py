"""Tables → rows, also where a page's end cuts a table or a row of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jisseki_check.readers.pdf.layout import Table
from jisseki_check.readers.pdf.lines import Piece
from jisseki_check.readers.pdf.paragraphs import Column, continues, is_justified, join_lines, right_edge
from jisseki_check.readers.pdf.tables import Grid, Slot

_WIDEST_PADDING = 12.0
_SAME_EDGE = 3.0
_WITHIN = 1.0
_SLACK = 1.6
_LONG = 20
_NOTE = re.compile(r"[（(][^（()）]{1,10}[)）]")

Paragraph = list[Piece]
Edges = tuple[int, int]
"""The left and right side of a cell, in whole points."""


@dataclass(slots=True)
class TableRow:
    """A row: what each cell that begins in it holds, by its column, and which cell covers the other columns
    (a row and its column). `edges` bounds the cells that begin in it. `table` and `number` count from 1;
    `apart`: a blank line stands before it."""

    table: int
    number: int
    columns: int
    cells: dict[int, list[Paragraph]] = field(default_factory=dict)
    covered: dict[int, tuple[TableRow, int]] = field(default_factory=dict)
    edges: dict[int, Edges] = field(default_factory=dict)
    apart: bool = False


class CellColumns:
    """Where full lines end in the cells of a document's tables."""

    def __init__(self, tables: Iterable[Table], pitch: float) -> None:
        self._pitch = pitch
        lines: dict[Edges, list[Piece]] = defaultdict(list)
        rights: dict[Edges, float] = {}
        for table in tables:
            padding = _padding(table)
            for slot, pieces in table.cells.items():
                edges = edges_of(table.grid, slot)
                lines[edges] += pieces
                rights[edges] = min(rights.get(edges, edges[1]), edges[1] - padding)
        self._columns = {edges: _column(pieces, rights[edges], pitch) for edges, pieces in lines.items()}

    def column(self, edges: Edges) -> Column:
        return self._columns.get(edges) or Column(edges[1], self._pitch)


def _column(pieces: list[Piece], expected: float, pitch: float) -> Column:
    right = right_edge(pieces, expected, _SLACK)
    return Column(right, pitch, justified=is_justified(pieces, right))


def _padding(table: Table) -> float:
    """What cells leave free on their left, and so on their right."""
    lefts = (
        min(piece.x0 for piece in pieces) - table.grid.edges(slot)[0] for slot, pieces in table.cells.items()
    )
    return min(max(min(lefts, default=0.0), 0.0), _WIDEST_PADDING)


def edges_of(grid: Grid, slot: Slot) -> Edges:
    left, right = grid.edges(slot)
    return round(left), round(right)


def refined(grid: Grid, xs: tuple[float, ...]) -> Grid | None:
    """The same grid with the columns of another, if its own are among them: a table on the next page."""
    places = [_place(x, xs) for x in grid.xs]
    known = [place for place in places if place is not None]
    if len(known) < len(places) or known[0] != 0 or known[-1] != len(xs) - 1:
        return None
    anchors: dict[Slot, Slot] = {}
    for (row, column), (anchor_row, anchor_column) in grid.anchors.items():
        for finer in range(known[column], known[column + 1]):
            anchors[row, finer] = anchor_row, known[anchor_column]
    return Grid(xs, grid.ys, anchors)


def _place(x: float, xs: tuple[float, ...]) -> int | None:
    return next((index for index, other in enumerate(xs) if abs(other - x) <= _SAME_EDGE), None)


def rows_of(table: Table, grid: Grid, number: int, first: int, columns: CellColumns) -> list[TableRow]:
    """The rows of a table, by a grid that is its own or a finer one; the first row has the number `first`."""
    rows = [TableRow(number, first + row, grid.columns) for row in range(grid.rows)]
    for (row, column), anchor in grid.anchors.items():
        if anchor == (row, column):
            rows[row].edges[column] = edges_of(grid, anchor)
        else:
            rows[row].covered[column] = rows[anchor[0]], anchor[1]
    for slot, pieces in table.cells.items():
        row, column = grid.anchor(table.grid.xs[slot[1]] + _WITHIN, table.grid.ys[slot[0]] + _WITHIN)
        rows[row].cells[column] = _paragraphs(pieces, columns.column(rows[row].edges[column]))
    return rows


def _paragraphs(pieces: list[Piece], column: Column) -> list[Paragraph]:
    """A cell's paragraphs. One character a line is a word that runs downwards."""
    falls = all(len(piece.text) == 1 and piece.text > "\u3040" for piece in pieces)
    if falls and len({round(piece.x0) for piece in pieces}) == 1:
        return [list(pieces)]
    return join_lines(pieces, column)


@dataclass(slots=True)
class OpenTable:
    """A table that the next page may go on with. `heads`: its first rows; `last`: the last that holds text;
    `rows`: how many there are; `repeats`: whether its headings are known to stand again on each page."""

    grid: Grid
    heads: list[TableRow]
    last: TableRow
    rows: int
    repeats: bool = False

    def go_on(self, rows: list[TableRow], columns: CellColumns) -> list[TableRow]:
        """The rows of the next page, without headings that stand there again, and without the first row where
        it is the rest of the last one."""
        count = len(rows)
        while len(rows) > 1 and not rows[0].cells:
            del rows[0]
        heads = self._repeated_heads(rows)
        is_cut = heads < len(rows) and _is_cut(self.last, rows[heads], columns)
        self.repeats = self.repeats or (heads > 0 and is_cut)
        if self.repeats:
            del rows[:heads]
        if is_cut:
            first = rows.pop(0 if self.repeats else heads)
            _append(self.last, first, columns)
            _redirect(rows, first, self.last)
        elif rows:
            _cover(self.last, rows)
        for row in rows:
            row.number -= count - len(rows)
        self.rows += len(rows)
        self.last = last_filled([self.last, *rows])
        return rows

    def _repeated_heads(self, rows: Sequence[TableRow]) -> int:
        """How many rows at the top say the same as the table's first rows."""
        same = 0
        for row, head in zip(rows, self.heads, strict=False):
            if len(head.cells) < 2 or _texts(row) != _texts(head):
                break
            same += 1
        return same


def last_filled(rows: Sequence[TableRow]) -> TableRow:
    """The last row that holds text: the end of a page may draw an empty one below it."""
    return next((row for row in reversed(rows) if row.cells), rows[-1])


def _texts(row: TableRow) -> dict[int, str]:
    return {
        column: "".join("".join(piece.text.split()) for paragraph in paragraphs for piece in paragraph)
        for column, paragraphs in row.cells.items()
    }


def _is_cut(last: TableRow, first: TableRow, columns: CellColumns) -> bool:
    """Whether the first row of a page is the rest of the row before.

    Its head goes on as all of it does, or is blank while long texts go on: in the middle of a sentence, or,
    where the row before has a head of its own, after one.
    """
    if _begins(last) != _begins(first) or not first.cells:
        return False
    head = min(first.edges)
    flowing = [
        column for column in first.cells if column in last.cells and _flows(last, first, column, columns)
    ]
    others = [column for column in first.cells if column not in flowing]
    if head in last.cells and head in first.cells:
        return not others
    if head not in first.cells and all(_is_note(first.cells[column]) for column in first.cells):
        return True
    in_sentence = any(not _ends_sentence(last.cells[column]) for column in flowing)
    if any(column not in last.cells for column in others):
        return in_sentence
    is_long = all(_length(last.cells[column]) >= _LONG for column in others)
    return is_long and (in_sentence or head in last.cells)


def _is_note(paragraphs: list[Paragraph]) -> bool:
    """Whether a cell holds nothing but a short note in brackets, as a heading's unit is."""
    return (
        len(paragraphs) == 1 and _NOTE.fullmatch("".join(piece.text for piece in paragraphs[0])) is not None
    )


def _ends_sentence(paragraphs: list[Paragraph]) -> bool:
    return paragraphs[-1][-1].text.endswith("。")


def _begins(row: TableRow) -> set[int]:
    """The columns in which its cells begin, be it further up."""
    return {*row.edges, *(column for column, (_, held) in row.covered.items() if held == column)}


def _length(paragraphs: list[Paragraph]) -> int:
    return sum(len(piece.text) for paragraph in paragraphs for piece in paragraph)


def _flows(last: TableRow, first: TableRow, column: int, columns: CellColumns) -> bool:
    """Whether a cell's text goes on in the same column of the other row."""
    edge = columns.column(first.edges[column])
    return continues(last.cells[column][-1], first.cells[column][0][0], edge)


def _append(last: TableRow, first: TableRow, columns: CellColumns) -> None:
    for column, paragraphs in first.cells.items():
        if column in last.cells and _flows(last, first, column, columns):
            last.cells[column][-1].extend(paragraphs.pop(0))
        last.cells.setdefault(column, []).extend(paragraphs)


def _cover(last: TableRow, rows: list[TableRow]) -> None:
    """A cell over several rows goes on over the page's end, where it is blank."""
    first = rows[0]
    for column in [column for column in first.edges if column not in first.cells]:
        above = last.covered.get(column)
        if above is not None and above[0] is not last and above[1] == column:
            _redirect(rows, first, above[0], column)
            first.covered[column] = above


def _redirect(rows: Iterable[TableRow], first: TableRow, to: TableRow, only: int | None = None) -> None:
    """What a cell of the first row covers is covered by the cell that it goes on with."""
    for row in rows:
        for column, (holder, held) in row.covered.items():
            if holder is first and only in (None, held):
                row.covered[column] = to, held
