"""What is read of a workbook's cells, as its sheets show them."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from jisseki_check.model import Block, Location, Run, Unreadable
from jisseki_check.readers import read_bytes
from jisseki_check.readers.decoding import BLANKS
from tests.readers.packages import archive
from tests.readers.xlsx.books import (
    MAIN,
    NAME,
    NAMESPACES,
    members,
    number,
    places,
    read,
    read_book,
    read_members,
    remarks,
    row,
    saved,
    shape,
    sheet,
    styles,
    text,
)

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def blocks_of(*cells: str) -> dict[str, str]:
    return places(read(sheet(row(*cells))))


def test_a_book_of_a_library_is_read() -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "一覧"
    first.append(["番号", "事業名", "予算額", "執行率", "実施日", "開始", "継続"])
    first.append([1, "窓口の\n案内板", 490000, 0.985, date(2018, 3, 26), time(9, 30), True])
    first["C2"].number_format = '#,##0"円"'
    first["D2"].number_format = "0.0%"
    first["E2"].number_format = '[$-411]ggge"年"m"月"d"日"'
    second = book.create_sheet("内訳")
    second["B3"] = "図書費"
    source = read_bytes(saved(book), NAME)
    assert source.format == "xlsx"
    assert shape(source) == [
        ["番号", "事業名", "予算額", "執行率", "実施日", "開始", "継続"],
        ["1", "窓口の/案内板", "490,000円", "98.5%", "平成30年3月26日", "9:30:00", "TRUE"],
        [],
        [],
        ["", "図書費"],
    ]
    assert [block.table for block in source.blocks or ()] == [1, 1, None, 2, 2]
    assert (source.blocks or ())[-1].cells[1] == ((Run("図書費", Location(sheet="内訳", cell="B3")),),)
    assert source.remarks == ()


def test_blank_rows_in_a_row_are_one_and_none_stand_at_the_end() -> None:
    rows = row(text("B2", "上"), at=2) + row(text("A900000", "下"), at=900_000) + row(at=1_000_000)
    source = read(sheet(rows))
    assert source.blocks is not None
    assert [(block.cells == (), block.table) for block in source.blocks] == [
        (True, 1),
        (False, 1),
        (True, 1),
        (False, 1),
    ]
    assert shape(source)[1] == ["", "上"]


def test_blank_sheets_leave_no_trace_and_keep_their_numbers() -> None:
    source = read(sheet(), sheet(row(text("A1", "本文"))), sheet(row(text("A1", " \u3000"))))
    assert source.blocks is not None
    assert [block.table for block in source.blocks] == [2]


# --- texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("本文", "本文"),
        (" \u3000本文\u00a0\n", "本文"),
        ("一行目\n\n 二行目 \n", "一行目/二行目"),
        ("一行目_x000D_\n二行目&#13;三行目", "一行目/二行目/三行目"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD842__xDFB7_野", "𠮷野"),
        ("_xD842_野", "\ufffd野"),
        ("3,918", "3,918"),
        ("０．５％ ＝１＋１", "０．５％ ＝１＋１"),
        ("&lt;b&gt;A&amp;B", "<b>A&B"),
        ("=1+1", "=1+1"),
    ],
)
def test_texts_stand_as_they_are_shown(words: str, wanted: str) -> None:
    assert blocks_of(text("A1", words)) == {"シート1!A1": wanted}
    held = members(sheet(row('<c r="A1" t="s"><v>0</v></c>')))
    held["xl/sharedStrings.xml"] = f"<sst {NAMESPACES}><si><t>{words}</t></si></sst>"
    assert places(read_members(held)) == {"シート1!A1": wanted}
    assert blocks_of(f'<c r="A1" t="str"><f>B1</f><v>{words}</v></c>') == {"シート1!A1": wanted}


def test_runs_are_joined_and_kana_left_out() -> None:
    runs = "<r><rPr><b/></rPr><t>枚</t></r><r><t>方</t></r>"
    kana = '<rPh sb="0" eb="2"><t>ヒラカタ</t></rPh><phoneticPr fontId="1"/>'
    assert blocks_of(f'<c r="A1" t="inlineStr"><is>{runs}{kana}</is></c>') == {"シート1!A1": "枚方"}
    held = members(sheet(row('<c r="A1" t="s"><v>1</v></c>')))
    held["xl/sharedStrings.xml"] = f"<sst {NAMESPACES}><si><t>市</t>{kana}</si><si>{runs}{kana}</si></sst>"
    assert places(read_members(held)) == {"シート1!A1": "枚方"}


def test_a_rich_text_of_a_library_is_one_text() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = CellRichText("昼の", TextBlock(InlineFont(b=True), "案内"), "を増やす")
    assert places(read_book(book)) == {"Sheet!A1": "昼の案内を増やす"}


def test_text_that_is_struck_through_is_read_and_said_to_be() -> None:
    runs = (
        "<r><t>8回</t></r><r><rPr><strike/></rPr><t> 9回 </t></r>"
        "<r><rPr><strike val='0'/></rPr><t>開催</t></r>"
    )
    struck = '<c r="B1" s="1" t="str"><v>全て</v></c><c r="C1" s="1"><v>5</v></c>'
    held = members(sheet(row(f'<c r="A1" t="inlineStr"><is>{runs}</is></c>', struck, text("D1", "並"))))
    held["xl/styles.xml"] = styles("General", fonts="<font/><font><strike/></font>", struck=[1])
    source = read_members(held)
    assert places(source) == {
        "シート1!A1": "8回 9回 開催",
        "シート1!B1": "全て",
        "シート1!C1": "5",
        "シート1!D1": "並",
    }
    assert remarks(source, "tracked") == [
        ("取り消し線の付いた「9回」", 1, "A1"),
        ("取り消し線の付いた「全て」", 1, "B1"),
        ("取り消し線の付いた「5」", 1, "C1"),
    ]


def test_many_struck_texts_are_told_of_together() -> None:
    rows = "".join(row(f'<c r="A{at}" s="1"><v>{at}</v></c>', at=at) for at in range(1, 131))
    held = members(sheet(rows))
    held["xl/styles.xml"] = styles("General", fonts="<font/><font><strike/></font>", struck=[1])
    told = remarks(read_members(held), "tracked")
    assert len(told) == 100
    assert told[-1] == ("取り消し線の付いた「100」", 31, "A100")


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ('<c r="A1"><v>490</v></c>', "490"),
        ('<c r="A1" t="n"><v>0.1234567890123456789</v></c>', "0.123456789012346"),
        ('<c r="A1"><v>12345678901234567890</v></c>', "12345678901234600000"),
        ('<c r="A1"><v>0</v></c>', "0"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" s="1"><v>43185</v></c>', "2018/3/26"),
        ('<c r="A1" s="1" t="d"><v>2018-03-26</v></c>', "2018/3/26"),
        ('<c r="A1"><f>SUM(B1:C1)</f><v>7</v></c>', "7"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" s="2" t="inlineStr"><is><t>文化</t></is></c>', "文化課"),
        ('<c r="A1" s="77"><v>5</v></c>', "5"),
        (f'<c r="A1" s="{"9" * 9_000}"><v>5</v></c>', "5"),
        ('<c r="A1" t="inlineStr"><v>旧式</v></c>', "旧式"),
        ('<c r="A1"><is><t>文化</t></is></c>', "文化"),
    ],
)
def test_values(cell: str, wanted: str) -> None:
    held = members(sheet(row(cell)))
    held["xl/styles.xml"] = styles("yyyy/m/d", '@"課"')
    assert places(read_members(held)) == {"シート1!A1": wanted}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1"/>',
        '<c r="B1"><v/></c>',
        '<c r="B1" t="s"><v/></c>',
        '<c r="B1" t="str"><f>""</f><v></v></c>',
        '<c r="B1" t="inlineStr"><is><t> </t></is></c>',
    ],
)
def test_blank_cells(cell: str) -> None:
    assert shape(read(sheet(row(text("A1", "前"), cell, text("C1", "後"))))) == [["前", "", "後"]]


def test_days_may_be_counted_from_1904() -> None:
    held = members(sheet(row(number("A1", 41723, style=1))), within='<workbookPr date1904="1"/>')
    held["xl/styles.xml"] = styles("yyyy/m/d")
    assert places(read_members(held)) == {"シート1!A1": "2018/3/26"}


def test_zeros_that_the_sheet_does_not_show_are_blank() -> None:
    view = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    cells = row(number("A1", 0), number("B1", 5), text("C1", "0"))
    assert places(read(sheet(cells, before=view))) == {"シート1!B1": "5", "シート1!C1": "0"}


def test_what_a_format_hides_is_read_and_said_to_be_hidden() -> None:
    cells = (
        number("A1", 5, style=1),
        number("B1", 0, style=1),
        number("C1", 0.4, style=2),
        '<c r="D1" s="1" t="str"><v>秘</v></c>',
        number("E1", 7),
    )
    held = members(sheet(row(*cells)), titles=["一覧"])
    held["xl/styles.xml"] = styles(";;;", "#,###")
    source = read_members(held)
    assert places(source) == {"一覧!A1": "5", "一覧!D1": "秘", "一覧!E1": "7"}
    assert remarks(source, "hidden") == [("シート『一覧』のA1、D1（表示形式による）", 2, "A1")]


def test_formats_that_the_file_need_not_spell_out() -> None:
    held = members(sheet(row(number("A1", 43185, style=1), number("B1", 0.985, style=2))))
    formats = "<cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='9'/></cellXfs>"
    dxfs = "<dxfs><dxf><font><strike/></font><numFmt numFmtId='14' formatCode='0'/></dxf></dxfs>"
    held["xl/styles.xml"] = f"<styleSheet {NAMESPACES}>{formats}{dxfs}</styleSheet>"
    assert places(read_members(held)) == {"シート1!A1": "2018/3/26", "シート1!B1": "99%"}


# --- formulas without results -------------------------------------------------------------------


def without_results(*sheets: str, within: str = "") -> Unreadable:
    with pytest.raises(Unreadable, match="計算結果が保存されていない") as caught:
        read(*sheets, titles=["表紙", "一覧"], within=within)
    assert caught.value.fix is not None
    assert "上書き保存" in caught.value.fix
    return caught.value


def test_formulas_without_results_are_no_blanks() -> None:
    fault = without_results(
        sheet(row(text("A1", "本文"))),
        sheet(row("<c><f>SUM(A2:B2)</f></c>", text("F1", "済")) + row('<c r="F12"><f>C1</f><v/></c>', at=12)),
    )
    assert fault.message.endswith("（シート「一覧」A1 ほか1か所）")
    assert fault.at == Location(path=NAME, sheet="一覧", cell="A1")


def test_a_formula_of_a_library_has_no_result() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    with pytest.raises(Unreadable, match="（シート「Sheet」A1）"):
        read_book(book)


def test_zeros_are_no_results_where_nothing_was_calculated() -> None:
    zeros = sheet(row('<c r="A1"><f>B1</f><v>0</v></c>', text("B1", "本文")))
    seven = sheet(row('<c r="A1"><f>B1</f><v>7</v></c>'))
    recalculated = '<calcPr fullCalcOnLoad="1"/>'
    assert without_results(zeros, within=recalculated).at == Location(path=NAME, sheet="表紙", cell="A1")
    assert read(zeros, within="<calcPr/>").blocks
    assert read(zeros, seven, within=recalculated).blocks


def test_a_covered_formula_needs_no_result() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    cells = row(text("A1", "本文"), '<c r="B1"><f>C1</f></c>')
    assert places(read(sheet(cells, after=merged))) == {"シート1!A1": "本文"}


# --- the ways of other programs -----------------------------------------------------------------


def test_cells_need_not_give_their_places() -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>"
    assert places(read(sheet(rows))) == {"シート1!A1": "1", "シート1!C1": "3", "シート1!A3": "4"}
    mixed = '<row r="5"><c r="C5"/><c><v>1</v></c></row><row><c><v>2</v></c></row>'
    assert places(read(sheet(mixed))) == {"シート1!D5": "1", "シート1!A6": "2"}


def test_elements_may_have_a_prefix() -> None:
    held = members(sheet(row(text("A1", "本文"))))
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        content = held[part]
        assert isinstance(content, str)
        prefixed = re.sub(r"<(/?)(?=\w)", r"<\1x:", content)
        held[part] = prefixed.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    assert places(read_members(held)) == {"シート1!A1": "本文"}


def test_the_strict_dialect_is_read() -> None:
    held = members(sheet(row(number("A1", 43185, style=1), '<c r="B1" t="s"><v>0</v></c>')))
    held["xl/styles.xml"] = styles("yyyy/m/d")
    held["xl/sharedStrings.xml"] = f"<sst {NAMESPACES}><si><t>本文</t></si></sst>"
    strict = {
        name: str(content)
        .replace(MAIN, STRICT)
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
        for name, content in held.items()
    }
    assert strict != held
    assert places(read_members(dict(strict))) == {"シート1!A1": "2018/3/26", "シート1!B1": "本文"}


def test_the_parts_may_lie_elsewhere() -> None:
    held = members(sheet(row(text("A1", "本文"))))
    moved = {
        name.replace("xl/worksheets/", "xl/Pages/").replace("xl/workbook", "xl/main"): content
        for name, content in held.items()
    }
    moved["_rels/.rels"] = str(held["_rels/.rels"]).replace("xl/workbook", "/xl/main")
    moved["xl/_rels/main.xml.rels"] = str(held["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/", "/xl/pages/"
    )
    del moved["xl/styles.xml"], moved["xl/sharedStrings.xml"]
    moved["xl/_rels/main.xml.rels"] = re.sub(
        r'<Relationship Id="r.*?/>', "", str(moved["xl/_rels/main.xml.rels"])
    )
    moved.pop("xl/_rels/workbook.xml.rels", None)
    assert places(read_members(moved)) == {"シート1!A1": "本文"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_parts_may_be_in_other_encodings(encoding: str) -> None:
    held = members(sheet(row(text("A1", "本文"))))
    held["xl/worksheets/sheet1.xml"] = str(held["xl/worksheets/sheet1.xml"]).encode(encoding)
    assert places(read_members(held)) == {"シート1!A1": "本文"}


def test_chart_sheets_hold_no_cells() -> None:
    held = members(sheet(row(text("A1", "本文"))), sheet())
    listed = str(held["xl/_rels/workbook.xml.rels"])
    held["xl/_rels/workbook.xml.rels"] = listed.replace(
        'worksheet" Target="worksheets/sheet2.xml', 'chartsheet" Target="chartsheets/sheet1.xml'
    )
    source = read_members(held)
    assert places(source) == {"シート1!A1": "本文"}
    assert remarks(source, "inert") == [("グラフや SmartArt の図", 1, None)]


# --- what is written comes back -----------------------------------------------------------------

_LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="_\ufffe\uffff")
_WORDS = st.text(st.one_of(st.sampled_from("\n\t 　ab=,'\"あ髙①"), _LETTERS), max_size=12)


def lines_of(words: str) -> str:
    return "/".join(line for line in (each.strip(BLANKS) for each in words.split("\n")) if line)


@settings(deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=5), max_size=6))
def test_any_texts_come_back(grid: list[list[str]]) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["H1"] = "右"
    for at, cells in enumerate(grid, 1):
        for column, words in enumerate(cells, 1):
            cell = page.cell(at, column, words)
            cell.data_type = "s"
    wanted = {
        (at, column): lines_of(words)
        for at, cells in enumerate(grid, 1)
        for column, words in enumerate(cells, 1)
        if lines_of(words)
    }
    found = {
        (page[name.partition("!")[2]].row, page[name.partition("!")[2]].column): words
        for name, words in places(read_book(book)).items()
    }
    assert found == wanted | {(1, 8): "右"}


def test_a_block_is_as_wide_as_its_row() -> None:
    (block,) = read(sheet(row(text("C1", "本文")))).blocks or ()
    assert block == Block(((), (), ((Run("本文", Location(sheet="シート1", cell="C1")),),)), table=1)


def test_the_same_bytes_give_the_same_source() -> None:
    data = archive(members(sheet(row(text("A1", "本文")))))
    assert read_bytes(data, NAME) == read_bytes(data, NAME)
