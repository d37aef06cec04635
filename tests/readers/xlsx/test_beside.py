"""What stands beside the cells: comments, shapes, what is hidden, what is not run, and what is ours."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from jisseki_check import own_marks
from jisseki_check.model import Location, Source
from tests.readers.packages import relationships
from tests.readers.xlsx.books import (
    NAMESPACES,
    beside,
    members,
    number,
    places,
    read,
    read_book,
    read_members,
    remarks,
    row,
    shape,
    sheet,
    text,
)

BODY = sheet(row(text("A1", "本文")))
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
MARK = """【誤り】FIN101　決算額が予算額を上回っています
直し方：注記を書いてください。
照合番号：0123456789abcdef
理由：補正予算によるため
"""


def commented(*comments: tuple[str, str, str]) -> Source:
    """A workbook with classic comments: author, cell, words."""
    authors = "".join(f"<author>{author}</author>" for author, _, _ in comments)
    entries = "".join(
        f'<comment ref="{cell}" authorId="{at}"><text>{words}</text></comment>'
        for at, (_, cell, words) in enumerate(comments)
    )
    part = (
        f"<comments {NAMESPACES}><authors>{authors}</authors><commentList>{entries}</commentList></comments>"
    )
    return read_members(members(BODY, titles=["一覧"]) | beside(1, {"comments": part}))


# --- comments -----------------------------------------------------------------------------------


def test_comments_are_remarks() -> None:
    source = commented(
        ("山田", "B2", "<r><rPr><b/></rPr><t>山田:</t></r><r><t>\n要確認。</t></r>"),
        ("", "C3", "<t>誰の数字か</t>"),
        ("佐藤", "D4", "<t> </t>"),
    )
    assert remarks(source, "comment") == [
        ("山田：要確認。", 1, "B2"),
        ("誰の数字か", 1, "C3"),
        ("佐藤：（文字のないコメント）", 1, "D4"),
    ]
    assert source.remarks[0].at == Location(sheet="一覧", cell="B2")


def test_a_thread_is_one_remark() -> None:
    thread = (
        f'<ThreadedComments xmlns="{THREADED}">'
        '<threadedComment ref="B2" personId="p1" id="t1"><text>根拠は。</text></threadedComment>'
        '<threadedComment ref="B2" personId="p2" id="t2" parentId="t1">'
        "<text>要領の5条。</text></threadedComment>"
        '<threadedComment ref="C2" personId="p3" id="t3"><text>済み。</text></threadedComment>'
        "</ThreadedComments>"
    )
    old = "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment"
    classic = (
        f"<comments {NAMESPACES}><authors><author>tc={{1}}</author></authors><commentList>"
        f'<comment ref="B2" authorId="0"><text><t>{old}</t></text></comment></commentList></comments>'
    )
    persons = (
        f'<personList xmlns="{THREADED}"><person displayName="山田" id="p1"/>'
        '<person displayName="佐藤" id="p2"/></personList>'
    )
    held = members(BODY) | beside(1, {"comments": classic, "threadedComment": thread})
    listed = str(held["xl/_rels/workbook.xml.rels"])
    held["xl/_rels/workbook.xml.rels"] = listed.replace(
        "</Relationships>",
        relationships({"person": "persons/person.xml"}).partition(">")[2],
    )
    held["xl/persons/person.xml"] = persons
    assert remarks(read_members(held), "comment") == [
        ("山田：根拠は。\n佐藤：要領の5条。", 2, "B2"),
        ("済み。", 1, "C2"),
    ]


def test_the_comments_of_a_library_are_read() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["B2"] = "本文"
    page["B2"].comment = Comment("数字を確かめる", "山田")
    assert remarks(read_book(book), "comment") == [("山田：数字を確かめる", 1, "B2")]


# --- what is ours -------------------------------------------------------------------------------


def test_our_comments_give_the_reasons_back() -> None:
    source = commented((own_marks.AUTHOR, "B2", f"<t>{MARK}</t>"))
    assert source.remarks == ()
    assert source.explanations == (("0123456789abcdef", "補正予算によるため"),)


def test_ours_may_stand_below_those_of_others() -> None:
    source = commented(
        ("山田", "B2", f"<t>要確認\n{own_marks.FENCE}\n{MARK}</t>"),
        ("山田", "B3", f"<t>{own_marks.FENCE}\n{MARK}</t>"),
    )
    assert remarks(source, "comment") == [("山田：要確認", 1, "B2")]
    assert source.explanations == (("0123456789abcdef", "補正予算によるため"),)


def test_our_sheet_is_no_content() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "本文"
    page = book.create_sheet(own_marks.SHEET, 0)
    page.append([])
    page.append(["コード", None, own_marks.REFERENCE, own_marks.REASON])
    page.append(["FIN101", None, "0123456789abcdef", "補正予算\nによるため"])
    page.column_dimensions["C"].hidden = True
    page.defined_names.add(DefinedName(own_marks.PROOF_NAME, attr_text=f'"{own_marks.PROOF}"'))
    source = read_book(book)
    assert shape(source) == [["本文"]]
    assert [block.table for block in source.blocks or ()] == [1]
    assert source.remarks == ()
    assert source.explanations == (("0123456789abcdef", "補正予算\nによるため"),)


def test_a_sheet_of_that_name_alone_is_content() -> None:
    book = Workbook()
    book.worksheets[0].title = own_marks.SHEET
    book.worksheets[0]["A1"] = "本文"
    book.defined_names.add(DefinedName(own_marks.PROOF_NAME, attr_text=f'"{own_marks.PROOF}"'))
    assert shape(read_book(book)) == [["本文"]]


# --- shapes -------------------------------------------------------------------------------------


def anchored(column: int, line: int, inside: str) -> str:
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:row>{line}</xdr:row></xdr:from>"
        f"<xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to>{inside}</xdr:twoCellAnchor>"
    )


def shaped(*paragraphs: str) -> str:
    inside = "".join(f"<a:p>{paragraph}</a:p>" for paragraph in paragraphs)
    return f"<xdr:sp><xdr:txBody>{inside}</xdr:txBody></xdr:sp>"


def run(words: str) -> str:
    return f"<a:r><a:t>{words}</a:t></a:r>"


def drawn(inside: str, **more: str) -> Source:
    held = members(BODY, titles=["一覧"])
    held |= beside(1, {"drawing": f"<xdr:wsDr {_DRAWING}>{inside}</xdr:wsDr>"}, folder="drawings")
    held["xl/drawings/_rels/drawing1.xml.rels"] = relationships({kind: f"{kind}.xml" for kind in more})
    return read_members(held | {f"xl/drawings/{kind}.xml": content for kind, content in more.items()})


def test_the_texts_of_shapes_follow_the_cells() -> None:
    lower = anchored(1, 5, shaped(run("下") + "<a:br/>" + run("二行目"), "", run(" ") + run("三")))
    upper = anchored(2, 3, f"<xdr:grpSp>{shaped(run('上'))}</xdr:grpSp>")
    source = drawn(lower + upper + f"<xdr:absoluteAnchor>{shaped(run('外'))}</xdr:absoluteAnchor>")
    assert shape(source) == [["本文"], [], ["外"], ["上"], ["下"], ["二行目"], ["三"]]
    assert places(source) == {
        "一覧!A1": "本文",
        "一覧!None": "外",
        "一覧!C4": "上",
        "一覧!B6": "下/二行目/三",
    }
    assert {block.table for block in (source.blocks or ())[1:]} == {None}


def test_a_shape_that_stands_twice_for_older_programs_is_read_once() -> None:
    inside = (
        f"<mc:AlternateContent><mc:Choice>{shaped(run('新'))}</mc:Choice>"
        f"<mc:Fallback>{shaped(run('旧'))}</mc:Fallback></mc:AlternateContent>"
    )
    assert shape(drawn(anchored(0, 0, inside))) == [["本文"], [], ["新"]]


def test_the_texts_of_diagrams_are_read() -> None:
    diagram = (
        f'<dgm:dataModel xmlns:dgm="d" {_DRAWING}><dgm:t><a:p>{run("図の文")}</a:p></dgm:t></dgm:dataModel>'
    )
    source = drawn(anchored(0, 0, "<xdr:graphicFrame/>"), diagramData=diagram)
    assert shape(source) == [["本文"], [], ["図の文"]]
    assert places(source)["一覧!None"] == "図の文"


# --- what is hidden -----------------------------------------------------------------------------


def test_hidden_rows_and_columns_are_read_and_told_of() -> None:
    hidden = 'hidden="1"'
    rows = (
        row(text("A1", "一"), text("D1", "右"))
        + "".join(row(text(f"B{at}", "隠"), at=at, attributes=hidden) for at in (5, 6, 7, 9))
        + row(at=10, attributes=hidden)
        + row(text("A11", "下"), at=11, attributes='ht="0"')
    )
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="4" max="16384" width="0"/></cols>'
    source = read(sheet(rows, before=columns), titles=["一覧"])
    assert [name for name in places(source) if name.startswith("一覧!B")] == [
        "一覧!B5",
        "一覧!B6",
        "一覧!B7",
        "一覧!B9",
    ]
    assert remarks(source, "hidden") == [("シート『一覧』の5～7、9、11行、B、D列", 7, "D1")]


def test_many_hidden_rows_are_shortened() -> None:
    rows = "".join(row(number(f"A{at}", at), at=at, attributes=f'hidden="{at % 2}"') for at in range(1, 30))
    assert remarks(read(sheet(rows)), "hidden") == [("シート『シート1』の1、3、5、7、9行など", 15, "A1")]


def test_hidden_sheets_are_read_and_told_of() -> None:
    source = read(
        BODY, BODY, BODY, sheet(), titles=list("甲乙丙丁"), states={1: "hidden", 2: "veryHidden", 3: "hidden"}
    )
    assert list(places(source)) == ["甲!A1", "乙!A1", "丙!A1"]
    assert remarks(source, "hidden") == [("シート『乙』", 1, None), ("シート『丙』", 1, None)]
    assert [remark.at for remark in source.remarks] == [Location(sheet="乙"), Location(sheet="丙")]


def test_a_hidden_sheet_of_choices_is_called_so() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["A1"] = "本文"
    for title, formula in {"達成 状況": "'達成 状況'!$A$1:$A$3", "課": "課名"}.items():
        book.create_sheet(title)["A1"] = "選択肢"
        book[title].sheet_state = "hidden"
        page.add_data_validation(DataValidation("list", formula1=formula, sqref="B2"))
    book.create_sheet("控え")["A1"] = "控え"
    book["控え"].sheet_state = "hidden"
    book.defined_names.add(DefinedName("課名", attr_text="課!$A$1:$A$9"))
    assert [words for words, _, _ in remarks(read_book(book), "hidden")] == [
        "シート『達成 状況』（入力規則の選択肢）",
        "シート『課』（入力規則の選択肢）",
        "シート『控え』",
    ]


# --- what is not run ----------------------------------------------------------------------------


def test_what_is_not_run_is_told_of() -> None:
    held = members(BODY)
    kinds = {"vbaProject": "vbaProject.bin", "externalLink": "externalLinks/externalLink1.xml"}
    more = relationships(kinds | {"connections": "connections.xml"}).partition(">")[2]
    listed = str(held["xl/_rels/workbook.xml.rels"])
    held["xl/_rels/workbook.xml.rels"] = listed.replace("</Relationships>", more)
    held["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    held["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        {"oleObject": "../embeddings/o.bin", "control": "../activeX/a.xml"},
        external={"hyperlink": "https://example.jp/", "attachedTemplate": "file:///x"},
    )
    assert remarks(read_members(held), "inert") == [
        ("マクロ", 1, None),
        ("外部のファイルへのリンク", 2, None),
        ("ほかのソフトウェアから値を取り込む指定（DDE など）", 1, None),
        ("埋め込まれたファイル", 1, None),
        ("フォームの部品（ActiveX）", 1, None),
    ]


def test_links_to_running_programs_are_told_apart() -> None:
    held = members(BODY)
    more = relationships({"externalLink": "externalLinks/externalLink1.xml"}).partition(">")[2]
    held["xl/_rels/workbook.xml.rels"] = str(held["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>", more
    )
    held["xl/externalLinks/externalLink1.xml"] = "<externalLink><ddeLink/></externalLink>"
    assert [words for words, _, _ in remarks(read_members(held), "inert")] == [
        "ほかのソフトウェアから値を取り込む指定（DDE など）"
    ]


@pytest.mark.parametrize("kind", ["chart", "chartEx"])
def test_charts_are_told_of(kind: str) -> None:
    source = drawn(anchored(0, 0, "<xdr:graphicFrame/>"), **{kind: "<c/>"})
    assert shape(source) == [["本文"]]
    assert remarks(source, "inert") == [("グラフや SmartArt の図", 1, None)]
