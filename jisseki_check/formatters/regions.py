"""Where a finding stands, as programs that know only lines and columns are told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jisseki_check.model import Location

_CELL = re.compile("([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns from 1; `end_column` is the column after the last character, None: the line's end.

    In a table, a line is a row and a column is a column of cells. `is_text`: the lines are those of a text
    file, or the paragraphs and lines in which an office file and a PDF are counted.
    """

    line: int
    column: int
    end_line: int
    end_column: int | None
    is_text: bool


def region_of(location: Location) -> Region | None:
    """What can be said in lines and columns of a place; None where only its file is known."""
    if location.page is None and (location.sheet is not None or location.table is not None):
        return _of_cell(location)
    if location.line is None:
        return _of_cell(location)
    column = location.column or 1
    end_line = max(location.end_line or location.line, location.line)
    end_column = location.end_column
    if end_column is not None and end_line == location.line:
        end_column = max(end_column, column)
    return Region(location.line, column, end_line, end_column, is_text=True)


def _of_cell(location: Location) -> Region | None:
    match = _CELL.fullmatch(location.cell or "")
    if match is None:
        return None if location.row is None else Region(location.row, 1, location.row, None, is_text=False)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    row = max(int(match[2]), 1)
    return Region(row, column, row, column + 1, is_text=False)
