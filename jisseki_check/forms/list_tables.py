"""Where the lists of a document are, on one page or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from jisseki_check.forms.list_headings import ListHeadings
from jisseki_check.forms.list_heads import FEWEST, MATTERS, headers
from jisseki_check.forms.list_lines import Header, Line, Listed, Part, flat
from jisseki_check.model import Block
from jisseki_check.notation.width import fold, squeeze

PAGE_NUMBER = re.compile(r"[-‐–—―－]?\s*[0-9]{1,3}\s*(?:[-‐–—―－]|/\s*[0-9]{1,3}|ページ|頁)?")
_LINES_BETWEEN = 6


def find_parts(blocks: Sequence[Block], headings: ListHeadings) -> list[Part]:
    """The lists of a document, and between them the rows and paragraphs that belong to none."""
    parts: list[Part] = []
    lines = (Line(at, block) for at, block in enumerate(blocks))
    for table, held in groupby(lines, key=lambda line: line.block.table):
        rows = list(held)
        found = list(headers(rows, headings))
        if table is not None and _goes_on(parts, rows, found):
            taken = found[1].first if len(found) > 1 else len(rows)
            _continue(parts, rows[:taken], found[0].last + 1 if found else 0)
            found = [
                replace(header, first=header.first - taken, last=header.last - taken) for header in found[1:]
            ]
            rows = rows[taken:]
        starts = [*(header.first for header in found), len(rows)]
        parts += rows[: starts[0]]
        for header, end in zip(found, starts[1:], strict=True):
            heads = tuple(rows[header.first : header.last + 1])
            parts.append(Listed(header, tuple(rows[header.last + 1 : end]), table, heads))
    return parts


# --- lists over several pages -------------------------------------------------------------------


def _goes_on(parts: Sequence[Part], rows: Sequence[Line], found: Sequence[Header]) -> bool:
    """Whether a table goes on with the list above it, on the next page: with the same headings, or with none
    and as many columns. A sheet's list ends with its sheet."""
    at = _list_above(parts)
    filled = [row for row in rows if row.own]
    if at is None or not filled or any(row.sheet is not None for row in filled):
        return False
    above = parts[at]
    assert isinstance(above, Listed)
    if found:
        return found[0].names == above.header.names and not any(row.own for row in rows[: found[0].first])
    known = {column.at for column in above.header.columns if column.field in MATTERS}
    if max(row.width for row in rows) != max((row.width for row in above.rows), default=0):
        return False
    return any(len(known & row.own.keys()) >= FEWEST for row in filled)


def _list_above(parts: Sequence[Part]) -> int | None:
    """The place of the list that no more than a few lines part from what comes."""
    between = 0
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        if isinstance(part, Listed):
            return at if part.table is not None else None
        between += bool(part.own)
        if between > _LINES_BETWEEN or (part.own and part.block.table is not None):
            return None
    return None


def _continue(parts: list[Part], lines: Sequence[Line], first: int) -> None:
    """Add rows, those from `first` on, to the list above; where more than a page's own lines stand between,
    as a list of its own."""
    heads, rows = tuple(lines[:first]), tuple(lines[first:])
    at = _list_above(parts)
    assert at is not None
    above = parts[at]
    assert isinstance(above, Listed)
    begun = next(number for number, part in enumerate(parts) if isinstance(part, Listed))
    titles = {_line_text(part) for part in parts[:begun] if isinstance(part, Line)}
    between = [part for part in parts[at + 1 :] if isinstance(part, Line) and part.own]
    if all(PAGE_NUMBER.fullmatch(_line_text(line)) or _line_text(line) in titles for line in between):
        parts[at] = replace(above, rows=above.rows + rows, heads=above.heads + heads)
    else:
        parts.append(replace(above, rows=rows, heads=heads))


def _line_text(line: Line) -> str:
    return squeeze(fold("".join(map(flat, line.own.values()))))
