"""The names of cells, as spreadsheets have them: B2."""

from __future__ import annotations


def cell_name(row: int, column: int) -> str:
    """The name of a cell; rows count from 1, columns from 0."""
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    """The letters of a column, counted from 0: A, B, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
