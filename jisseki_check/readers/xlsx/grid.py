"""The cells of a sheet → blocks, one a row, with what merged cells cover."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from jisseki_check.model import Block, Cell, Location
from jisseki_check.readers.budget import Budget
from jisseki_check.readers.xlsx.sheet import Range, SheetCells

_NOTHING: Mapping[int, Cell] = MappingProxyType({})


def drop_covered(sheet: SheetCells) -> None:
    """Takes out what cells hold that a merged one covers, for no spreadsheet shows it; and of merged cells
    that overlap all but the first."""
    sweep = _Sweep(sheet.merges)
    for row in sorted(sheet.rows):
        sweep.move_to(row)
        cells = sheet.rows[row]
        for column in [column for column in cells if sweep.covers(row, column)]:
            del cells[column]
        if not cells:
            del sheet.rows[row]
    sheet.merges = sweep.accepted


def row_blocks(sheet: SheetCells, table: int, budget: Budget) -> Iterator[Block]:
    """The rows from the first to the last one that holds something; blank rows in a row are one block, and
    so are those that the same merged cells cover."""
    width = max((max(cells) for cells in sheet.rows.values()), default=-1) + 1
    covering = _Covering(sheet, width, budget)
    at = Location(sheet=sheet.title)
    row = 1
    for number in sorted(sheet.rows):
        while row < number:
            covers = covering.at(row)
            yield Block((), table, covers)
            row = min(covering.last_row(), number - 1) + 1 if covers else number
        cells = sheet.rows[number]
        last = max(cells)
        budget.take_row(last + 1, at)
        yield Block(tuple([cells.get(column, ()) for column in range(last + 1)]), table, covering.at(number))
        row = number + 1


class _Sweep:
    """The merged cells that a row cuts, while the rows go down. Of those that overlap, the first counts."""

    def __init__(self, merges: list[Range]) -> None:
        self._waiting = sorted((merge for merge in merges if merge[:2] != merge[2:]), reverse=True)
        self._ends: list[tuple[int, Range]] = []
        self.active: list[tuple[int, Range]] = []  # by their first column
        self.accepted: list[Range] = []

    def move_to(self, row: int) -> bool:
        """Whether other merged cells are cut than before."""
        has_changed = False
        while self._waiting and self._waiting[-1][0] <= row:
            merge = self._waiting.pop()
            has_changed |= self._drop(merge[0]) | self._add(merge)
        return self._drop(row) or has_changed

    def covers(self, row: int, column: int) -> bool:
        """Whether a merged cell covers that one, without beginning there."""
        at = bisect_right(self.active, column, key=_first_column) - 1
        if at < 0:
            return False
        top, left, _, right = self.active[at][1]
        return column <= right and (row, column) != (top, left)

    def _add(self, merge: Range) -> bool:
        _, left, bottom, right = merge
        if bottom < merge[0] or right < left:
            return False
        at = bisect_right(self.active, left, key=_first_column)
        before = self.active[at - 1][1] if at else None
        after = self.active[at][1] if at < len(self.active) else None
        if (before is not None and before[3] >= left) or (after is not None and after[1] <= right):
            return False
        self.active.insert(at, (left, merge))
        heapq.heappush(self._ends, (bottom, merge))
        self.accepted.append(merge)
        return True

    def _drop(self, row: int) -> bool:
        """Leaves those behind that end above the row."""
        has_changed = False
        while self._ends and self._ends[0][0] < row:
            _, merge = heapq.heappop(self._ends)
            del self.active[bisect_right(self.active, merge[1], key=_first_column) - 1]
            has_changed = True
        return has_changed


def _first_column(active: tuple[int, Range]) -> int:
    return active[0]


class _Covering:
    """What the merged cells that hold something cover of each row, as far as the sheet's cells reach."""

    def __init__(self, sheet: SheetCells, width: int, budget: Budget) -> None:
        self._sheet = sheet
        self._width = width
        self._budget = budget
        self._sweep = _Sweep([merge for merge in sheet.merges if merge[1] in sheet.rows.get(merge[0], {})])
        self._covers: Mapping[int, Cell] = _NOTHING
        self._holds_beginnings = False

    def at(self, row: int) -> Mapping[int, Cell]:
        """The columns that are covered there, with the content of the cells that cover them."""
        has_changed = self._sweep.move_to(row)
        if has_changed or self._holds_beginnings:
            covers: dict[int, Cell] = {}
            self._holds_beginnings = False
            for _, (top, left, _, right) in self._sweep.active:
                begins_here = top == row
                self._holds_beginnings |= begins_here
                content = self._sheet.rows[top][left]
                for column in range(left + begins_here, min(right + 1, self._width)):
                    covers[column] = content
            self._budget.take_covered(len(covers), Location(sheet=self._sheet.title))
            self._covers = covers or _NOTHING
        return self._covers

    def last_row(self) -> int:
        """The last row that is covered as this one is."""
        return min(merge[2] for _, merge in self._sweep.active)
