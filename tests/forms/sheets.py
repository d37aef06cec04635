"""Sheets and tables made by hand, as the readers of office files give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jisseki_check import forms
from jisseki_check.forms.list_columns import letters
from jisseki_check.model import Block, Cell, Document, Location, Run, Source
from jisseki_check.profiles import Profile
from tests.edits import profile

_CORNER = re.compile(r"([A-Z]+)([0-9]+)")


def sheet(
    rows: Iterable[Any], merged: Iterable[str] = (), name: str | None = "一覧", table: int | None = 1
) -> list[Block]:
    """The blocks of one sheet, given as rows of values; of a table in a Word file where it has no name.
    `merged`: B2:C4."""
    held = [list(row) for row in rows]
    cells = {
        (at, column): _cell(str(value), at, column, name, table)
        for at, row in enumerate(held)
        for column, value in enumerate(row)
        if value is not None and str(value)
    }
    covers: dict[int, dict[int, Cell]] = {}
    for block in merged:
        (top, left), (bottom, right) = map(_corner, block.split(":"))
        for at in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (at, column) != (top, left):
                    covers.setdefault(at, {})[column] = cells.get((top, left), ())
    width = max((len(row) for row in held), default=0)
    blocks = []
    for at in range(len(held)):
        own = tuple(cells.get((at, column), ()) for column in range(width))
        blank = not any(own) and not covers.get(at)
        blocks.append(Block(() if blank else own, table, covers.get(at, {})))
    return blocks


def _corner(name: str) -> tuple[int, int]:
    match = _CORNER.fullmatch(name)
    assert match is not None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _cell(text: str, at: int, column: int, name: str | None, table: int | None) -> Cell:
    address = f"{letters(column)}{at + 1}"
    return tuple(
        (
            Run(
                line,
                Location(
                    sheet=name,
                    cell=address,
                    table=None if name else table,
                    row=None if name else at + 1,
                    line=None if name else number,
                    column=None if name else 1,
                ),
            ),
        )
        for number, line in enumerate(text.split("\n"), 1)
        if line
    )


def paragraph(text: str, line: int = 1) -> Block:
    """A paragraph outside of tables."""
    return Block((((Run(text, Location(line=line, column=1)),),),) if text else ())


def source(blocks: Iterable[Block], kind: str = "xlsx") -> Source:
    return Source("一覧.xlsx", kind, "0" * 64, tuple(blocks))


def read(blocks: Iterable[Block], form: Profile | None = None) -> Document:
    """The report that stands in blocks."""
    return forms.read(source(blocks), form or profile())
