"""Widths, line breaks and safe text."""

from __future__ import annotations

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.formatters.text import clean, pad, paint, shorten, wrap
from jisseki_check.notation.width import display_width

JAPANESE = st.text(
    alphabet="公衆無線環境整備事業をおこない、平成30年度（4,620千円）に。「A」B c％々ー…\u3000 ", max_size=200
)


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("決算額\u202e円", "決算額⟦U+202E⟧円"),
        ("\x1b[31m赤\x1b[0m", "⟦U+001B⟧[31m赤⟦U+001B⟧[0m"),
        ("一行\n二行\t三", "一行 二行 三"),
        ("ゼロ\u200b幅\ufeff", "ゼロ⟦U+200B⟧幅⟦U+FEFF⟧"),
        ("\ud800", "⟦U+D800⟧"),
        ("\x9b31m", "⟦U+009B⟧31m"),
        ("\ufffe", "⟦U+FFFE⟧"),
        ("::error::", "⟦U+003A⟧:error⟦U+003A⟧:"),
        ("a ##[error]", "a ⟦U+0023⟧#[error]"),
        ("##vso[x]", "⟦U+0023⟧#vso[x]"),
        ("時刻 9:00、#1、## 見出し", "時刻 9:00、#1、## 見出し"),
        ("葛\U000e0100城市", "葛\U000e0100城市"),
    ],
)
def test_clean_shows_what_a_terminal_would_obey(dirty: str, shown: str) -> None:
    assert clean(dirty) == shown


@given(st.text(alphabet=st.characters(), max_size=100))
def test_clean_text_is_one_printable_line(text: str) -> None:
    cleaned = clean(text)
    assert "\n" not in cleaned
    assert "\x1b" not in cleaned
    assert "\u202e" not in cleaned
    cleaned.encode("utf-8")


@given(JAPANESE, st.integers(min_value=10, max_value=100))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(display_width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(JAPANESE, st.integers(min_value=20, max_value=100))
def test_width_agrees_with_the_library_that_aligns_tables(text: str, columns: int) -> None:
    assert all(display_width(line) == wcwidth.wcswidth(line) for line in wrap(text, columns))


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("上回っています。", 16, ["上回っています。"]),
        ("あいう（えお）", 10, ["あいう", "（えお）"]),
        ("あいうえお」」。かきくけこ", 12, ["あいうえ", "お」」。か", "きくけこ"]),
        ("決算額の後に「（補正予算）」と書きます。", 26, ["決算額の後に「（補正予", "算）」と書きます。"]),
        ("決算額は、4,620千円でした。", 16, ["決算額は、", "4,620千円でし", "た。"]),
        ("", 20, [""]),
    ],
)
def test_lines_break_as_japanese_does(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert wrap("a" * 25, 12) == ["a" * 10, "a" * 10, "a" * 5]


def test_a_very_long_line_is_wrapped_whole() -> None:
    """It would not end, were the time to grow with the square of the length."""
    text = "」" * 200_000 + "「" * 200_000 + "9" * 200_000
    assert "".join(wrap(text, 60)) == text


@pytest.mark.parametrize(("text", "cut"), [("取り組み", "取り組み"), ("取り組み実績", "取り組…"), ("", "")])
def test_shorten(text: str, cut: str) -> None:
    assert shorten(text, 8) == cut


def test_pad_counts_columns() -> None:
    assert pad("誤り", 6) == "誤り  "


def test_paint_only_where_colours_are_wanted() -> None:
    assert paint("誤り", "error", False) == "誤り"
    assert paint("誤り", "error", True) == "\x1b[31;1m誤り\x1b[0m"
