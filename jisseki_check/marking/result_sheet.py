"""Our sheet in a marked workbook: every finding in a row, with a place for the reason why it may stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from jisseki_check import own_marks
from jisseki_check.formatters.text import clean, wrap
from jisseki_check.formatters.words import item_name, level, message, place
from jisseki_check.marking import sheet_text
from jisseki_check.marking.contents import ADVICE, Contents
from jisseki_check.marking.package import parsed
from jisseki_check.marking.styles import COLOURS, MAIN, Styles
from jisseki_check.marking.words import advice, cut, spoken
from jisseki_check.marking.worksheet import letters
from jisseki_check.model import Finding, Severity

_M = f"{{{MAIN}}}"

HEADING_ROW = 4
# Heading and width in characters; the last three columns are hidden.
_COLUMNS = (
    ("番号", 5), ("段階", 6), (own_marks.CODE_HEADING, 9), (own_marks.PLACE_HEADING, 15), ("項目", 18),
    (own_marks.MESSAGE_HEADING, 34), ("書かれていること", 20), (own_marks.FIX, 32),
    (own_marks.REASON, 26),
    (own_marks.REFERENCE, 18), (own_marks.CARRIED_HEADING, 10), (own_marks.FILL_HEADING, 10),
)  # fmt: skip
_SHOWN = 9
_PLACE = 4  # the column of a finding's place
LAST = letters(len(_COLUMNS))
LAST_SHOWN = letters(_SHOWN)
_PAGE = sum(width for _, width in _COLUMNS[:_SHOWN])
_LINE = 18  # points
_RISKY = tuple("=+-@'\t＝＋－＠")  # how a text begins that a spreadsheet would take for a formula when edited
_QUOTED = " quoted"
_AS_TEXT = "49"  # the number format "@"
_LINK = "FF0563C1"
_INK, _HEAD_COLOUR, _ENTRY_COLOUR = "FF1F3864", "FFDCE3EC", "FFFFFDF2"


@dataclass(frozen=True, slots=True)
class Link:
    """A cell of another sheet that a finding points at, as a place within the workbook."""

    location: str
    shown: str


@dataclass(frozen=True, slots=True)
class Row:
    """A finding, where its place leads to, and the fill that its cell had."""

    finding: Finding
    link: Link | None
    fill: str


class ResultSheet:
    """Builds the sheet's XML, with cell formats of the workbook's own font."""

    def __init__(self, styles: Styles, contents: Contents) -> None:
        self._contents = contents
        self._styles = _formats(styles)
        self._root = parsed(f'<worksheet xmlns="{MAIN}"/>'.encode())
        self._data = etree.Element(f"{_M}sheetData")
        self._merged: list[str] = []
        self._links: list[tuple[str, Link]] = []
        self._row = 0
        self.last_row = HEADING_ROW

    def build(
        self, rows: Sequence[Row], remarks: Sequence[str], left_over: Sequence[own_marks.Note]
    ) -> etree._Element:
        """`remarks`: what could not be marked, and why. `left_over`: see `words.left_over`."""
        self._write_head()
        for number, row in enumerate(rows, 1):
            self._write_finding(number, row)
        self.last_row = self._row
        if not rows:
            self._write_across("点検した範囲に指摘はありません。", "plain")
        self._write_foot(remarks, left_over)
        self._put_together()
        return self._root

    # --- rows -----------------------------------------------------------------------------------

    def _write_head(self) -> None:
        contents = self._contents
        title = "　".join(part for part in (own_marks.SHEET, contents.report) if part)
        self._write_across(title, "title", height=26)
        self._write_across(contents.headline, "strong")
        note = ADVICE + ("点検できなかったところがあります（表の下）。" if contents.unjudged else "")
        self._write_across(note, "plain")
        self._write_row([(heading, "heading") for heading, _ in _COLUMNS], height=24)

    def _write_finding(self, number: int, row: Row) -> None:
        finding = row.finding
        told = [text if label == own_marks.FIX else f"{label}：{text}" for label, text in advice(finding)]
        reason = spoken(finding.explanation or "")
        grade = finding.severity.value
        self._write_row(
            [
                (number, "text"),
                (level(finding), grade),
                (finding.rule, "text"),
                (
                    row.link.shown if row.link else cut(place(finding.location)),
                    "link" if row.link else "text",
                ),
                (item_name(finding.item) if finding.item else "報告の全体", "text"),
                (cut(message(finding)), "text"),
                (cut(clean(finding.excerpt or "")), "text"),
                ("\n".join(told), "text"),
                (reason, "entry"),
                (own_marks.reference(finding.fingerprint), "text"),
                (reason, "text"),
                (row.fill, "text"),
            ]
        )
        if row.link:
            self._links.append((f"{letters(_PLACE)}{self._row}", row.link))

    def _write_foot(self, remarks: Sequence[str], left_over: Sequence[own_marks.Note]) -> None:
        self._write_section("点検できなかったもの", self._contents.unjudged)
        self._write_section("この写しについて", remarks)
        if left_over:
            self._write_title("今回は出なかった指摘に書かれていた理由")
        for note in left_over:
            self._write_left_over(note)
        self._write_section(
            "点検した範囲", [f"{label}　{cut(clean(text))}" for label, text in self._contents.scope]
        )

    def _write_section(self, title: str, lines: Sequence[str]) -> None:
        if lines:
            self._write_title(title)
        for line in lines:
            self._write_across(cut(clean(line)), "plain")

    def _write_title(self, title: str) -> None:
        self._row += 1  # a blank row above
        self._write_across(title, "strong")

    def _write_left_over(self, note: own_marks.Note) -> None:
        reason = spoken(note.reason)
        cells: dict[str, str] = {
            own_marks.CODE_HEADING: note.code,
            own_marks.MESSAGE_HEADING: cut(clean(note.message)),
            own_marks.REASON: reason,
            own_marks.REFERENCE: note.reference,
            own_marks.CARRIED_HEADING: reason,
        }
        self._write_row([(cells.get(heading, ""), "text") for heading, _ in _COLUMNS])

    def _write_across(self, text: str, style: str, height: int | None = None) -> None:
        lines = len(wrap(text, _PAGE))
        self._write_row([(text, style)], height=height or _LINE * lines)
        self._merged.append(f"A{self._row}:{LAST_SHOWN}{self._row}")

    def _write_row(self, cells: Sequence[tuple[str | int, str]], height: int | None = None) -> None:
        self._row += 1
        row = etree.SubElement(self._data, f"{_M}row", r=str(self._row))
        # Without "customHeight": the row grows with what staff write.
        row.set("ht", str(height or _height(cells)))
        for column, (value, style) in enumerate(cells, 1):
            quoted = f"{style}{_QUOTED}"
            risky = isinstance(value, str) and value.startswith(_RISKY) and quoted in self._styles
            number = self._styles[quoted if risky else style]
            cell = etree.SubElement(row, f"{_M}c", r=f"{letters(column)}{self._row}", s=str(number))
            if isinstance(value, int):
                etree.SubElement(cell, f"{_M}v").text = str(value)
            elif value:
                cell.set("t", "inlineStr")
                sheet_text.put(etree.SubElement(cell, f"{_M}is"), value)

    # --- the sheet ------------------------------------------------------------------------------

    def _put_together(self) -> None:
        root = self._root
        form = etree.SubElement(root, f"{_M}sheetPr")
        etree.SubElement(form, f"{_M}tabColor", rgb=COLOURS[Severity.ERROR])
        etree.SubElement(form, f"{_M}pageSetUpPr", fitToPage="1")
        etree.SubElement(root, f"{_M}dimension", ref=f"A1:{LAST}{self._row}")
        self._put_view()
        etree.SubElement(root, f"{_M}sheetFormatPr", defaultRowHeight="15")
        columns = etree.SubElement(root, f"{_M}cols")
        for number, (_, width) in enumerate(_COLUMNS, 1):
            column = etree.SubElement(
                columns, f"{_M}col", min=str(number), max=str(number), width=str(width), customWidth="1"
            )
            if number > _SHOWN:
                column.set("hidden", "1")
        root.append(self._data)
        etree.SubElement(root, f"{_M}autoFilter", ref=f"A{HEADING_ROW}:{LAST_SHOWN}{self.last_row}")
        merges = etree.SubElement(root, f"{_M}mergeCells", count=str(len(self._merged)))
        for merged in self._merged:
            etree.SubElement(merges, f"{_M}mergeCell", ref=merged)
        self._put_links()
        margins = {
            "left": "0.4",
            "right": "0.4",
            "top": "0.5",
            "bottom": "0.6",
            "header": "0.3",
            "footer": "0.3",
        }
        etree.SubElement(root, f"{_M}pageMargins", margins)
        etree.SubElement(root, f"{_M}pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
        footer = etree.SubElement(root, f"{_M}headerFooter")
        etree.SubElement(footer, f"{_M}oddFooter").text = "&L&F　&A&R&P／&N"

    def _put_view(self) -> None:
        views = etree.SubElement(self._root, f"{_M}sheetViews")
        view = etree.SubElement(views, f"{_M}sheetView", showGridLines="0", workbookViewId="0")
        first = f"A{HEADING_ROW + 1}"
        etree.SubElement(
            view,
            f"{_M}pane",
            ySplit=str(HEADING_ROW),
            topLeftCell=first,
            activePane="bottomLeft",
            state="frozen",
        )
        etree.SubElement(view, f"{_M}selection", pane="bottomLeft", activeCell=first, sqref=first)

    def _put_links(self) -> None:
        if not self._links:
            return
        links = etree.SubElement(self._root, f"{_M}hyperlinks")
        for cell, link in self._links:
            etree.SubElement(links, f"{_M}hyperlink", ref=cell, location=link.location, display=link.shown)


def _height(cells: Sequence[tuple[str | int, str]]) -> int:
    """Points that a row of the list takes."""
    return _LINE * max(
        sum(len(wrap(line, width + 1)) for line in str(value).split("\n"))
        for (value, _), (_, width) in zip(cells[:_SHOWN], _COLUMNS, strict=False)
    )


def _formats(styles: Styles) -> Mapping[str, int]:
    """The formats of the sheet's cells by their names; those that are `quoted` stay texts when edited."""
    font, added = styles.font, styles.added
    usual = font()
    held = {
        "title": added(font(bold=True, colour=_INK, size="14"), vertical="center"),
        "strong": added(font(bold=True), vertical="center", wrapText="1"),
        "plain": added(usual, vertical="center", wrapText="1"),
        "heading": added(
            font(bold=True), _HEAD_COLOUR, border=True, horizontal="center", vertical="center", wrapText="1"
        ),
        "link": added(font(underlined=True, colour=_LINK), border=True, vertical="top", wrapText="1"),
    }
    for suffix, quoted in (("", False), (_QUOTED, True)):
        held[f"text{suffix}"] = added(usual, border=True, quoted=quoted, vertical="top", wrapText="1")
        held[f"entry{suffix}"] = added(
            usual, _ENTRY_COLOUR, border=True, number=_AS_TEXT, quoted=quoted, vertical="top", wrapText="1"
        )
    for severity, colour in COLOURS.items():
        held[severity.value] = added(
            font(bold=True), colour, border=True, horizontal="center", vertical="top", wrapText="1"
        )
    return held
