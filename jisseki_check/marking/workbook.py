"""Workbooks (.xlsx, .xlsm): a colour and a comment at each cell that a finding points at, and our sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from jisseki_check import own_marks
from jisseki_check.limits import Limits
from jisseki_check.marking import sheet_text, words
from jisseki_check.marking.cell_comments import CellComments
from jisseki_check.marking.contents import Contents
from jisseki_check.marking.former import Former
from jisseki_check.marking.package import Package
from jisseki_check.marking.refusal import CannotMark
from jisseki_check.marking.result_sheet import Link, ResultSheet, Row
from jisseki_check.marking.sheet_list import SheetList
from jisseki_check.marking.styles import EMPTY, MAIN, Styles
from jisseki_check.marking.worksheet import Worksheet, coordinates, letters
from jisseki_check.model import Finding

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_SHARED = "/revisionHeaders"
_M = f"{{{MAIN}}}"
_Place = tuple[str, int, int]  # part, row and column
_SPEAKS = 12_000  # characters of ours in one comment; what is left stands in our sheet


class Workbook:
    """A workbook that is being marked."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._package = package = Package(data, limits)
        if any(each.type.endswith(_SHARED) for each in package.relations(package.main)):
            raise CannotMark("ブックの共有が有効です。共有を解除して保存し直してください")
        self._sheets = SheetList(package)
        self._styles_part = package.related(package.main, "styles") or self._new_styles()
        self._styles = Styles(lambda: package.edit(self._styles_part), package.view(self._styles_part))
        self._opened: dict[str, tuple[Worksheet, CellComments]] = {}

    def former(self) -> Former:
        """What a former run of ours has put into the workbook, and staff behind it."""
        texts = [text for part in self._sheets.parts() for text in self._open(part)[1].ours()]
        rows = [row for part in self._sheets.ours() for row in _rows(self._package, part)]
        return Former(bool(texts or rows), tuple(texts), tuple(map(tuple, rows)))

    def clear(self, former: Former) -> None:
        """Take out what a former run has put in; cells get back the fill that they had."""
        if not former:
            return
        fills = _fills(former)
        for name, part in self._sheets.named():
            sheet, comments = self._open(part)
            comments.remove_ours()
            comments.finish()
            painted = sheet.styled()
            ours = {style for style in {each for *_, each in painted} if self._styles.is_ours(style)}
            for row, column, style in painted:
                if style in ours:
                    self._package.edit(part)
                    fill = fills.get((name, row, column), "")
                    sheet.restyle(row, column, self._styles.refilled(style, fill))
        for part in self._sheets.ours():
            self._sheets.remove(part)

    def mark(self, contents: Contents, left_over: Sequence[own_marks.Note]) -> None:
        """Put the findings in, which come with the gravest first."""
        remarks: list[str] = []
        placed: dict[_Place, list[Finding]] = {}
        for finding in contents.findings:
            place = self._place(finding)
            if place is not None:
                placed.setdefault(place, []).append(finding)
        fills = {place: self._mark_cell(place, held, remarks) for place, held in placed.items()}
        for _, comments in self._opened.values():
            comments.finish()
        rows = [_row(finding, self._place(finding), fills) for finding in contents.findings]
        sheet = ResultSheet(self._styles, contents)
        self._sheets.add(sheet.build(rows, remarks, left_over), sheet.last_row)

    def bytes(self) -> bytes:
        return self._package.bytes()

    def _mark_cell(self, place: _Place, findings: Sequence[Finding], remarks: list[str]) -> str:
        """Colour and comment of one cell; gives the fill that it had."""
        part, row, column = place
        sheet, comments = self._open(part)
        self._package.edit(part)
        style = sheet.style(row, column)
        sheet.restyle(row, column, self._styles.painted(style, findings[0].severity))
        if not comments.add(row, column, _marks(findings)):
            at = findings[0].location
            remarks.append(
                f"{at.sheet}!{at.cell} にはスレッド形式のコメントがあるため、指摘のコメントは付けていません。"
            )
        return self._styles.fill_text(style)

    def _open(self, part: str) -> tuple[Worksheet, CellComments]:
        if part not in self._opened:
            sheet = Worksheet(self._package.view(part))
            self._opened[part] = sheet, CellComments(self._package, part, sheet)
        return self._opened[part]

    def _place(self, finding: Finding) -> _Place | None:
        """The worksheet's part, and row and column of the cell that a finding points at."""
        at = coordinates(finding.location.cell or "")
        part = self._sheets.part(finding.location.sheet or "")
        if part is None or at is None:
            return None
        row, column, _ = self._open(part)[0].whole(*at)
        return part, row, column

    def _new_styles(self) -> str:
        part = self._package.unused("xl/styles{}.xml", "")
        self._package.put(part, EMPTY)
        self._package.declare(part, _STYLES_TYPE)
        self._package.relate(self._package.main, "styles", part)
        return part


def _row(finding: Finding, place: _Place | None, fills: Mapping[_Place, str]) -> Row:
    if place is None:
        return Row(finding, None, "")
    at = finding.location
    quoted = (at.sheet or "").replace("'", "''")
    cell = f"{letters(place[2])}{place[1]}"
    return Row(finding, Link(f"'{quoted}'!{cell}", f"{at.sheet}!{cell}"), fills[place])


def _marks(findings: Sequence[Finding]) -> list[list[str]]:
    """As much as a comment can hold; the rest stands in our sheet."""
    marks: list[list[str]] = []
    room = _SPEAKS
    for number, finding in enumerate(findings):
        mark = words.lines(finding)
        room -= sum(map(len, mark))
        if room < 0 and marks:
            rest = len(findings) - number
            marks.append([f"ほかに{rest:,}件の指摘があります。シート「{own_marks.SHEET}」をご覧ください。"])
            break
        marks.append(mark)
    return marks


def _fills(former: Former) -> dict[tuple[str, int, int], str]:
    """The fills that cells had before they were coloured: by the sheet's name, row and column."""
    fills = {}
    for note in former.notes():
        sheet, _, cell = note.place.rpartition("!")
        at = coordinates(cell)
        if at is not None:
            fills[sheet, *at] = note.fill
    return fills


def _rows(package: Package, part: str) -> list[list[str]]:
    """The texts of a sheet's cells, column A first."""
    shared_part = package.related(package.main, "sharedStrings")
    shared = list(package.view(shared_part)) if shared_part else []
    rows = []
    for row in package.view(part).iterfind(f"{_M}sheetData/{_M}row"):
        texts: dict[int, str] = {}
        for cell in row.iterfind(f"{_M}c"):
            at = coordinates(cell.get("r", ""))
            if at is not None:
                texts[at[1]] = _text(cell, shared)
        rows.append([texts.get(column, "") for column in range(1, max(texts, default=0) + 1)])
    return rows


def _text(cell: etree._Element, shared: Sequence[etree._Element]) -> str:
    if cell.get("t") == "inlineStr":
        return sheet_text.held(cell.find(f"{_M}is"))
    value = cell.findtext(f"{_M}v", "")
    if cell.get("t") == "s":
        return sheet_text.held(shared[int(value)])
    return sheet_text.unescaped(value) if cell.get("t") == "str" else value
