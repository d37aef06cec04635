"""A whole Word file: its parts, its dangers, and that no word of it is lost or read twice."""

from __future__ import annotations

import re
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Run, Unreadable
from jisseki_check.readers import read_bytes
from jisseki_check.readers.docx import anchors
from tests.readers.docx.test_text import shape
from tests.readers.packages import (
    W,
    archive,
    lines,
    p,
    r,
    read_word,
    relationships,
    tbl,
    tc,
    tr,
    word,
    word_members,
)

NAME = "報告.docx"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refused(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008  it is frozen
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, NAME, limits)
    fault = caught.value
    assert (fault.rule, fault.at is not None and fault.at.path) == ("DOC001", NAME)
    assert fault.fix
    assert fault.fix.endswith("。")
    assert "不具合" not in fault.message, fault.__cause__
    return fault.message


# --- whole files --------------------------------------------------------------------------------


def test_a_file_of_a_library_is_read() -> None:
    document = docx.Document()
    document.add_heading("平成29年度みずき市総務部の取り組み実績", 0)
    document.add_paragraph("窓口の案内", style="List Number")
    document.add_paragraph("案内板を設けました。", style="List Bullet")
    table = document.add_table(2, 3)
    for place, text in enumerate(("目標", "実績", "◎")):
        table.cell(0, place).text = text
    table.cell(1, 0).merge(table.cell(1, 2)).text = "決算 490千円"
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("おわりに")
    out = BytesIO()
    document.save(out)
    source = read_bytes(out.getvalue(), NAME)
    assert lines(source) == [
        "平成29年度みずき市総務部の取り組み実績",
        "1. 窓口の案内",
        "•案内板を設けました。",
        "目標|実績|◎",
        "決算 490千円||",
        "",
        "おわりに",
    ]
    assert (source.format, source.remarks, source.explanations) == ("docx", (), ())
    tops = [paragraph.text for paragraph in document.paragraphs]
    held = {run.at.line: run.text for block in source.blocks or () if not block.table for run in _runs(block)}
    assert held[5] == tops[4] == "おわりに"


def _runs(block: Block) -> Iterator[Run]:
    return (run for cell in block.cells for paragraph in cell for run in paragraph)


def test_the_main_part_may_have_another_name() -> None:
    members = word_members(p("本文"))
    members["word/document2.xml"] = members.pop("word/document.xml")
    members["_rels/.rels"] = relationships({"officeDocument": "/word/document2.xml"})
    assert lines(read_bytes(archive(members), NAME)) == ["本文"]
    del members["_rels/.rels"]
    assert "word/document.xml" in refused(archive(members))


def test_the_strict_dialect_is_read() -> None:
    members = {
        name: text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            W.removesuffix("wordprocessingml/2006/main") + "officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
        )
        for name, text in word_members(p(r("<w:t>本文</w:t>"), r("隠し", "<w:vanish/>"))).items()
        if isinstance(text, str)
    }
    assert "purl.oclc.org" in members["_rels/.rels"]
    source = read_bytes(archive(members), NAME)
    assert lines(source) == ["本文隠し"]


def test_parts_in_utf_16_are_read() -> None:
    members = {name: str(text).encode("utf-16") for name, text in word_members(p("本文")).items()}
    assert lines(read_bytes(archive(members), NAME)) == ["本文"]


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["word/document.xml", "word/comments.xml", "word/styles.xml", "_rels/.rels"])
def test_a_document_type_in_any_part_is_refused(part: str) -> None:
    members = word_members(p("文"), {"comments": "", "styles": "", "numbering": ""})
    members[part] = LAUGHS + str(members[part])
    assert f"（{part}）に、Office の文書にはない宣言" in refused(archive(members))


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"])
@pytest.mark.parametrize("content", ["", "<w:document", b"\xff" * 50, "<a><b></a>"])
def test_a_part_that_is_broken_is_named(part: str, content: str | bytes) -> None:
    members = word_members(p("文"), {"numbering": ""})
    members[part] = content
    assert f"（{part}）が壊れています" in refused(archive(members))


def test_a_file_without_body_is_refused() -> None:
    members = word_members("")
    members["word/document.xml"] = f'<w:document xmlns:w="{W}"/>'
    assert "本文が見つかりません" in refused(archive(members))
    members["word/document.xml"] = "<html/>"
    assert "本文が見つかりません" in refused(archive(members))


def test_a_document_that_inflates_too_far_is_refused() -> None:
    data = word(p("文" * 1_000_000))
    assert len(data) < 20_000
    assert "大きくなりすぎます" in refused(data, Limits(max_inflated=1_000_000))


def test_elements_without_end_are_refused_before_they_fill_the_memory() -> None:
    data = word("<w:p/>" * 7_000_000)
    assert len(data) < 100_000
    tracemalloc.start()
    assert "大きすぎて" in refused(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000


def test_too_many_paragraphs_are_refused() -> None:
    assert "上限は20個" in refused(word(p("文") * 20), Limits(max_values=20))


@pytest.mark.parametrize(
    "body",
    [
        "".join("<w:tbl><w:tr><w:tc>" for _ in range(300)),
        "<w:sdt><w:sdtContent>" * 300,
        "<w:p>" + "<w:ins>" * 300,
        "<w:p>" + "<w:r><w:pict><v:textbox><w:txbxContent><w:p>" * 60,
    ],
)
def test_nesting_without_bottom_is_refused(body: str) -> None:
    closed = body + "".join(f"</{name}>" for name in reversed(re.findall(r"<([\w:]+)>", body)))
    assert "深すぎる" in refused(word(closed))


def test_the_deepest_nesting_that_is_parsed_is_read() -> None:
    body = p("底")
    for _ in range(60):
        body = tbl(tr(tc(body)))
    source = read_word(body)
    assert "".join(lines(source)) == "底"
    boxes = p("底")
    for _ in range(40):
        boxes = p(
            f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{boxes}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    assert "".join(lines(read_word(boxes))) == "底"


# --- places -------------------------------------------------------------------------------------


def test_every_place_leads_to_its_paragraph() -> None:
    """A comment is bound to the paragraph that bears a place."""
    body = (
        p("一", r("<w:tab/>"), "二")
        + f"<w:sdt><w:sdtContent>{p('三')}</w:sdtContent></w:sdt>"
        + tbl(tr(tc("四", p(), "五"), tc(tbl(tr(tc("六"))), "七", properties='<w:gridSpan w:val="2"/>')))
        + p("八", shape(f"<w:txbxContent>{p('九')}</w:txbxContent>"))
    )
    data = word(body)
    source = read_bytes(data, NAME)
    root = etree.fromstring(str(word_members(body)["word/document.xml"]).encode())
    found: dict[Location, str] = {}
    for at, element in anchors(root):
        found.setdefault(at, "".join(text.text or "" for text in element.iter(f"{{{W}}}t")))
    for run in (run for block in source.blocks or () for run in _runs(block)):
        assert run.text in found[replace(run.at, column=1)]


# --- nothing is lost, nothing is read twice -----------------------------------------------------


class _Words:
    """Words that stand once each in a document."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self) -> str:
        self.made.append(f"語{len(self.made)}。")
        return self.made[-1]


def _inline(draw: st.DrawFn, word_: _Words, depth: int) -> str:
    kinds = ["text", "tab", "break", "link", "control", "inserted", "field", "ruby", "hidden"]
    kind = draw(st.sampled_from(kinds if depth else [*kinds, "box"]))
    text = r(word_())
    return {
        "text": text,
        "tab": text + r("<w:tab/>"),
        "break": text + r("<w:br/>"),
        "link": f"<w:hyperlink>{text}</w:hyperlink>",
        "control": f"<w:sdt><w:sdtContent>{text}</w:sdtContent></w:sdt>",
        "inserted": f'<w:ins w:id="1" w:author="x">{text}</w:ins>',
        "field": f'<w:fldSimple w:instr="REF x">{text}</w:fldSimple>',
        "ruby": f"<w:ruby><w:rt>{r('よみ')}</w:rt><w:rubyBase>{text}</w:rubyBase></w:ruby>",
        "hidden": text.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1),
        "box": text + shape(f"<w:txbxContent>{_blocks(draw, word_, depth + 1)}</w:txbxContent>")
        if kind == "box"
        else "",
    }[kind]


def _paragraph(draw: st.DrawFn, word_: _Words, depth: int) -> str:
    content = [_inline(draw, word_, depth) for _ in range(draw(st.integers(0, 3)))]
    joined = draw(st.booleans()) and '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    return p(*content, properties=joined or "")


def _table(draw: st.DrawFn, word_: _Words, depth: int) -> str:
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        cells = [
            tc(
                _blocks(draw, word_, depth + 1),
                properties=draw(
                    st.sampled_from(
                        ["", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"]
                    )
                ),
            )
            for _ in range(draw(st.integers(1, 3)))
        ]
        rows.append(tr(*cells, properties=draw(st.sampled_from(["", '<w:gridBefore w:val="1"/>']))))
    return tbl(*rows)


def _blocks(draw: st.DrawFn, word_: _Words, depth: int) -> str:
    out = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["paragraph", "paragraph", "table", "control"]))
        if kind == "table" and depth < 3:
            out.append(_table(draw, word_, depth))
        elif kind == "control":
            out.append(f"<w:sdt><w:sdtContent>{_paragraph(draw, word_, depth)}</w:sdtContent></w:sdt>")
        else:
            out.append(_paragraph(draw, word_, depth))
    return "".join(out)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[str]]:
    words = _Words()
    body = p(r(words())) + _blocks(draw, words, 0)
    return body, words.made


@settings(max_examples=150)
@given(documents())
def test_every_word_is_read_once_and_in_its_order(made: tuple[str, list[str]]) -> None:
    body, words = made
    source = read_word(body)
    read = re.findall("語[0-9]+。", "\n".join(lines(source)))
    assert Counter(read) == Counter(words)
    for block in source.blocks or ():
        assert all(not block.cells[column] for column in block.covers if column < len(block.cells))
        assert block.table is None or all(block.table == run.at.table for run in _runs(block))
