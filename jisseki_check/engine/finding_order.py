"""The order of findings: that in which the file is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jisseki_check.model import Finding, Location

_CELL = re.compile("([A-Z]+)([0-9]+)")
_Place = tuple[int, ...]


def in_order(findings: Iterable[Finding], formats: Mapping[str, str | None]) -> list[Finding]:
    """The findings by path, place and rule. A Word file counts its paragraphs apart from its tables, so that
    there the items say what comes first; and so they do of the sheets of a workbook."""
    held = list(findings)
    sheets = _first_items(held)

    def key(finding: Finding) -> tuple[str, int, str, _Place, str, str, str]:
        at = finding.location
        path, sheet = at.path or "", at.sheet or ""
        place: _Place
        if at.sheet is not None:
            place = (*_cell(at), *_line(at))
        elif formats.get(path) == "docx":
            place = (_item(finding), at.table or 0, *_cell(at), *_line(at))
        else:
            place = (at.page or 0, *_line(at), *_cell(at))
        return (
            path,
            sheets.get((path, sheet), 0),
            sheet,
            place,
            at.pointer or "",
            finding.rule,
            finding.message,
        )

    return sorted(held, key=key)


def _first_items(findings: Iterable[Finding]) -> dict[tuple[str, str], int]:
    """For each sheet of a file the first item that stands there, 0 where none is known."""
    first: dict[tuple[str, str], int] = {}
    for finding in findings:
        at = finding.location
        if at.sheet is not None and finding.item is not None:
            name = at.path or "", at.sheet
            first[name] = min(first.get(name, finding.item.index), finding.item.index)
    return first


def _item(finding: Finding) -> int:
    return finding.item.index if finding.item is not None else 0


def _line(at: Location) -> tuple[int, int]:
    return at.line or 0, at.column or 0


def _cell(at: Location) -> tuple[int, int]:
    """Row, and column by the letters of its name: B before AA."""
    match = _CELL.fullmatch(at.cell or "")
    if match is None:
        return at.row or 0, 0
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column
