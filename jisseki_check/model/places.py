"""Where something stands, in a file and in a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in a file. Lines and columns start at 1, columns count characters;
    `end_column` is the column after the last character. What a format does not have is None.

    `cell` names the cell of a grid as a spreadsheet does (B2), in tables of other files too; of merged
    cells it is the first. `table` counts the tables of a file from 1, `row` the rows of a table. `line`
    is, in a text, the line; in a Word file the paragraph, counted in the body or within its cell; in a
    PDF the line of its page.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    page: int | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A symbolic place: which field of which item, and which characters of its text.

    `item` is the item's index in its report (from 1), None for the report itself. `field` is a
    name of the report schema ("goal", "mark", "title", …), "amounts/0" for an amount, "" for the
    whole item. `start` and `end` are offsets into the field's text (None: the whole field).
    """

    item: int | None
    field: str
    start: int | None = None
    end: int | None = None


class Places(Protocol):
    """Turns a symbolic place into lines and columns, or into a JSON Pointer."""

    def locate(self, spot: Spot) -> Location: ...
