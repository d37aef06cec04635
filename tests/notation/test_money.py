"""Amounts: vectors of the forms in use, and what must not be read as a number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.money import (
    YEN_IN_UNIT,
    find_amounts,
    format_amount,
    format_yen,
    read_amount,
)

IN_TEXT = [
    ("43万2,108円", 432_108),
    ("129万6,000円", 1_296_000),
    ("20万円", 200_000),
    ("約1,200万円", 12_000_000),
    ("約2万5,000円", 25_000),
    ("約 22 万円", 220_000),
    ("8,481千円", 8_481_000),
    ("1億3,000万5,000円", 130_005_000),
    ("1億5千万円", 150_000_000),
    ("1億7,586万4千円", 175_864_000),
    ("１，０００円", 1_000),
    ("38, 057千円", 38_057_000),
    ("40923千円", 40_923_000),
    ("△ 54,317円", -54_317),
    ("▲5,800,000円", -5_800_000),
    ("−5円", -5),
    ("(5)千円", -5_000),
    ("三兆二千四百九十三億円余", 3_249_300_000_000),
    ("3,000億余円", 300_000_000_000),
    ("七百万円", 7_000_000),
    ("十万円", 100_000),
    ("2万5千円", 25_000),
    ("1.5億円", 150_000_000),
    ("21.8百万円", 21_800_000),
    ("0円", 0),
    ("24百万円", 24_000_000),
    ("１億２，３４５万６，７８９円", 123_456_789),
]


@pytest.mark.parametrize(("written", "yen"), IN_TEXT)
def test_amount_in_running_text(written: str, yen: int) -> None:
    text = f"費用は、{written}でした。"
    (amount,) = find_amounts(text)
    assert (amount.text, amount.yen, amount.kind) == (written, yen, "number")
    assert text[amount.start : amount.end] == written
    assert amount.negative == (yen < 0)


@pytest.mark.parametrize(("written", "yen"), IN_TEXT)
def test_amount_as_a_whole_cell(written: str, yen: int) -> None:
    amount = read_amount(f"　{written} ")
    assert (amount.text, amount.yen) == (written, yen)


MALFORMED = [
    "3.918千円",
    "3.9千円",
    "3.918円",
    "37,08千円",
    "38、057千円",
    "1,2345円",
    "12,34,567円",
    "1,000,00円",
    "1..5億円",
    "1,000.000円",
    "1,000,円",
    "007円",
    "43万12,108円",
    "1万1億円",
    "1億12,000万円",
    "1.234567891億円",
    "9" * 5000 + "円",
]


@pytest.mark.parametrize("written", MALFORMED)
def test_malformed_amount_is_no_number(written: str) -> None:
    (found,) = find_amounts(f"費用{written}")
    for amount in (found, read_amount(written)):
        assert amount.malformed
        assert amount.text == written
        assert amount.yen is None
        assert amount.value is None


@pytest.mark.parametrize(
    "written", ["4 8 1千円", "1 200千円", "3,000～4,000千円", "3,918千人", "8回", "3.918"]
)
def test_malformed_cell(written: str) -> None:
    assert read_amount(written).malformed


@pytest.mark.parametrize(
    ("cell", "written", "rest"),
    [
        ("64O 千円", "64O 千円", ""),
        ("6l0千円（補正）", "6l0千円", "（補正）"),
        ("６４Ｏ，０００千円", "６４Ｏ，０００千円", ""),
        ("1,2O0", "1,2O0", ""),
        ("64O 人に配布", "64O", " 人に配布"),
    ],
)
def test_a_letter_for_a_digit_is_part_of_what_is_no_number(cell: str, written: str, rest: str) -> None:
    amount = read_amount(cell)
    assert (amount.kind, amount.text, amount.rest) == ("malformed", written, rest)


def test_two_numbers_in_a_cell_are_none() -> None:
    assert read_amount("(11,244,752) 12,934,288").malformed
    assert read_amount("3,000千円→3,500千円").malformed


@pytest.mark.parametrize(
    "text",
    [
        "円滑な運営", "第2円卓会議", "単位：千円", "（百万円）", "数百万円の効果", "562名", "8,481", "円", "",
        "何千円もの", "予算の円",
    ],
)  # fmt: skip
def test_no_amount(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize(
    ("text", "written", "yen"),
    [
        ("共用封筒の広告掲載 (43万2,108円)", "43万2,108円", 432_108),
        ("契約 500万円", "500万円", 5_000_000),
        ("予約500円", "500円", 500),
        ("費用－500円", "500円", 500),
        ("10-20万円", "20万円", 200_000),
        ("表2 200円", "200円", 200),
        ("5, 30円", "30円", 30),
        ("1台当たり約2万5,000円の削減", "約2万5,000円", 25_000),
    ],
)
def test_where_an_amount_begins(text: str, written: str, yen: int) -> None:
    (amount,) = find_amounts(text)
    assert (amount.text, amount.yen, amount.negative) == (written, yen, False)


def test_approximate() -> None:
    about = ["約5万円", "およそ5万円", "5万円余", "5万円程度", "5万円強", "5万円弱", "約 5 万円"]
    assert all(find_amounts(text)[0].approximate for text in about)
    assert not find_amounts("契約5万円")[0].approximate
    assert not find_amounts("5万円強化")[0].approximate


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("", "empty"), (" 　", "empty"), ("－", "none"), ("-", "none"), ("―", "none"), ("ー", "none"),
        ("なし", "none"), ("該当なし", "none"), ("未定", "undecided"), ("皆増", "word"), ("皆減", "word"),
        ("一式", "word"), ("千円", "word"), ("百万円", "word"), ("0", "number"), ("0千円", "number"),
    ],
)  # fmt: skip
def test_words_are_not_zero(cell: str, kind: str) -> None:
    amount = read_amount(cell)
    assert amount.kind == kind
    assert (amount.value is None) == (kind != "number")


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("3,918", 3918, None),
        ("△54,317", -54317, None),
        ("(5)", -5, None),
        ("-5", -5, None),
        ("ー5,000円", -5000, "円"),
        ("３，９１８千円", 3918, "千円"),
        ("3,918（千円）", 3918, "千円"),
        ("¥3,918", 3918, "円"),
        ("1億5千万", 150_000_000, None),
        ("12.5", Decimal("12.5"), None),
        ("1.5億円", Decimal("1.5"), "億円"),
        ("（20万円）", -20, "万円"),
        ("3,918 補正あり", 3918, None),
    ],
)
def test_cell_value_and_unit(cell: str, value: int | Decimal, unit: str | None) -> None:
    amount = read_amount(cell)
    assert (amount.kind, amount.value, amount.unit) == ("number", value, unit)
    assert type(amount.value) is type(value)
    assert (amount.yen is None) == (unit is None)


def test_rest_of_a_cell() -> None:
    cell = "8,481千円（うち一般財源 3,000千円）"
    amount = read_amount(cell)
    assert (amount.yen, amount.text, amount.rest) == (8_481_000, "8,481千円", "（うち一般財源 3,000千円）")
    assert cell[amount.end :] == amount.rest


def test_format_amount() -> None:
    assert format_amount(8_481_000) == "8,481千円"
    assert format_amount(432_108) == "432,108円"
    assert format_amount(-54_317_000) == "△54,317千円"
    assert format_amount(0) == "0円"
    assert format_yen(21_800_000, "百万円") == "21.8百万円"
    with pytest.raises(ValueError, match="千円"):
        format_yen(1, "千円")


yens = st.integers(min_value=-(10**17), max_value=10**17)
around = st.sampled_from(["", "費用は", "（", "決算：", "\n", "年間"])


@given(yens, around)
def test_what_is_formatted_is_found_again(yen: int, before: str) -> None:
    written = format_amount(yen)
    text = f"{before}{written}です"
    (amount,) = find_amounts(text)
    assert (amount.yen, amount.text) == (yen, written)
    assert read_amount(written).yen == yen


@given(yens, st.sampled_from(sorted(YEN_IN_UNIT)))
def test_every_unit_is_read_again(yen: int, unit: str) -> None:
    scale = YEN_IN_UNIT[unit]
    whole = yen - yen % scale if scale <= 1000 else yen
    amount = read_amount(format_yen(whole, unit))
    assert (amount.yen, amount.unit) == (whole, unit)


def compound(yen: int) -> str:
    """43万2,108円: the way in which running text writes amounts."""
    parts = []
    for unit, scale in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        count, yen = divmod(yen, scale)
        if count:
            parts.append(f"{count:,}{unit}")
    return "".join(parts) + "円"


@given(st.integers(min_value=1, max_value=10**16 - 1))
def test_compound_amounts(yen: int) -> None:
    (amount,) = find_amounts(compound(yen))
    assert (amount.yen, amount.text) == (yen, compound(yen))


@given(st.integers(min_value=1000, max_value=10**9))
def test_full_width_is_the_same_amount(yen: int) -> None:
    full = f"{yen:,}円".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert read_amount(full).yen == yen
    assert [amount.yen for amount in find_amounts(full)] == [yen]


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=99))
def test_a_slipped_comma_is_never_a_number(head: int, tail: int) -> None:
    for written in (f"{head},{tail:02}千円", f"{head}、{tail:03}千円", f"{head}.{tail:03}千円"):
        assert read_amount(written).malformed
        assert [amount.malformed for amount in find_amounts(written)] == [True]


money_text = st.text(alphabet="0123456789０１,，.．、 　円千百万億兆一二十△▲-－−()（）約余¥なし未定a\n")


@given(money_text | st.text())
def test_any_text_is_read(text: str) -> None:
    for amount in find_amounts(text):
        assert text[amount.start : amount.end] == amount.text
        assert amount.text
    cell = read_amount(text)
    assert text[cell.start : cell.end] == cell.text
    assert (cell.value is None) == (cell.kind != "number")


def test_long_texts_take_linear_time() -> None:
    for piece in ("9", "1,", "(", "千", "円", "1円", " ", "約", "△", "1 "):
        find_amounts(piece * 100_000 + "円")
        read_amount("約" + piece * 100_000 + "x")


@pytest.mark.parametrize(
    ("text", "step"),
    [("12.5百万円", 100_000), ("12百万円", 1_000_000), ("1.25億円", 1_000_000), ("8,481千円", 1_000)],
)
def test_last_digit_is_worth_what_its_place_says(text: str, step: int | None) -> None:
    assert read_amount(text).step_yen == step
