"""Marks and their look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.marks import LOOK_ALIKES, code_point, read_mark

SIGNS = ("◎", "○", "△", "×", "－")


@pytest.mark.parametrize(
    ("text", "kind", "sign", "meant"),
    [
        ("【 ◎ 】", "mark", "◎", "◎"),
        ("○", "mark", "○", "○"),
        ("○\ufe0e", "mark", "○", "○"),
        ("－", "mark", "－", "－"),
        ("【 】", "none", None, None),
        ("", "none", None, None),
        ("　", "none", None, None),
        ("【〇】", "look-alike", "〇", "○"),
        ("◯", "look-alike", "◯", "○"),
        ("O", "look-alike", "O", "○"),
        ("Ｏ", "look-alike", "Ｏ", "○"),
        ("●", "look-alike", "●", "○"),
        ("⭕️", "look-alike", "⭕", "○"),
        ("⦾", "look-alike", "⦾", "◎"),
        ("▲", "look-alike", "▲", "△"),
        ("Δ", "look-alike", "Δ", "△"),
        ("✕", "look-alike", "✕", "×"),
        ("Ｘ", "look-alike", "Ｘ", "×"),
        ("−", "look-alike", "−", "－"),
        ("ー", "look-alike", "ー", "－"),
        ("◎○", "several", None, None),
        ("【◎】【○】", "several", None, None),
        ("◎・〇", "several", None, None),
        ("A", "other", "A", None),
        ("検討中", "other", "検討中", None),
        ("◎です", "other", "◎です", None),
    ],
)
def test_read_mark(text: str, kind: str, sign: str | None, meant: str | None) -> None:
    reading = read_mark(text, SIGNS)
    assert (reading.kind, reading.sign, reading.meant) == (kind, sign, meant)


def test_marks_that_the_form_does_not_have() -> None:
    assert read_mark("△", ("◎", "○")).kind == "other"
    filled = read_mark("▲", ("◎", "○"))
    assert (filled.kind, filled.meant) == ("other", "△")
    assert read_mark("◎△", ("◎", "○")).kind == "several"


def test_words_and_filled_signs_can_be_marks() -> None:
    assert read_mark("【達成】", ("達成", "未達成")).kind == "mark"
    assert read_mark("●", ("○", "●")).kind == "mark"


def test_span() -> None:
    text = "【 〇 】"
    reading = read_mark(text, SIGNS)
    assert text[slice(*reading.span)] == "〇"


def test_code_point() -> None:
    assert code_point("〇") == "U+3007"
    assert code_point("🔺") == "U+1F53A"
    with pytest.raises(ValueError, match="one character"):
        code_point("")


@given(st.sampled_from(sorted(LOOK_ALIKES)))
def test_a_look_alike_is_never_read_as_the_mark(sign: str) -> None:
    reading = read_mark(f"【 {sign} 】", (LOOK_ALIKES[sign],))
    assert (reading.kind, reading.sign, reading.meant) == ("look-alike", sign, LOOK_ALIKES[sign])
    assert len(sign) == 1
    assert LOOK_ALIKES[sign] not in LOOK_ALIKES


@given(st.text(alphabet="◎○〇△×－- 【】()・\ufe0f\u200b") | st.text(), st.lists(st.text(max_size=3)))
def test_any_text_is_read(text: str, signs: list[str]) -> None:
    for form in (SIGNS, signs):
        reading = read_mark(text, form)
        assert 0 <= reading.start <= reading.end <= len(text)
        if reading.kind == "mark":
            assert reading.sign in form


@pytest.mark.parametrize("written", ["Ａ", "a", "ａ", "А", "Α", "Ⓐ", "【Ａ】"])
def test_letters_of_another_width_case_or_alphabet_are_look_alikes(written: str) -> None:
    reading = read_mark(written, ["A", "B", "C", "D", "－"])
    assert (reading.kind, reading.meant) == ("look-alike", "A")


@pytest.mark.parametrize("written", ["E", "優", "AA級", "A" * 1000])
def test_other_letters_are_no_marks(written: str) -> None:
    assert read_mark(written, ["A", "B", "C", "D"]).kind in {"other", "several"}
