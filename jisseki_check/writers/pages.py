"""What the Word files of ours have in common: A4 pages, Japanese fonts, headings, labelled tables."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from jisseki_check.writers.characters import for_documents
from jisseki_check.writers.packing import repacked

MINCHO, GOTHIC = "ＭＳ 明朝", "ＭＳ ゴシック"
LABEL_WIDTH, TEXT_WIDTH = Mm(34), Mm(136)
_SHADE, _LIGHT = "DDEBF7", "F2F2F2"
_CREATOR = "jisseki-check"
_WRITTEN = dt.datetime(2000, 1, 1)  # of no meaning; a time of writing would make each copy another file
_LONGEST_WHOLE = 400  # characters of a row that is not to be parted by the end of a page
_HEADINGS = {1: (12, _SHADE), 2: (11, None), 3: (10.5, None)}  # size, shade
# The order of a paragraph's properties is fixed.
_BEHIND_SHADING = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def document(title: str) -> Document:
    """An empty document of A4 pages, its page numbers below."""
    made = docx.Document()
    _without_extras(made)
    properties = made.core_properties
    properties.author = properties.last_modified_by = _CREATOR
    properties.title, properties.comments, properties.language = for_documents(title)[:255], "", "ja-JP"
    properties.created = properties.modified = _WRITTEN
    properties.revision = 1
    _page(made)
    _styles(made)
    return made


def _without_extras(made: Document) -> None:
    """Take out what python-docx's own template brings: a picture of itself, and data of no use."""
    for part, kind in ((made.part.package, "thumbnail"), (made.part, "customXml")):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(f"/{kind}"):
                part.rels.pop(key)


def _page(made: Document) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    page.header_distance = page.footer_distance = Mm(10)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = element("w:fldSimple", instr="PAGE")
    number.append(footer.add_run("1")._r)
    footer._p.append(number)


def _styles(made: Document) -> None:
    styles = made.styles
    normal = styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.15
    _set_fonts(normal, MINCHO)
    for fonts in styles.element.iter(qn("w:rPrDefault")):
        for language in fonts.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "ja-JP")
    title = styles["Title"]
    _set_heading(title, 16)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(10)
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    for level, (size, shade) in _HEADINGS.items():
        style = styles[f"Heading {level}"]
        _set_heading(style, size)
        style.paragraph_format.space_before = Pt(14 if level == 1 else 10)
        style.paragraph_format.space_after = Pt(4)
        if shade:
            style.element.get_or_add_pPr().insert_element_before(_shading(shade), *_BEHIND_SHADING)
    label = styles.add_style("Label", WD_STYLE_TYPE.PARAGRAPH)
    label.base_style = normal
    label.font.size = Pt(10)
    _set_fonts(label, GOTHIC)


def _set_heading(style: Any, size: float) -> None:
    _set_fonts(style, GOTHIC)
    style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.keep_with_next = True


def _set_fonts(style: Any, face: str) -> None:
    """One face for Japanese and Latin letters; the theme's fonts would otherwise win."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


# --- content ------------------------------------------------------------------------------------


def put_title(made: Document, text: str) -> Paragraph:
    """The document's title."""
    return _put(made.add_paragraph(style="Title"), text)


def put_heading(made: Document, text: str, level: int) -> Paragraph:
    """1: a section, 2: a group within it, 3: an item."""
    return _put(made.add_paragraph(style=f"Heading {level}"), text)


def put_line(made: Document, text: str) -> Paragraph:
    """A paragraph of text."""
    return _put(made.add_paragraph(), text)


def put_table(made: Document, rows: Sequence[tuple[str, Sequence[str]]], *, headed: bool = False) -> Table:
    """Labels on the left, paragraphs on the right. `headed`: the first row is a header, and the label below
    it the item's own heading."""
    table: Table = made.add_table(rows=len(rows), cols=2, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = (LABEL_WIDTH, TEXT_WIDTH)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, ((label, lines), row) in enumerate(zip(rows, table.rows, strict=True)):
        is_header, is_title = headed and place == 0, headed and place == 1
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
        put_lines(row.cells[0], [label], style="Normal" if is_title else "Label")
        put_lines(row.cells[1], lines, style="Label" if is_header else "Normal")
        if sum(map(len, lines)) <= _LONGEST_WHOLE:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        if not is_title:
            _shade(row.cells[0], _SHADE if is_header else _LIGHT)
        if is_header:
            _shade(row.cells[1], _SHADE)
            keep_with_next(row.cells)
    _set_margins(table)
    _put_gap(made)
    return table


def _set_margins(table: Table) -> None:
    """A little air above and below the text of each cell."""
    margins = element("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "100"), ("bottom", "40"), ("right", "100")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _put_gap(made: Document) -> None:
    """Between two tables: Word would make one of them."""
    gap = made.add_paragraph()
    gap.paragraph_format.line_spacing = Pt(8)


def put_lines(cell: _Cell, lines: Iterable[str], style: str) -> None:
    """Paragraphs of a cell; a cell has at least one."""
    first, *rest = list(lines) or [""]
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    _put(paragraph, first)
    for line in rest:
        _put(cell.add_paragraph(style=style), line)


def keep_with_next(cells: Iterable[_Cell]) -> None:
    """A row that does not stand alone at the foot of a page."""
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def saved(made: Document) -> bytes:
    """The file's bytes, the same whenever they are made."""
    stream = io.BytesIO()
    made.save(stream)
    return repacked(stream.getvalue())


def element(name: str, **attributes: str) -> Any:
    """An XML element of WordprocessingML."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _put(paragraph: Paragraph, text: str) -> Paragraph:
    if text:
        paragraph.add_run(for_documents(text))
    return paragraph


def _shade(cell: _Cell, color: str) -> None:
    cell._tc.get_or_add_tcPr().append(_shading(color))


def _shading(color: str) -> Any:
    return element("w:shd", val="clear", color="auto", fill=color)
