"""Lines of a page → paragraphs."""

from __future__ import annotations

import pytest

from tests.readers.pdf.sheets import Sheet, read

FULL = (
    "市民の皆さんが安心して暮らせるまちを目指して、窓口の対応を改め、手続を簡単にし、案内を分かりやすくする"
)
LEFT = 50.0


def _page(*lines: str, x: float = LEFT, y: float = 100) -> Sheet:
    """Lines of ten points; the margins are fifty points, so that a line holds 49 characters."""
    return Sheet().lines(lines, x, y)


def test_a_sentence_broken_at_the_margin_is_one_paragraph() -> None:
    assert len(FULL) >= 49
    first, rest = FULL[:49], FULL[49:] + "取り組みを進めました。"
    assert read(_page(first, rest)) == [first + rest]


def test_a_line_with_room_left_ends_its_paragraph() -> None:
    assert read(_page(FULL[:49], FULL[49:] + "。", "短い文です。", "次の文です。")) == [
        FULL + "。",
        "短い文です。",
        "次の文です。",
    ]


@pytest.mark.parametrize("sign", ["・", "◆ ", "(2) ", "① ", "2. "])
def test_a_sign_begins_a_paragraph_below_a_full_line(sign: str) -> None:
    full = FULL[:48] + "。"
    assert read(_page(full, f"{sign}次の項目")) == [full, f"{sign}次の項目"]


def test_a_comma_carries_a_sentence_over_a_sign() -> None:
    full = FULL[:48] + "、"
    assert read(_page(full, "②手続の簡素化を進めました。")) == [full + "②手続の簡素化を進めました。"]


def test_an_indented_line_begins_a_paragraph() -> None:
    full = FULL[:48] + "。"
    assert read(_page(full, "　また、研修を行いました。")) == [full, "また、研修を行いました。"]


def test_a_blank_line_stays() -> None:
    sheet = _page("一つ目の文です。").text("二つ目の文です。", LEFT, 145)
    assert read(sheet.lines(["三つ目。", "四つ目。", "五つ目。"], LEFT, 160)) == [
        "一つ目の文です。",
        "二つ目の文です。",
        "三つ目。",
        "四つ目。",
        "五つ目。",
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    assert read(_page(FULL[:49], y=780), _page(FULL[49:] + "。", y=60)) == [FULL + "。"]


def test_blanks_are_kept_and_none_is_made_up() -> None:
    sheet = Sheet().text("平成 29 年", LEFT, 100).text("度の", LEFT + 50, 100).text("Wi-Fi", LEFT + 72, 100)
    assert read(sheet) == ["平成 29 年度のWi-Fi"]


def test_a_blank_drawn_by_itself_is_kept() -> None:
    sheet = Sheet().text("公衆無線", LEFT, 100).text(" ", LEFT + 40, 100).text("LAN", LEFT + 45, 100)
    assert read(sheet) == ["公衆無線 LAN"]


def test_words_of_other_scripts_are_not_run_together_at_a_line_s_end() -> None:
    first = FULL[:42] + " Mizuki City"
    assert read(_page(first, "Hall で開きました。", FULL[:49], FULL[:49], FULL[:49]))[0].startswith(
        first + " Hall で開きました。"
    )


def test_a_label_stands_in_a_cell_of_its_own() -> None:
    text = FULL[:42]
    sheet = Sheet().text("目標", LEFT, 100).lines([text, "見直しを行います。"], 120, 100)
    sheet.text("実績", LEFT, 130).text("見直しました。", 120, 130)
    assert read(sheet) == [f"目標|{text}見直しを行います。", "実績|見直しました。"]


def test_a_label_at_half_the_height_of_its_text() -> None:
    text = FULL[:42]
    sheet = Sheet().text("目標", LEFT, 100).text("窓口の対応を改めます。", 120, 100)
    sheet.lines([text, "見直しを行います。"], 120, 118).text("取り組み", LEFT, 125.5)
    sheet.text("実績", LEFT, 151).text("見直しました。", 120, 151)
    assert read(sheet) == [
        "目標|窓口の対応を改めます。",
        f"取り組み|{text}見直しを行います。",
        "実績|見直しました。",
    ]


def test_a_number_and_its_heading_are_one_line() -> None:
    assert read(Sheet().text("(1)", LEFT, 100).text("窓口の改善", LEFT + 26, 100)) == ["(1) 窓口の改善"]


def test_bold_letters_drawn_twice_are_read_once() -> None:
    assert read(Sheet().text("太字", LEFT, 100).text("太字", LEFT + 0.4, 100)) == ["太字"]


def test_readings_above_characters_are_left_out() -> None:
    assert read(Sheet().text("みずき", LEFT + 2, 91, size=5).text("瑞木の里", LEFT, 100)) == ["瑞木の里"]


def test_a_word_spread_over_its_width_has_no_blanks() -> None:
    sheet = Sheet().text("達", LEFT, 100).text("成", LEFT + 20, 100).text("度", LEFT + 40, 100)
    assert read(sheet) == ["達成度"]


def test_radicals_are_the_characters_that_they_show() -> None:
    assert read(Sheet().text("⾏政の⻑", LEFT, 100)) == ["行政の長"]


def test_a_turned_page_is_read_upright() -> None:
    sheet = Sheet(entries=b"/Rotate 90")
    sheet.draw(b"BT /F1 10 Tf 0 1 -1 0 100 200 Tm <%s> Tj ET" % "横長の紙".encode("utf-16-be").hex().encode())
    assert read(sheet) == ["横長の紙"]
