"""The numbers of a finding: only what is one number as a whole, in one unit, and never 0 for nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check.formatters.quantities import Quantities, quantities
from tests.formatters.outcomes import outcomes
from tests.formatters.sample import OVERRUN


def _numbers(given: str | None, expected: str | None = None, difference: str | None = None) -> Quantities:
    return quantities(replace(OVERRUN, given=given, expected=expected, difference=difference))


def test_values_of_one_unit_stay_in_it() -> None:
    assert _numbers("4,620千円", "490 千円", "4,130千円") == Quantities(4620, 490, 4130, "千円")


def test_values_of_several_units_are_told_in_yen() -> None:
    held = _numbers("256万4,000円", "246万4,000円", "10万円")
    assert held == Quantities(2_564_000, 2_464_000, 100_000, "円", "円に換算")
    assert _numbers("12.5百万円", "12,400千円") == Quantities(12_500_000, 12_400_000, None, "円", "円に換算")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("△1,380万円", -1380, "万円"),
        ("4,620千円（補正予算等の対応あり）", 4620, "千円"),
        ("12.5百万円", Decimal("12.5"), "百万円"),
        ("86％", 86, "％"),
        ("88.1 パーセント", Decimal("88.1"), "％"),
        ("7 回", 7, "回"),
        ("462", 462, ""),
        ("０千円", 0, "千円"),
    ],
)
def test_a_text_that_is_one_number_is_one(text: str, value: object, unit: str) -> None:
    assert _numbers(text) == Quantities(value, None, None, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "7.940 千円", "37,08千円", "4月から12回", "平成29年12月", "半年間で約36万円", "500円以上の品",
        "18-1", "（案）", "第3回", "なし", "－", "", "千円", "12回と3回", "1台当たり5千円",
    ],
)  # fmt: skip
def test_what_is_no_number_stays_empty(text: str) -> None:
    assert _numbers(text) == Quantities()
    assert _numbers("490千円", text).expected is None


def test_the_number_of_an_item_is_a_name() -> None:
    assert quantities(replace(OVERRUN, field="number", given="4", expected="(5)")) == Quantities()


def test_a_count_may_stand_without_its_word() -> None:
    assert _numbers("4施設", "3") == Quantities(4, 3, None, "施設")


def test_an_amount_is_not_compared_with_a_bare_number() -> None:
    held = _numbers("4,500千円", "4,500")
    assert (held.given, held.expected, held.unit) == (4500, None, "千円")
    assert held.note == "単位の違う値は、数の列に入れていません"


@pytest.mark.parametrize(
    ("given", "expected", "difference", "numbers"),
    [
        ("55か所以上", "60か所以上", "△5か所", (55, 60, -5, "か所")),
        ("5.5トン以上", "6.0トン以上", "△0.5トン", ("5.5", 6, "-0.5", "トン")),
        ("98.5パーセント以上", "98.9パーセント以上", "△0.4ポイント", ("98.5", "98.9", "-0.4", "％")),
        ("450万円以上", "500万円以上", "△50万円", (450, 500, -50, "万円")),
        ("3,590 千円", "4,800千円以上（50％以上）、または理由", "△1,210千円", (3590, 4800, -1210, "千円")),
    ],
)  # fmt: skip
def test_a_bound_is_told_beside_its_number(
    given: str, expected: str, difference: str, numbers: tuple[object, ...]
) -> None:
    held = _numbers(given, expected, difference)
    *values, unit = numbers
    assert (held.given, held.expected, held.difference) == tuple(Decimal(str(value)) for value in values)
    assert (held.unit, held.note) == (unit, "「以上」の付く値を含みます")


def test_points_alone_are_no_per_cents() -> None:
    assert _numbers("10ポイント") == Quantities(10, None, None, "ポイント")


def test_things_without_a_counter_are_counted() -> None:
    assert _numbers("4つ", "3") == Quantities(4, 3, None, "つ")


def test_what_is_about_right_says_so() -> None:
    assert _numbers("約36万円") == Quantities(36, None, None, "万円", "概数を含みます")


def test_a_number_that_a_spreadsheet_would_round_is_left_out() -> None:
    held = _numbers("1234567890123456円", "1千円")
    assert (held.given, held.expected) == (None, 1000)
    assert "15桁を超える" in held.note
    assert _numbers("100,000,000,000,000,000円").given == 10**17


@given(outcome=outcomes())
@settings(max_examples=50, deadline=None)
def test_any_text_is_a_number_or_none(outcome: object) -> None:
    for finding in outcome.findings:  # type: ignore[attr-defined]
        held = quantities(finding)
        assert {type(each) for each in (held.given, held.expected, held.difference)} <= {
            int,
            Decimal,
            type(None),
        }


@given(st.integers(-(10**9), 10**9), st.sampled_from(["円", "千円", "万円", "百万円", "億円"]))
def test_an_amount_is_the_number_that_is_written(value: int, unit: str) -> None:
    assert _numbers(f"{'△' if value < 0 else ''}{abs(value):,}{unit}") == Quantities(value, None, None, unit)
