"""A table of a Word file → rows of blocks, with what merged cells cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from jisseki_check.model import Block, Cell, Location, Paragraph
from jisseki_check.readers.cell_names import cell_name
from jisseki_check.readers.docx.lines import Piece, paragraphs
from jisseki_check.readers.docx.names import VAL, number, w
from jisseki_check.readers.docx.noticed import Noticed
from jisseki_check.readers.xml_parts import Element


@dataclass(frozen=True, slots=True)
class Rows:
    """The blocks of a table, those of the tables within it among them."""

    blocks: list[Block]


Passage = list[Piece] | Rows
"""A paragraph's text, or a table."""

ReadCell = Callable[[Element, Callable[[int], Location]], list[Passage]]
"""Reads what a cell holds, given the place of each of its paragraphs by its number."""

_ROW_PROPERTIES, _CELL, _CELL_PROPERTIES, _SPAN = w("trPr"), w("tc"), w("tcPr"), w("gridSpan")
_MERGES: dict[object, str] = {w(name): name for name in ("vMerge", "hMerge", "cellDel")}
# What wraps rows or cells holds settings beside them.
_SETTINGS = frozenset(w(name) for name in ("tblPr", "tblGrid", "tblPrEx", "trPr", "sdtPr", "sdtEndPr"))


@dataclass(frozen=True, slots=True)
class _Held:
    """A cell that was read. `first`: its text before the first table in it; `later`: each table in it, and
    the text behind that; `content`: all of its text."""

    column: int
    first: Cell
    later: list[tuple[Rows, Cell]]
    content: Cell


@dataclass(slots=True)
class Table:
    """Reads the rows of one table. `place`: which table of the file it is; `spend`: counts the cells of the
    grid before they are made."""

    place: int
    read_cell: ReadCell
    spend: Callable[[int], None]
    noticed: Noticed
    _open: dict[int, Cell] = field(default_factory=dict)

    def read(self, table: Element) -> Rows:
        found: list[Block] = []
        for row_number, row in enumerate(_parts(table, w("tr")), 1):
            found += self._row(row, row_number)
        return Rows(found)

    def _row(self, row: Element, row_number: int) -> list[Block]:
        properties = row.find(_ROW_PROPERTIES)
        if self._is_changed(properties, row, row_number):
            return []
        column = self._grid(properties, "gridBefore")
        held: list[_Held] = []
        covers: dict[int, Cell] = {}
        merged: dict[int, Cell] = {}
        for cell in _parts(row, _CELL):
            own = cell.find(_CELL_PROPERTIES)
            merges = _merges(own)
            if "cellDel" in merges:
                self._delete(cell, self._at(row_number, column))
                continue
            span = max(1, number(own, _SPAN) or 1)
            self.spend(span)
            read = self._held(cell, row_number, column)
            covered = self._covered(merges, read, held)
            if covered is None:
                held.append(read)
                covers |= dict.fromkeys(range(column + 1, column + span), read.content)
            else:
                covers |= dict.fromkeys(range(column, column + span), covered)
            if "vMerge" in merges:
                merged[column] = read.content if covered is None else covered
            column += span
        self._open = merged
        width = column + self._grid(properties, "gridAfter")
        return list(self._blocks(held, width, covers))

    def _grid(self, properties: Element | None, name: str) -> int:
        """The columns of the grid that a row leaves out at one of its ends."""
        count = max(0, number(properties, w(name)) or 0)
        self.spend(count)
        return count

    def _held(self, cell: Element, row_number: int, column: int) -> _Held:
        place, name = self.place, cell_name(row_number, column)
        passages = self.read_cell(
            cell, lambda line: Location(table=place, row=row_number, cell=name, line=line, column=1)
        )
        tables: list[Rows] = []
        texts: list[list[Paragraph]] = [[]]
        for passage in passages:
            if isinstance(passage, Rows):
                tables.append(passage)
                texts.append([])
            else:
                texts[-1] += paragraphs(passage)
        first, *behind = map(tuple, texts)
        return _Held(column, first, list(zip(tables, behind, strict=True)), tuple(chain(*texts)))

    def _covered(self, merges: dict[str, str], read: _Held, before: list[_Held]) -> Cell | None:
        """The content of the merged cell that covers this one; None where it is a cell of its own.

        Word shows nothing of what a covered cell holds. Such text is read as a cell's own, and said.
        """
        covered = self._open.get(read.column) if merges.get("vMerge") == "continue" else None
        if covered is None and merges.get("hMerge") == "continue" and before:
            covered = before[-1].content
        if covered is not None and (read.content or read.later):
            for paragraph in read.content:
                self.noticed.hide("".join(run.text for run in paragraph), paragraph[0].at)
            return None
        return covered

    def _blocks(self, held: list[_Held], width: int, covers: dict[int, Cell]) -> Iterator[Block]:
        yield self._block({cell.column: cell.first for cell in held}, width, covers)
        for cell in held:
            for rows, text in cell.later:
                yield from rows.blocks
                if text:
                    self.spend(width)
                    yield self._block({cell.column: text}, width, covers)

    def _block(self, texts: dict[int, Cell], width: int, covers: dict[int, Cell]) -> Block:
        cells = tuple(texts.get(column, ()) for column in range(width))
        if not any(cells) and not any(covers.values()):
            return Block((), self.place)
        return Block(cells, self.place, covers)

    # --- changes --------------------------------------------------------------------------------

    def _is_changed(self, properties: Element | None, row: Element, row_number: int) -> bool:
        """Whether a row was taken out; that it was put in is noticed too."""
        if properties is None:
            return False
        at = self._at(row_number, 0)
        if properties.find(w("del")) is not None:
            self._delete(row, at)
            return True
        if properties.find(w("ins")) is not None:
            self.noticed.change(at)
        return False

    def _delete(self, element: Element, at: Location) -> None:
        self.noticed.change(at)
        for text in element.iter(w("t"), w("delText")):
            self.noticed.delete(text.text or "", at)
        for comment in element.iter(w("commentReference")):
            self.noticed.comment(comment.get(w("id"), ""), at)

    def _at(self, row_number: int, column: int) -> Location:
        name = cell_name(row_number, column)
        return Location(table=self.place, row=row_number, cell=name, line=1, column=1)


def _parts(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, whatever they are wrapped in."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _SETTINGS:
            yield from _parts(child, tag)


def _merges(properties: Element | None) -> dict[str, str]:
    """How a cell takes part in merged ones ("restart", "continue"), and whether it was taken out."""
    if properties is None:
        return {}
    return {_MERGES[child.tag]: child.get(VAL, "continue") for child in properties if child.tag in _MERGES}
