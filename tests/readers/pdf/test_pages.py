"""What belongs to the pages, and what is noticed of them."""

from __future__ import annotations

import pytest

from tests.readers.pdf.sheets import Sheet, read, remarks, stream

IMAGE = {
    100: stream(
        b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
}
WITH_IMAGE = b"/XObject<</I 100 0 R>>"
WHOLE_PAGE = b"q 595 0 0 842 0 0 cm /I Do Q"


def _pages(*texts: str) -> list[Sheet]:
    return [
        Sheet().text("みずき市 総務部", 50, 40).text(text, 50, 120).text(f"- {number} -", 280, 810)
        for number, text in enumerate(texts, 1)
    ]


def test_page_numbers_and_running_titles_are_left_out() -> None:
    assert read(*_pages("一つ目。", "二つ目。", "三つ目。")) == [
        "みずき市 総務部",
        "一つ目。",
        "二つ目。",
        "三つ目。",
    ]


def test_what_was_left_out_is_said() -> None:
    assert remarks(*_pages("一つ目。", "二つ目。")) == [
        ("lenient", "- 1 -"),
        ("lenient", "みずき市 総務部"),
        ("page", "ヘッダー：みずき市 総務部"),
    ]


TITLE = "平成29年度 総務部の取り組み実績"


def _titled(running: str, title: str = TITLE) -> list[str]:
    pages = [Sheet().text(running, 50, 40).text(text, 50, 120) for text in (title, "二つ目。", "三つ目。")]
    return read(*pages)


@pytest.mark.parametrize(
    "running", ["総務部　取り組み実績", TITLE, "取り組み実績（総務部）", "みずき市・総務部"]
)
def test_a_running_title_that_the_first_page_says_once_more_is_left_out_there_too(running: str) -> None:
    assert _titled(running) == [TITLE, "二つ目。", "三つ目。"]


@pytest.mark.parametrize(
    ("running", "below"),
    [
        (TITLE, "人事課、職員課"),
        ("総務部の取り組み実績", "平成29年度"),
        ("総務部", "総務部は平成29年度に改めました。"),
    ],
)
def test_a_running_title_that_may_be_the_title_stays_where_it_comes_first(running: str, below: str) -> None:
    assert _titled(running, below) == [running, below, "二つ目。", "三つ目。"]


def test_a_foot_of_pages_that_tells_something_is_text_of_no_field() -> None:
    pages = [Sheet().text(text, 50, 120).text("※金額は速報値です。", 50, 810) for text in ("一。", "二。")]
    assert ("unread", "フッター：※金額は速報値です。") in remarks(*pages)


def test_the_number_of_a_single_page() -> None:
    assert read(Sheet().text("本文です。", 50, 100).text("1 / 1", 280, 810)) == ["本文です。"]


def test_figures_that_do_not_count_the_pages_stay() -> None:
    assert read(Sheet().text("12", 50, 60), Sheet().text("7", 50, 60)) == ["12", "7"]


def test_a_label_that_comes_first_on_two_pages_stays() -> None:
    pages = [Sheet().lines(["実績", text], 50, 60) for text in ("研修を行いました。", "改めました。")]
    assert read(*pages) == ["実績", "研修を行いました。", "実績", "改めました。"]


_LEFT = ["左の段の一行目の文は、この長さで段の端まで", "届いて次の行に続き、まだこの段の中で続いて"]


def test_columns_that_flow_are_read_one_after_the_other() -> None:
    left = [*_LEFT * 3, "左の段の終わりです。"]
    right = [line.replace("左", "右") for line in left]
    sheet = Sheet().lines(left, 50, 100).lines(right, 300, 107)
    found = "".join(read(sheet))
    assert found == "".join(left + right)


def test_plan_and_result_side_by_side_stay_together() -> None:
    sheet = Sheet()
    for number in range(3):
        top = 100 + 80 * number
        sheet.lines([f"◆{number}番目の項目", *_LEFT, "終わる。"], 50, top)
        sheet.lines([line.replace("左", "右") for line in (*_LEFT, "実績が終わる。")], 300, top)
    found = "".join(read(sheet))
    assert found.index("◆0") < found.index("右の段") < found.index("◆1") < found.index("◆2")


# --- what is noticed ----------------------------------------------------------------------------


def test_text_that_cannot_be_seen_is_read_and_said() -> None:
    sheet = Sheet().text("見える文", 50, 100).text("見えない文", 50, 130, before=b"3 Tr")
    assert read(sheet) == ["見える文", "見えない文"]
    assert remarks(sheet) == [("hidden", "見えない文")]


def test_white_letters_are_hidden_on_white_only() -> None:
    sheet = Sheet().text("白い文", 50, 130, before=b"1 1 1 rg").draw(b"0.2 0.3 0.5 rg 45 650 200 40 re f")
    assert remarks(sheet.text("白抜きの見出し", 50, 172, before=b"1 1 1 rg")) == [("hidden", "白い文")]


def test_a_sign_across_the_page_is_no_text_of_it() -> None:
    sheet = Sheet().text("本文", 50, 100).draw(b"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <6848> Tj ET")
    assert read(sheet) == ["本文"]
    assert remarks(sheet) == [("unread", "案")]


def test_a_cell_that_the_page_s_end_cuts_is_read_once() -> None:
    lines = ["一行目の文です。", "二行目の文です。"]
    clip = b"q 50 %d 400 %d re W n"
    above = Sheet().draw(clip % (50, 60)).lines(lines, 60, 790).draw(b"Q")
    below = Sheet().draw(clip % (760, 40)).lines(lines, 60, 38).draw(b"Q")
    assert read(above, below) == lines
    assert remarks(above, below) == []


def test_recognised_text_is_read_and_said() -> None:
    sheet = Sheet(xobjects=WITH_IMAGE).draw(WHOLE_PAGE).text("文字認識の文です。", 50, 100, before=b"3 Tr")
    assert read(sheet, objects=IMAGE) == ["文字認識の文です。"]
    assert remarks(sheet, objects=IMAGE) == [("lenient", "1ページの画像")]


def test_a_blank_page_is_none_to_complain_of() -> None:
    assert read(Sheet().text("本文", 50, 100), Sheet()) == ["本文"]


def _note(author: str) -> dict[int, bytes]:
    words = ("\ufeff" + "数字を確認").encode("utf-16-be").hex().encode()
    return {
        100: b"<</Type/Annot/Subtype/Text/Rect[100 700 120 720]/Contents<%s>/T(%s)>>"
        % (words, author.encode())
    }


def test_comments_are_said_ours_are_not() -> None:
    sheet = Sheet(entries=b"/Annots[100 0 R]").text("本文", 50, 100)
    assert remarks(sheet, objects=_note("Sato")) == [("comment", "数字を確認")]
    assert remarks(sheet, objects=_note("jisseki-check")) == []


def test_what_was_typed_into_a_field_is_text() -> None:
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(123)/Rect[100 700 200 720]/DA(/F1 10 Tf 0 g)"
        b"/AP<</N 101 0 R>>/F 4>>"
    )
    look = stream(
        b"BT /F1 10 Tf 2 5 Td <003100320033> Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 4 0 R>>>>",
    )
    sheet = Sheet(entries=b"/Annots[100 0 R]").text("件数", 50, 137)
    assert read(sheet, objects={100: field, 101: look}, root=b"/AcroForm<</Fields[100 0 R]>>") == ["件数|123"]


def test_scripts_are_not_run_and_said() -> None:
    names = {100: rb"<</Names[(a)<</S/JavaScript/JS(app.alert\(1\))>>]>>"}
    found = remarks(Sheet().text("本文", 50, 100), objects=names, root=b"/Names<</JavaScript 100 0 R>>")
    assert found == [("inert", "スクリプト（JavaScript）")]
