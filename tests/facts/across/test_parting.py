"""Where two texts part: whole words and numbers, and dots where a quotation is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.across.parting import parted

_LONG = "学校の給食に使う地元の野菜の種類を増やし、使用の割合を{}パーセント以上にすることを目指します。"


@pytest.mark.parametrize(
    ("told", "planned", "differs"),
    [
        ("割合を20％以上にします。", "割合を21％以上にします。", ("20％以上", "21％以上")),
        ("平均で35日以内とします。", "平均で30日以内とします。", ("35日以内", "30日以内")),
        ("平成30年3月までに終えます。", "平成29年10月までに終えます。", ("平成30年3月", "平成29年10月")),
        ("講座を8回開きます。", "講座を18回開きます。", ("8回", "18回")),
        ("寄附450万円を集めます。", "寄附1,450万円を集めます。", ("450万円", "1,450万円")),
        ("20人から30人に増やします。", "25人から35人に増やします。", ("20人から30人", "25人から35人")),
        ("東公民館を整備します。", "東公民館を設置します。", ("整備します", "設置します")),
    ],
)  # fmt: skip
def test_what_differs_is_told_in_whole_words(told: str, planned: str, differs: tuple[str, str]) -> None:
    here, there = parted(told, planned)
    assert (here.text, there.text) == differs
    assert (here.quotation, there.quotation) == (told, planned)
    assert told[here.start : here.end] == here.text


def test_what_is_only_left_out_is_told_by_its_sentence() -> None:
    here, there = parted("西館も開けます。夜も開けます。", "西館も開けます。返却の箱を置き、夜も開けます。")
    assert (here.text, there.text) == ("夜も開けます。", "返却の箱を置き、夜も開けます。")


def test_a_sentence_that_is_cut_shows_it() -> None:
    here, there = parted(_LONG.format(20), _LONG.format(21))
    assert (here.text, there.text) == ("20パーセント以上", "21パーセント以上")
    for part, number in ((here, 20), (there, 21)):
        assert f"{number}パーセント以上" in part.quotation
        assert part.quotation.endswith("…")
        assert len(part.quotation) <= 40
    late = parted("あ" * 60 + "犬" + "い" * 60, "あ" * 60 + "猫" + "い" * 60)[0]
    assert late.quotation.startswith("…")
    assert "犬" in late.quotation


@given(st.text("あ犬3回。、年月 円", max_size=60), st.text("あ犬3回。、年月 円", max_size=60))
def test_the_offsets_are_those_of_the_text(told: str, planned: str) -> None:
    for part, text in zip(parted(told, planned), (told, planned), strict=True):
        assert part.text == text[part.start : part.end]
        assert part.quotation.strip("…") in text
