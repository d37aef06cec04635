"""Ruling lines → tables."""

from __future__ import annotations

from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import Location
from jisseki_check.readers.pdf.document import read_document
from tests.readers.pdf.sheets import Sheet, pdf, read

XS = (50, 150, 500)
LONG = "窓口の対応を改め、手続を簡単にし、案内を分かりやすくする取"  # as wide as the right column


def _form(*rows: tuple[str, str], top: float = 80) -> Sheet:
    sheet = Sheet().grid(XS, [top + 40 * number for number in range(len(rows) + 1)])
    for number, (label, text) in enumerate(rows):
        sheet.text(label, 55, top + 15 + 40 * number)
        lines = text.split("\n")
        sheet.lines(lines, 155, top + 15 + 40 * number, pitch=12)
    return sheet


def test_rows_and_cells() -> None:
    assert read(_form(("目標", "研修を行います。"), ("実績", "三回行いました。"))) == [
        "目標|研修を行います。",
        "実績|三回行いました。",
    ]


def test_the_lines_of_a_cell_are_one_paragraph_where_they_are_one_sentence() -> None:
    first = (LONG * 2)[:34]
    assert read(_form(("目標", f"{first}\n組を進めます。"), ("実績", "行いました。\n改めました。"))) == [
        f"目標|{first}組を進めます。",
        "実績|行いました。/改めました。",
    ]


def test_places() -> None:
    blocks, _ = read_document(
        pdf(_form(("目標", "研修を行います。"), ("実績", "行いました。"))), DEFAULT_LIMITS
    )
    assert blocks[1].table == 1
    assert blocks[1].cells[1][0][0].at == Location(page=1, line=2, column=1, table=1, row=2, cell="B2")


def test_merged_cells_stand_once_and_cover_the_others() -> None:
    sheet = Sheet().grid(XS, (80, 120)).text("目標", 55, 95).text("研修", 155, 95)
    sheet.rule(50, 120, 50, 160).rule(500, 120, 500, 160).rule(50, 160, 500, 160).text(
        "達成状況 【 ◎ 】", 55, 135
    )
    blocks, _ = read_document(pdf(sheet), DEFAULT_LIMITS)
    merged = blocks[1]
    assert [bool(cell) for cell in merged.cells] == [True, False]
    assert merged.covers == {1: merged.cells[0]}


def test_a_cell_over_two_rows_covers_the_second() -> None:
    sheet = Sheet().rule(50, 80, 500, 80).rule(150, 120, 500, 120).rule(50, 160, 500, 160)
    for x in XS:
        sheet.rule(x, 80, x, 160)
    sheet.text("番号1", 55, 95).text("目標の文", 155, 95).text("実績の文", 155, 135)
    blocks, _ = read_document(pdf(sheet), DEFAULT_LIMITS)
    assert blocks[1].covers == {0: blocks[0].cells[0]}


def test_open_sides_are_sides() -> None:
    sheet = Sheet().rule(50, 80, 500, 80).rule(50, 120, 500, 120).rule(150, 80, 150, 120)
    assert read(sheet.text("目標", 55, 95).text("研修", 155, 95)) == ["目標|研修"]


def test_a_frame_around_text_is_no_table() -> None:
    blocks, _ = read_document(
        pdf(Sheet().grid((50, 500), (80, 120)).text("囲んだ表題", 60, 100)), DEFAULT_LIMITS
    )
    assert [block.table for block in blocks] == [None]


def test_text_that_runs_over_its_cell_stays_in_it() -> None:
    sheet = Sheet().grid(XS, (80, 120)).text("長い見出しが隣の欄にはみ出す", 55, 95)
    assert read(sheet) == ["長い見出しが隣の欄にはみ出す|"]


def test_letters_one_below_the_other_are_a_word() -> None:
    sheet = Sheet().grid((50, 80, 500), (80, 160)).lines(["重", "点", "施", "策"], 60, 95, pitch=14)
    assert read(sheet.text("窓口の改善", 100, 110)) == ["重点施策|窓口の改善"]


def test_a_row_that_the_page_s_end_cuts_is_one_row() -> None:
    first = (LONG * 2)[:34]
    above = _form(("目標", "改めます。"), ("実績", first), top=700)
    below = _form(("", "組を進めました。"), ("達成状況", "◎"), top=60)
    assert read(above, below) == ["目標|改めます。", f"実績|{first}組を進めました。", "達成状況|◎"]


def test_a_new_row_on_a_new_page_is_a_row() -> None:
    above = _form(("目標", "改めます。"), ("取り組み", "研修を行います。"), top=700)
    assert read(above, _form(("実績", "行いました。"), top=60))[2] == "実績|行いました。"


def test_headings_repeated_above_a_cut_row_are_left_out() -> None:
    first = (LONG * 2)[:34]
    above = _form(("区分", "内容"), ("実績", first), top=700)
    below = _form(("区分", "内容"), ("", "組を進めました。"), top=60)
    assert read(above, below) == ["区分|内容", f"実績|{first}組を進めました。"]


def test_what_is_drawn_without_end_is_no_table() -> None:
    sheet = Sheet().text("図のあるページ", 50, 100)
    for number in range(2_100):
        sheet.rule(50, 200 + number * 0.2, 60 + number % 7, 200 + number * 0.2)
    assert read(sheet) == ["図のあるページ"]


def test_a_unit_cut_from_its_heading_belongs_to_it() -> None:
    xs = (50, 150, 300, 500)
    above = Sheet().grid(xs, (780, 810)).text("番号", 55, 795).text("項目", 155, 795).text("予算", 305, 795)
    below = Sheet().grid(xs, (40, 60, 100)).text("（千円）", 305, 55)
    below.text("1", 55, 80).text("窓口の改善", 155, 80).text("490", 305, 80)
    assert read(above, below) == ["番号|項目|予算/（千円）", "1|窓口の改善|490"]


def test_lines_of_words_and_figures_stay_lines() -> None:
    text = "用紙 209千円\n印刷 184千円\n合計 393千円"
    sheet = (
        Sheet()
        .grid((50, 150, 216), (80, 140))
        .text("実績", 55, 95)
        .lines(text.split("\n"), 155, 95, pitch=12)
    )
    assert read(sheet) == ["実績|用紙 209千円/印刷 184千円/合計 393千円"]
