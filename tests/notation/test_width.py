"""Width."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.width import display_width, fold, has_full_width_digits, squeeze


def test_fold() -> None:
    assert fold("Ｈ２９：（１，２３４．５％）　￥") == "H29:(1,234.5%) ¥"
    for kept in ("－", "ー", "−", "①", "㎡", "◎", "㋿", "。、「」", "ｱ"):
        assert fold(kept) == kept


@given(st.text())
def test_fold_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    for before, after in zip(text, folded, strict=True):
        assert before == after or unicodedata.normalize("NFKC", before) == after or before == "￥"


def test_full_width_digits() -> None:
    assert has_full_width_digits("平成２９年")
    assert not has_full_width_digits("平成29年①")


def test_squeeze() -> None:
    assert squeeze(" 取り　組\tみ\n") == "取り組み"


def test_display_width() -> None:
    assert display_width("abc") == 3
    assert display_width("枚a") == 3
    assert display_width("ｱ◎") == 2
    assert display_width("か\u3099⭕\ufe0f") == 4
    assert display_width("") == 0
