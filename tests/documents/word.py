"""Word files: a report in the ways in which departments fill a page."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from jisseki_check.model import Item, Report
from tests.documents import word_xml
from tests.documents.wording import (
    MARK_LABEL,
    STAGE_NAMES,
    Part,
    bracketed,
    budgets,
    composition,
    digits,
    entitled,
    money,
    money_line,
    noted,
    numbered,
    of_stage,
    parts,
    plans,
    settlements,
    stages,
)

# --- what all have in common --------------------------------------------------------------------


def _new(landscape: bool = False) -> Any:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "ＭＳ 明朝"
    normal.font.size = Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "ＭＳ 明朝")
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(20)
    return document


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fill(cell: Any, text: str, bold: bool = False) -> None:
    """Each line a paragraph."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold


def _fill_broken(cell: Any, text: str) -> None:
    """Each line after a line break (Shift+Enter) of the same paragraph."""
    run = cell.paragraphs[0].add_run()
    for number, line in enumerate(text.split("\n")):
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)


def _row(table: Any, *texts: str) -> Any:
    cells = table.add_row().cells
    for cell, text in zip(cells, texts, strict=False):
        _fill(cell, text)
    return cells


def _wide(table: Any, text: str, bold: bool = True) -> None:
    """A row whose cells are one."""
    cells = table.add_row().cells
    _fill(cells[0].merge(cells[-1]), text, bold)


def _opening(document: Any, report: Report) -> None:
    document.add_heading(report.title or "", level=0)
    document.add_paragraph(f"<部の構成>　{composition(report)}")
    document.add_paragraph(report.legend or "")


def _headings(document: Any, part: Part) -> None:
    if part.first:
        document.add_heading(part.heading, level=1)
    if part.group:
        document.add_heading(f"◆{part.group}", level=2)


# --- one table for each item --------------------------------------------------------------------


def make_item_tables(report: Report) -> bytes:
    """The form as the city hands it out: a table for each item, the labels in its left column, amounts as
    the last line of the text, a page number below."""
    document = _new()
    _opening(document, report)
    for part in parts(report):
        _headings(document, part)
        for item in part.items:
            _item_table(document, item)
            document.add_paragraph()
    word_xml.add_page_number(document.sections[0].footer.paragraphs[0])
    return _saved(document)


def _item_table(document: Any, item: Item) -> None:
    if item.kind == "priority":
        document.add_paragraph(numbered(item))
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    if item.kind in ("reform", "improvement"):
        _row(table, "改革課題" if item.kind == "reform" else "テーマ", "取り組み内容・目標")
        _row(table, entitled(item), item.goal or "")
    elif item.kind == "bullet":
        _wide(table, numbered(item), bold=False)
        if item.initiative:
            _wide(table, item.initiative, bold=False)
    else:
        (_, goal), (_, initiative) = plans(item)
        _row(table, "目標", goal)
        _row(table, "取り組み", "\n".join([initiative, *map(money_line, budgets(item))]))
    _row(table, "実績", "\n".join([item.result or "", *map(money_line, settlements(item))]))
    _row(table, MARK_LABEL, bracketed(item))
    for cell in table.columns[0].cells:
        cell.width = Mm(38)
    for cell in table.columns[1].cells:
        cell.width = Mm(132)


# --- one long table -----------------------------------------------------------------------------


def make_long_table(report: Report) -> bytes:
    """One table over all pages: its head repeated, headings of sections across all columns, the item's name
    merged over its rows, line breaks instead of paragraphs, a running title in the header."""
    document = _new(landscape=True)
    document.sections[0].header.paragraphs[0].text = report.title or ""
    document.add_paragraph().add_run(report.title).bold = True
    document.add_paragraph(f"部の構成：{composition(report)}")
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("項目", "区分", "内容"), strict=True):
        _fill(cell, text, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:tblHeader"))
    for part in parts(report):
        if part.first:
            _wide(table, part.heading)
        if part.group:
            _wide(table, f"◆{part.group}")
        for item in part.items:
            _rows_of(table, item)
    document.add_paragraph(report.legend or "")
    return _saved(document)


def _rows_of(table: Any, item: Item) -> None:
    pairs = plans(item)
    pairs += [(amount.label, money(amount)) for amount in budgets(item)]
    pairs.append(("実績", item.result or ""))
    pairs += [(amount.label, money(amount)) for amount in settlements(item)]
    pairs.append(("達成状況", item.mark or ""))
    first: Any = None
    for label, text in pairs:
        cells = table.add_row().cells
        _fill(cells[1], label)
        _fill_broken(cells[2], text)
        first = first or cells[0]
        last = cells[0]
    _fill(first.merge(last), numbered(item) if item.kind != "improvement" else item.title or "")


# --- paragraphs ---------------------------------------------------------------------------------


def make_paragraphs(report: Report) -> bytes:
    """No table at all: labels in bold at the head of paragraphs, 1., (1) and ◆ as Word's own numbering."""
    document = _new()
    word_xml.add_numberings(document)
    document.add_paragraph().add_run(report.title).bold = True
    document.add_paragraph(f"〈部の構成〉{composition(report)}")
    document.add_paragraph(report.legend or "")
    for part in parts(report):
        if part.first:
            word_xml.numbered_by_word(document.add_paragraph(part.title), 0)
        if part.group:
            word_xml.bulleted_by_word(document.add_paragraph(part.group))
        for item in part.items:
            _item_paragraphs(document, item)
    return _saved(document)


def _item_paragraphs(document: Any, item: Item) -> None:
    if item.kind == "priority":
        word_xml.numbered_by_word(document.add_paragraph(item.title), 1)
    elif item.kind == "bullet":
        word_xml.bulleted_by_word(document.add_paragraph(item.title))
    else:
        _labelled(document, "改革課題" if item.kind == "reform" else "テーマ", entitled(item))
    if item.kind == "bullet" and item.initiative:
        document.add_paragraph(item.initiative)
    else:
        for label, text in plans(item):
            _labelled(document, label, text)
    for amount in budgets(item):
        document.add_paragraph(money_line(amount))
    _labelled(document, "実績", item.result or "")
    for amount in settlements(item):
        document.add_paragraph(money_line(amount))
    document.add_paragraph(f"{MARK_LABEL}　{bracketed(item)}")
    document.add_paragraph()


def _labelled(document: Any, label: str, text: str) -> None:
    first, *others = text.split("\n")
    paragraph = document.add_paragraph()
    paragraph.add_run(label).bold = True
    paragraph.add_run(f"\t{first}")
    for line in others:
        document.add_paragraph(line)


# --- labels above their texts -------------------------------------------------------------------


def make_labels_above(report: Report) -> bytes:
    """A table for each item, in which a row of labels stands above the row of texts."""
    document = _new()
    _opening(document, report)
    for part in parts(report):
        _headings(document, part)
        for item in part.items:
            _upright(document, item)
            document.add_paragraph()
    return _saved(document)


def _upright(document: Any, item: Item) -> None:
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    _wide(table, numbered(item) if item.kind != "improvement" else f"テーマ　{item.title}")
    _halves(table, plans(item))
    if item.amounts:
        amounts = [*budgets(item), *settlements(item)]
        _row(table, *(amount.label for amount in amounts))
        _row(table, *(money(amount) for amount in amounts))
    _wide(table, "実績")
    _wide(table, item.result or "", bold=False)
    _wide(table, MARK_LABEL)
    _wide(table, bracketed(item), bold=False)


def _halves(table: Any, pairs: list[tuple[str, str]]) -> None:
    """One or two columns of a label and, below it, its text."""
    for texts in zip(*pairs, strict=True):
        cells = table.add_row().cells
        if len(pairs) == 1:
            _fill(cells[0].merge(cells[3]), texts[0])
        else:
            _fill(cells[0].merge(cells[1]), texts[0])
            _fill(cells[2].merge(cells[3]), texts[1])


# --- a form with a head -------------------------------------------------------------------------


def make_form_with_head(report: Report) -> bytes:
    """The title in a text box, a table with 部, 年度 and 課 at the head, and below a table for each item
    whose amounts stand in cells of their own; its text went through many hands (runs cut anywhere)."""
    document = _new()
    word_xml.add_text_box(document.add_paragraph(), report.title or "")
    head = document.add_table(rows=0, cols=4)
    head.style = "Table Grid"
    _row(head, "部", report.department or "", "年度", report.fiscal_year_label or "")
    cells = _row(head, "課", composition(report))
    cells[1].merge(cells[3])
    document.add_paragraph(report.legend or "")
    for part in parts(report):
        _headings(document, part)
        for item in part.items:
            _table_with_amounts(document, item)
            document.add_paragraph()
    for paragraph in document.element.body.iter(qn("w:p")):
        word_xml.split_runs(Paragraph(paragraph, document))
    return _saved(document)


def _table_with_amounts(document: Any, item: Item) -> None:
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    _wide(table, numbered(item) if item.kind != "improvement" else f"テーマ：{item.title}")
    for label, text in [*plans(item), ("実績", item.result or "")]:
        cells = _row(table, label, text)
        cells[1].merge(cells[3])
    amounts = [*budgets(item), *settlements(item)]
    for start in range(0, len(amounts), 2):
        pair = [
            text
            for amount in amounts[start : start + 2]
            for text in (f"{amount.label}\n（{amount.unit}）", f"{digits(amount)}{noted(amount)}")
        ]
        _row(table, *pair)
    cells = _row(table, "達成状況", item.mark or "")
    cells[1].merge(cells[3])


# --- a list -------------------------------------------------------------------------------------


def make_list_in_word(report: Report) -> bytes:
    """A landscape page with a list for each section: an item a row, budget and settlement in one column each,
    the unit in the heading."""
    document = _new(landscape=True)
    _opening(document, report)
    used = stages(report)
    for part in parts(report):
        _headings(document, part)
        table = document.add_table(rows=1, cols=6 + len(used))
        table.style = "Table Grid"
        names = [f"{STAGE_NAMES[stage]}\n（千円）" for stage in used]
        heads = ["番号", "項目", "目標", "取り組み", *names, "実績", "達成状況"]
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            _fill(cell, text, bold=True)
        for item in part.items:
            _row(table, *_list_row(item, used))
        document.add_paragraph()
    return _saved(document)


def _list_row(item: Item, used: list[str]) -> list[str]:
    amounts = [of_stage(item, stage) for stage in used]
    return [
        item.number or "",
        item.title or "",
        item.goal or "",
        item.initiative or "",
        *("" if amount is None else f"{digits(amount)}{noted(amount)}" for amount in amounts),
        item.result or "",
        item.mark or "",
    ]


# --- number and name in cells of their own ------------------------------------------------------


def make_numbered_cells(report: Report) -> bytes:
    """Each item's table begins with its number and its name in cells of their own, each beside its label;
    budget and settlement in a small row of labels above numbers, the unit once."""
    document = _new()
    _opening(document, report)
    for part in parts(report):
        _headings(document, part)
        for item in part.items:
            _table_of_cells(document, item)
            document.add_paragraph()
    return _saved(document)


_NAMES = {"priority": "事業名", "reform": "改革課題", "improvement": "テーマ", "bullet": "項目名"}


def _table_of_cells(document: Any, item: Item) -> None:
    table = document.add_table(rows=0, cols=6)
    table.style = "Table Grid"
    cells = _row(table, "番号", item.number or "－", _NAMES[item.kind], item.title or "")
    cells[3].merge(cells[5])
    for label, text in plans(item):
        cells = _row(table, label, text)
        cells[1].merge(cells[5])
    amounts = [*budgets(item), *settlements(item)]
    if amounts:
        cells = _row(table, "金額（千円）", *(amount.label for amount in amounts))
        below = _row(table, "", *(f"{digits(amount)}{noted(amount)}" for amount in amounts))
        cells[0].merge(below[0])
    for label, text in (("実績", item.result or ""), ("達成状況", item.mark or "")):
        cells = _row(table, label, text)
        cells[1].merge(cells[5])
