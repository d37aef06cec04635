"""Word documents of the invented みずき市, with what a marked copy must not lose."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.shared import Pt

from jisseki_check.marking import Contents, of_file
from jisseki_check.model import Finding, Location, Severity
from tests.marking.workbooks import finding, outcome

PATH = "防災安全部.docx"


def document() -> bytes:
    """Paragraphs, a table with merged cells and paragraphs in them, a header, and a comment of others."""
    word = Document()
    word.sections[0].header.paragraphs[0].text = "みずき市"
    word.add_heading("平成30年度 防災安全部の取り組み実績", 0)
    first = word.add_paragraph("部の構成　危機管理室・消防総務課")
    word.add_paragraph("1. 重点施策・事業", style="Heading 1")
    table = word.add_table(rows=3, cols=3)
    table.cell(0, 0).text = "目標"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "備蓄倉庫を整える。"
    table.cell(1, 0).text = "実績"
    table.cell(1, 1).text = "倉庫を点検した。"
    table.cell(1, 1).add_paragraph("平成30年度決算：2,200千円")
    table.cell(2, 0).merge(table.cell(2, 2)).text = "達成状況　◎"
    tail = word.add_paragraph("以上")
    tail.runs[0].font.size = Pt(9)
    word.add_comment(first.runs, text="課名を確認", author="総務課", initials="総")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def at(number: int, severity: Severity = Severity.ERROR, **place: Any) -> Finding:
    """A finding at a paragraph of the body (line) or of a table's cell (table, row, cell, line)."""
    return finding(number, None, None, severity, location=Location(PATH, column=1, **place))  # type: ignore[arg-type]


def contents(*findings: Finding) -> Contents:
    return of_file(outcome(*findings, path=PATH), PATH)


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def saved_again(data: bytes) -> bytes:
    out = io.BytesIO()
    opened(data).save(out)
    return out.getvalue()


def comments(data: bytes) -> list[tuple[str, str, str]]:
    """Author, text, and the text of the paragraph that each comment stands on."""
    word = opened(data)
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    anchored: dict[str, str] = {}
    for paragraph in word.element.body.iter(f"{space}p"):
        for start in paragraph.iter(f"{space}commentRangeStart"):
            words = "".join(text.text or "" for text in paragraph.iter(f"{space}t"))
            anchored[start.get(f"{space}id")] = words
    return [
        (each.author, "\n".join(line.text for line in each.paragraphs), anchored[str(each.comment_id)])
        for each in word.comments
    ]
