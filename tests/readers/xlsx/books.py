"""Workbooks made by hand, of any XML, and by openpyxl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Block, Remark, Source
from jisseki_check.readers import read_bytes
from tests.readers.packages import R, archive, relationships

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NAMESPACES = f'xmlns="{MAIN}" xmlns:r="{R}"'
NAME = "実績.xlsx"

Members = dict[str, str | bytes]


def sheet(rows: str = "", *, before: str = "", after: str = "") -> str:
    """A sheet's XML; `before` and `after` stand around its cells."""
    return f"<worksheet {NAMESPACES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def row(*cells: str, at: int = 1, attributes: str = "") -> str:
    return f'<row r="{at}" {attributes}>{"".join(cells)}</row>'


def text(reference: str, words: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def number(reference: str, value: object, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def members(
    *sheets: str, titles: Sequence[str] = (), states: Mapping[int, str] | None = None, within: str = ""
) -> Members:
    """The members of a workbook of such sheets. `within`: further XML of the workbook."""
    entries = "".join(
        f'<sheet name="{titles[at] if at < len(titles) else f"シート{at + 1}"}" sheetId="{at + 1}"'
        f' state="{(states or {}).get(at, "visible")}" r:id="s{at + 1}"/>'
        for at in range(len(sheets))
    )
    listed = "".join(
        f'<Relationship Id="s{at}" Type="{R}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    others = relationships({"styles": "styles.xml", "sharedStrings": "sharedStrings.xml"})
    return {
        "_rels/.rels": relationships({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f"<workbook {NAMESPACES}><sheets>{entries}</sheets>{within}</workbook>",
        "xl/_rels/workbook.xml.rels": others.replace("</Relationships>", f"{listed}</Relationships>"),
        "xl/styles.xml": f"<styleSheet {NAMESPACES}/>",
        "xl/sharedStrings.xml": f"<sst {NAMESPACES}/>",
        **{f"xl/worksheets/sheet{at}.xml": content for at, content in enumerate(sheets, 1)},
    }


def beside(sheet_number: int, parts: Mapping[str, str], folder: str = "parts") -> Members:
    """Parts that a sheet refers to, by their kinds, and the reference."""
    listed = relationships({kind: f"../{folder}/{kind}{sheet_number}.xml" for kind in parts})
    return {
        f"xl/worksheets/_rels/sheet{sheet_number}.xml.rels": listed,
        **{f"xl/{folder}/{kind}{sheet_number}.xml": content for kind, content in parts.items()},
    }


def read(*sheets: str, limits: Limits = DEFAULT_LIMITS, **more: object) -> Source:
    return read_members(members(*sheets, **more), limits)  # type: ignore[arg-type]  # handed on as it is


def read_members(held: Members, limits: Limits = DEFAULT_LIMITS) -> Source:
    return read_bytes(archive(held), NAME, limits)


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_book(book: Workbook) -> Source:
    return read_bytes(saved(book), NAME)


def styles(*codes: str, fonts: str = "<font/>", struck: Sequence[int] = ()) -> str:
    """Styles 1, 2, … for the number formats of these codes; those in `struck` have the second font."""
    escaped = [code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;") for code in codes]
    formats = "".join(
        f'<numFmt numFmtId="{200 + at}" formatCode="{code}"/>' for at, code in enumerate(escaped)
    )
    given = "".join(
        f'<xf numFmtId="{200 + at}" fontId="{int(at + 1 in struck)}"/>' for at in range(len(codes))
    )
    return (
        f"<styleSheet {NAMESPACES}><numFmts>{formats}</numFmts><fonts>{fonts}</fonts>"
        f'<cellStyleXfs><xf numFmtId="9" fontId="0"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0" fontId="0"/>{given}</cellXfs></styleSheet>'
    )


def places(source: Source) -> dict[str, str]:
    """What each cell holds, by the name of its sheet and its own; paragraphs parted by a slash."""
    found: dict[str, str] = {}
    for block in source.blocks or ():
        for cell in block.cells:
            for paragraph in cell:
                for run in paragraph:
                    name = f"{run.at.sheet}!{run.at.cell}"
                    found[name] = f"{found[name]}/{run.text}" if name in found else run.text
    return found


def shape(source: Source) -> list[list[str]]:
    """The cells of each block as text."""
    return [[_text(cell) for cell in block.cells] for block in source.blocks or ()]


def covers(block: Block) -> dict[int, str]:
    return {column: _text(cell) for column, cell in block.covers.items()}


def remarks(source: Source, kind: str) -> list[tuple[str, int, str | None]]:
    """The remarks of a kind: text, count, cell."""
    return [_short(remark) for remark in source.remarks if remark.kind == kind]


def _short(remark: Remark) -> tuple[str, int, str | None]:
    return remark.text, remark.count, remark.at.cell if remark.at is not None else None


def _text(cell: object) -> str:
    assert isinstance(cell, tuple)
    return "/".join("".join(run.text for run in paragraph) for paragraph in cell)
