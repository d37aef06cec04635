"""The rows of a table as what stands in them: cells with the columns that they take, merged ones once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jisseki_check.forms.spans import Text
from jisseki_check.model import Block, Cell
from jisseki_check.notation.width import fold, squeeze

_KEY = 400  # characters of a cell that are looked at to tell what it is


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell that is not blank: its first column, the column behind it, its lines. `key`: its text in half
    width and without blanks, cut short."""

    column: int
    end: int
    lines: tuple[Text, ...]
    key: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its own cells, those of merged cells that began above it, how many columns it has, and
    whether a blank row or line stands before it."""

    cells: tuple[GridCell, ...]
    above: tuple[GridCell, ...] = ()
    width: int = 0
    apart: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.cells

    @property
    def is_whole(self) -> bool:
        """Whether one cell takes all of the row."""
        return len(self.cells) == 1 and self.cells[0].column == 0 and self.cells[0].end >= self.width

    def has_gap_before(self, at: int) -> bool:
        """Whether blank columns stand between the cell at that position and the one before it."""
        return self.cells[at - 1].end < self.cells[at].column


def grid_rows(blocks: Sequence[Block]) -> list[GridRow]:
    """The rows of one table, a label whose letters stand in a cell each put together again."""
    rows: list[GridRow] = []
    merged: dict[int, tuple[Text, ...]] = {}
    apart = True
    for block in blocks:
        row = _row(block, apart, merged)
        rows.append(row)
        apart = row.is_blank
    return rows


def _row(block: Block, apart: bool, merged: dict[int, tuple[Text, ...]]) -> GridRow:
    """One row; `merged` remembers the lines of merged cells, which stand in many rows."""
    own: list[GridCell] = []
    above: list[GridCell] = []
    width = max(len(block.cells), max(block.covers, default=-1) + 1)
    column = 0
    while column < width:
        begun = block.cells[column] if column < len(block.cells) else ()
        content = begun or block.covers.get(column, ())
        end = column + 1
        while end < width and content and _goes_on(block, end, content):
            end += 1
        lines = _lines(content) if begun else merged.get(id(content))
        if lines is None:
            lines = merged[id(content)] = _lines(content)
        if lines:
            (own if begun else above).append(GridCell(column, end, lines, key_of(lines)))
        column = end
    return GridRow(tuple(own), tuple(above), width, apart)


def _goes_on(block: Block, column: int, content: Cell) -> bool:
    """Whether a merged cell covers the column too."""
    if column < len(block.cells) and block.cells[column]:
        return False
    covering = block.covers.get(column)
    return covering is content or covering == content


def _lines(content: Cell) -> tuple[Text, ...]:
    return tuple(text for text in (Text.of(paragraph).cut(0) for paragraph in content) if text.text)


def key_of(lines: Sequence[Text]) -> str:
    """What a cell says, in half width and without blanks."""
    return squeeze(fold("".join(line.text[:_KEY] for line in lines[:_KEY])))[:_KEY]


def joined(cells: Sequence[GridCell]) -> GridCell:
    """Cells that stand side by side as one."""
    lines = tuple(line for cell in cells for line in cell.lines)
    return GridCell(cells[0].column, cells[-1].end, lines, key_of(lines))


def stacks(rows: Sequence[GridRow]) -> Iterator[list[tuple[int, int]]]:
    """Letters that stand alone in the cells of one column, one below the other: each run of them as
    positions of row and cell."""
    open_runs: dict[int, list[tuple[int, int]]] = {}
    for at, row in enumerate(rows):
        for position, cell in enumerate(row.cells):
            if len(cell.key) == 1 and position == 0:
                open_runs.setdefault(cell.column, []).append((at, position))
                continue
            run = open_runs.pop(cell.column, [])
            if len(run) > 1:
                yield run
    yield from (run for run in open_runs.values() if len(run) > 1)


def with_stack(rows: list[GridRow], run: Sequence[tuple[int, int]]) -> None:
    """Put the letters of a stack into its first row, and let that cell cover the others."""
    cells = [rows[at].cells[position] for at, position in run]
    whole = joined(cells)
    whole = replace(whole, column=min(cell.column for cell in cells), end=max(cell.end for cell in cells))
    first = run[0][0]
    for at in range(first, run[-1][0] + 1):
        row = rows[at]
        held = tuple(cell for cell in row.cells if cell not in cells)
        if at == first:
            rows[at] = replace(row, cells=(whole, *held))
        elif not row.above or all(cell.column != whole.column for cell in row.above):
            rows[at] = replace(row, cells=held, above=(whole, *row.above))
