"""Rows as a list sees them, and what a list is made of: columns under headings, and rows below them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jisseki_check.forms.list_headings import Heading
from jisseki_check.forms.spans import Text
from jisseki_check.model import Block, Cell, Paragraph


@dataclass(eq=False)
class Line:
    """A row of a table as a list sees it, or a paragraph: what stands in each column, and what covers it.
    `at` is the number of its block."""

    at: int
    block: Block

    @cached_property
    def own(self) -> dict[int, Cell]:
        """The cells that are not blank and begin here, by column."""
        return {column: cell for column, cell in enumerate(self.block.cells) if cell}

    @cached_property
    def beside(self) -> dict[int, int]:
        """Columns that a merged cell of this row covers, with the column in which it begins."""
        begun = {id(cell): column for column, cell in self.own.items()} if self.block.covers else {}
        found: dict[int, int] = {}
        for column, cell in self.block.covers.items():
            at = begun.get(id(cell))
            if at is None and cell:
                at = next((own for own, held in self.own.items() if held == cell), None)
            if at is not None:
                found[column] = at
        return found

    def above(self, column: int) -> Cell:
        """What a merged cell brings into the column that began in a row above."""
        return self.block.covers.get(column, ()) if column not in self.beside else ()

    def shown(self, column: int) -> Cell:
        """What a reader sees in the column, merged cells included."""
        return self.own.get(column) or self.block.covers.get(column, ())

    @property
    def width(self) -> int:
        return max(len(self.block.cells), max(self.block.covers, default=-1) + 1)

    @property
    def texts(self) -> list[Text]:
        """The paragraphs of the row's own cells."""
        return [text for cell in self.own.values() for text in texts_of(cell)]

    @property
    def sheet(self) -> str | None:
        cell = next(iter(self.own.values()), None)
        return cell[0][0].at.sheet if cell is not None and cell[0] else None


def texts_of(cell: Cell) -> list[Text]:
    """The paragraphs of a cell that hold something."""
    return [text for text in map(_trimmed, cell) if text.text]


def _trimmed(paragraph: Paragraph) -> Text:
    text = Text.of(paragraph)
    return text if text.text and not text.text[0].isspace() and not text.text[-1].isspace() else text.cut(0)


def flat(cell: Cell) -> str:
    """A cell's text, each paragraph a line."""
    return "\n".join("".join(run.text for run in paragraph) for paragraph in cell)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list under its heading; `place` is the heading as it stands there. `tier`: where
    headings stand one below the other as an item's rows do, the row of an item that this one speaks of."""

    at: int
    heading: Heading
    place: Text
    tier: int | None = None

    @property
    def field(self) -> str | None:
        return self.heading.field


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a list: the first row of them and the last, and each column that has one."""

    first: int
    last: int
    columns: tuple[Column, ...]
    sure: bool

    @property
    def place(self) -> Text:
        return self.columns[0].place

    @property
    def names(self) -> list[tuple[int, str | None, str]]:
        """What stands above each column."""
        return [(column.at, column.field, column.heading.label) for column in self.columns]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its headings and the rows below them; `table` is the table's number, `heads` are the rows of
    the headings, on every page."""

    header: Header
    rows: tuple[Line, ...]
    table: int | None
    heads: tuple[Line, ...] = ()

    @property
    def sheet(self) -> str | None:
        return next((row.sheet for row in self.rows if row.own), None)


Part = Line | Listed
