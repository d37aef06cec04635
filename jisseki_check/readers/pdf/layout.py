"""What stands on a page, in the order in which it is read: lines of text, frames and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from jisseki_check.readers.pdf.columns import in_columns
from jisseki_check.readers.pdf.lines import Line, Numbering, Piece, lines_of, pieces_of
from jisseki_check.readers.pdf.shapes import Glyph, Sheet, Stack
from jisseki_check.readers.pdf.tables import Grid, Slot, find_grids
from jisseki_check.readers.pdf.work import Work

_WHOLE_PAGE = 0.6
_CLEAR = 0.15

Place = tuple[int, Slot] | None
"""A table of the page and a cell of it; None outside of tables."""


@dataclass(slots=True)
class Flow:
    """Lines that no ruling line parts. `right`: where the column that they stand in ends; None for the page
    itself."""

    page: int
    lines: list[Line]
    right: float | None = None


@dataclass(slots=True)
class Table:
    """A table, or what of it stands on one page: for each cell that holds text, by its upper left slot, its
    lines; of a frame around text, the pieces of them. `inner`: the tables within it, each with its row."""

    page: int
    grid: Grid
    cells: dict[Slot, list[Piece]] = field(default_factory=dict)
    inner: list[tuple[int, Table]] = field(default_factory=list)


@dataclass(slots=True)
class PageLayout:
    """One page with its parts in reading order."""

    number: int
    width: float
    height: float
    parts: list[Flow | Table]

    def pieces(self) -> Iterator[Piece]:
        """All text of the page, in no order."""
        waiting = list(self.parts)
        while waiting:
            part = waiting.pop()
            if isinstance(part, Flow):
                yield from chain.from_iterable(part.lines)
            else:
                yield from chain.from_iterable(part.cells.values())
                waiting += [inner for _, inner in part.inner]


def lay_out(sheet: Sheet, work: Work) -> PageLayout:
    """Sort what stands on a page into tables and text."""
    grids = _text_grids(find_grids(sheet.rules, work), sheet)
    numbering = Numbering(sheet.number, sheet.glyphs)
    held: dict[Place, list[Glyph]] = defaultdict(list)
    for glyph, place in _placed(sheet.glyphs, grids):
        held[place].append(glyph)
    tables = [Table(sheet.number, grid) for grid in grids]
    free = [pieces_of(line, numbering) for line in lines_of(held.pop(None, []))]
    for place, glyphs in held.items():
        if place is not None:
            index, slot = place
            is_frame = grids[index].is_box
            pieces = [
                piece for line in lines_of(glyphs) for piece in pieces_of(line, numbering, part=is_frame)
            ]
            if pieces:
                tables[index].cells[slot] = pieces
    free += _take_stacks(sheet.stacks, tables, numbering)
    parts = _in_order(tables, [line for line in free if line], sheet)
    return PageLayout(sheet.number, sheet.width, sheet.height, parts)


def _text_grids(grids: Sequence[Grid], sheet: Sheet) -> list[Grid]:
    """Without the frames that go around a whole page or around other tables."""
    page = sheet.width * sheet.height
    return [
        grid
        for grid in grids
        if not grid.is_box
        or not (
            grid.area > _WHOLE_PAGE * page
            or any(grid is not other and _is_within(other, grid) for other in grids)
        )
    ]


def _is_within(inner: Grid, outer: Grid) -> bool:
    return outer.holds(inner.xs[0], inner.ys[0]) and outer.holds(inner.xs[-1], inner.ys[-1])


def _placed(glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> Iterator[tuple[Glyph, Place]]:
    """Each glyph with its place. Text that runs over the side of its cell stays with its beginning: a line
    of a table parts what is drawn in one stroke only where it goes through a gap."""
    runs: dict[tuple[int, float], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        runs[glyph.run, glyph.base].append(glyph)
    for run in runs.values():
        last: Glyph | None = None
        place: Place = None
        for glyph in sorted(run, key=lambda glyph: glyph.x0):
            if last is None or glyph.x0 - last.x1 > _CLEAR * glyph.size:
                place = _place(*glyph.place, grids)
            last = glyph
            yield glyph, place


def _place(x: float, y: float, grids: Sequence[Grid]) -> Place:
    holding = [index for index, grid in enumerate(grids) if grid.holds(x, y)]
    if not holding:
        return None
    index = min(holding, key=lambda index: grids[index].area)
    return index, grids[index].anchor(x, y)


def _take_stacks(stacks: Sequence[Stack], tables: Sequence[Table], numbering: Numbering) -> list[Line]:
    """Put text that runs downwards into its cell, as one piece; what stands in no cell comes back."""
    held: dict[Place, list[Stack]] = defaultdict(list)
    for stack in stacks:
        if stack.text.strip():
            x, y = (stack.x0 + stack.x1) / 2, (stack.top + stack.bottom) / 2
            held[_place(x, y, [table.grid for table in tables])].append(stack)
    free = [[_stacked([stack], numbering)] for stack in held.pop(None, [])]
    for place, group in held.items():
        if place is not None:
            table = tables[place[0]]
            table.cells[place[1]] = [_stacked(group, numbering), *table.cells.get(place[1], [])]
    return free


def _stacked(stacks: Sequence[Stack], numbering: Numbering) -> Piece:
    ordered = sorted(stacks, key=lambda stack: (-stack.x0 if stack.falls else stack.x0, stack.top))
    first = ordered[0]
    x1, size = max(stack.x1 for stack in stacks), first.x1 - first.x0
    text = "".join(stack.text.strip() for stack in ordered)
    top = min(stack.top for stack in stacks)
    return Piece(
        text, first.x0, x1, x1, size, top + size, size, numbering.page, numbering.line(top + size), 1
    )


def _in_order(tables: Sequence[Table], lines: Sequence[Line], sheet: Sheet) -> list[Flow | Table]:
    """Tables, frames and text by where they begin; text in two columns one column after the other."""
    outer = _nested([table for table in tables if table.cells])
    starts: list[tuple[float, float, Line | Table]] = []
    starts += [(table.grid.ys[0], table.grid.xs[0], table) for table in outer]
    starts += [(line[0].base - line[0].size, line[0].x0, line) for line in lines]
    parts: list[Flow | Table] = []
    waiting: list[Line] = []
    for _, _, part in sorted(starts, key=lambda start: start[:2]):
        if isinstance(part, Table):
            parts += [*_flows(waiting, sheet), part]
            waiting = []
        else:
            waiting.append(part)
    return parts + _flows(waiting, sheet)


def _flows(lines: list[Line], sheet: Sheet) -> list[Flow]:
    return [Flow(sheet.number, column, right) for column, right in in_columns(lines)] if lines else []


def _nested(tables: Sequence[Table]) -> list[Table]:
    """The tables that stand in no other; the others go into those."""
    outer: list[Table] = []
    for table in tables:
        around = [
            other
            for other in tables
            if other is not table and not other.grid.is_box and _is_within(table.grid, other.grid)
        ]
        if around:
            holder = min(around, key=lambda other: other.grid.area)
            row, _ = holder.grid.anchor(table.grid.xs[0] + 1, table.grid.ys[0] + 1)
            holder.inner.append((row, table))
        else:
            outer.append(table)
    return outer
