"""A table of a page → rows of blocks, with what merged cells cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from jisseki_check.model import Block, Cell, Location
from jisseki_check.readers.budget import Budget
from jisseki_check.readers.cell_names import cell_name
from jisseki_check.readers.html.elements import whole
from jisseki_check.readers.html.lines import Flow
from jisseki_check.readers.xml_parts import Element

# As browsers bound them.
_WIDEST = 1_000
_HIGHEST = 65_534


@dataclass(slots=True)
class _Held:
    """A cell that is being read, and then was. `height`: over how many rows it goes."""

    column: int
    width: int
    height: int
    flow: Flow
    content: Cell = ()

    @property
    def end(self) -> int:
        return self.column + self.width


@dataclass(slots=True)
class Table:
    """Collects the rows of one table. `number`: which table of the file it is."""

    number: int
    budget: Budget
    blocks: list[Block] = field(default_factory=list)
    _row: int = 0
    _cells: list[_Held] | None = None
    _above: list[_Held] = field(default_factory=list)  # each with the rows that are still to come
    _taken: set[int] = field(default_factory=set)
    _is_in_cell: bool = False

    @property
    def is_in_cell(self) -> bool:
        return self._is_in_cell

    def start_group(self) -> None:
        """Merged cells end with the group of rows that they begin in."""
        self.end_row()
        self._above.clear()

    def start_row(self) -> None:
        self.end_row()
        self._row += 1
        self._cells = []
        self._taken = {column for cell in self._above for column in range(cell.column, cell.end)}

    def start_cell(self, element: Element) -> Flow:
        """Where the cell's text is to go."""
        if self._cells is None:
            self.start_row()
            assert self._cells is not None
        column = self._cells[-1].end if self._cells else 0
        while column in self._taken:
            column += 1
        height = whole(element, "rowspan")
        at = Location(table=self.number, row=self._row, cell=cell_name(self._row, column))
        width = min(_WIDEST, max(1, whole(element, "colspan") or 1))
        cell = _Held(
            column=column,
            width=width,
            height=1 if height is None else min(_HIGHEST, height or _HIGHEST),
            flow=Flow(at),
        )
        self.budget.take_row(width, at)
        self._cells.append(cell)
        self._is_in_cell = True
        return cell.flow

    def end_cell(self) -> None:
        assert self._cells
        cell = self._cells[-1]
        cell.flow.end()
        cell.content = cell.flow.paragraphs()
        assert cell.flow.at is not None
        if cell.content:
            texts = ["".join(run.text for run in paragraph) for paragraph in cell.content]
            self.budget.take_cell(texts, cell.flow.at)
        self._is_in_cell = False

    def end_row(self) -> None:
        if self._cells is None:
            return
        cells, self._cells = self._cells, None
        width = max((cell.end for cell in (*self._above, *cells)), default=0)
        covers = self._covers(cells)
        self.blocks += self._blocks(cells, width, covers)
        for cell in (*self._above, *cells):
            cell.height -= 1
        self._above = [cell for cell in (*self._above, *cells) if cell.height]

    def _covers(self, cells: list[_Held]) -> dict[int, Cell]:
        at = Location(table=self.number, row=self._row)
        covered = sum(cell.width for cell in self._above) + sum(cell.width - 1 for cell in cells)
        self.budget.take_covered(covered, at)
        covers = {column: cell.content for cell in self._above for column in range(cell.column, cell.end)}
        for cell in cells:
            covers |= dict.fromkeys(range(cell.column + 1, cell.end), cell.content)
        for cell in cells:
            covers.pop(cell.column, None)  # faulty pages lay cells over each other
        return covers

    def _blocks(self, cells: list[_Held], width: int, covers: dict[int, Cell]) -> Iterator[Block]:
        """The row, each nested table of it behind, and behind that what follows it in its cell."""
        parts = {cell.column: _parts(cell.flow, cell.content) for cell in cells}
        firsts = {column: first for column, (first, _) in parts.items()}
        yield self._block(firsts, width, covers)
        for column, (_, later) in parts.items():
            for rows, text in later:
                yield from rows
                if text:
                    yield self._block({column: text}, width, covers)

    def _block(self, texts: dict[int, Cell], width: int, covers: dict[int, Cell]) -> Block:
        self.budget.take_row(width, Location(table=self.number, row=self._row))
        cells = tuple(texts.get(column, ()) for column in range(width))
        if not any(cells) and not any(covers.values()):
            return Block((), self.number)
        return Block(cells, self.number, covers)


def _parts(flow: Flow, content: Cell) -> tuple[Cell, list[tuple[list[Block], Cell]]]:
    """A cell's text before the first table in it, and each table with the text behind it. `content`: all of
    its text."""
    first: Cell = ()
    later: list[tuple[list[Block], Cell]] = []
    if all(block.table is None for block in flow.blocks):
        return content, later
    for is_text, group in groupby(flow.blocks, lambda block: block.table is None):
        blocks = list(group)
        if not is_text:
            later.append((blocks, ()))
            continue
        text = Flow(blocks=blocks).paragraphs()
        if later:
            later[-1] = (later[-1][0], text)
        else:
            first = text
    return first, later
