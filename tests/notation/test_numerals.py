"""Numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.numerals import compound_number, exact_product, plain_number, small_int


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("3,918", 3918), ("40923", 40923), ("1.5", Decimal("1.5")), ("37,08", None), ("007", None),
     ("1,2345", None), ("", None), ("1.", None), (".5", None), ("9" * 19, None), ("9" * 9999, None)],
)  # fmt: skip
def test_plain_number(text: str, value: object) -> None:
    assert plain_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1億7,586万4千", 175_864_000), ("三兆二千四百九十三億", 3_249_300_000_000), ("千二百", 1200),
     ("5千3百", 5300), ("1.5億", 150_000_000), ("2,345千", 2_345_000), ("1万1億", None), ("43万12,108", None),
     ("二五千", None), ("5百3千", None), ("5千12百", None), ("1.5億2万", None), ("万", None), ("1億あ", None),
     ("1" + "億" * 500, None)],
)  # fmt: skip
def test_compound_number(text: str, value: int | None) -> None:
    assert compound_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("元", 1),
        ("29", 29),
        ("三十一", 31),
        ("二〇一八", 2018),
        ("十", 10),
        ("x", None),
        ("²", None),
        ("", None),
    ],
)
def test_small_int(text: str, value: int | None) -> None:
    assert small_int(text) == value


def kanji(value: int) -> str:
    digits, text = "〇一二三四五六七八九", ""
    for unit, scale in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        count, value = divmod(value, scale)
        if count:
            text += ("" if count == 1 and unit else digits[count]) + unit
    return text


@given(st.integers(min_value=1, max_value=9999))
def test_kanji_numerals(value: int) -> None:
    assert compound_number(kanji(value)) == value


@given(st.decimals(min_value=0, max_value=10**9, places=4), st.sampled_from([1, 1000, 10**4, 10**8]))
def test_exact_product(number: Decimal, scale: int) -> None:
    product = exact_product(number, scale)
    assert product is None or Decimal(product) == number * scale
    assert scale < 10**4 or product is not None


@given(st.text(alphabet="0123,.一二〇十百千万億兆") | st.text())
def test_any_text_is_read(text: str) -> None:
    for value in (compound_number(text), small_int(text)):
        assert value is None or value >= 0
