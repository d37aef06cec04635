"""One way of rounding per cents, that never shows what was not reached."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.percent import in_tenths, percent, tenths


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (3590 / 9600, "37.4％"),
        (747 / 2000, "37.4％"),
        (0.37349, "37.3％"),
        (0.4996, "49.9％"),
        (0.49951, "49.9％"),
        (0.49949, "49.9％"),
        (0.5004, "50％"),
        (0.99999, "99.9％"),
        (1.00049, "100％"),
        (0.29, "29％"),
        (Fraction(0), "0％"),
        (12.345, "1,234.5％"),
        (-0.032, "△3.2％"),
        (-0.50001, "△50.1％"),
    ],
)
def test_is_rounded_half_up_except_to_what_was_not_reached(share: float, expected: str) -> None:
    assert percent(share) == expected


def test_limit_between_whole_per_cents_is_not_reached_by_rounding() -> None:
    assert percent(0.48496) == "48.5％"
    assert percent(0.48496, 0.485, 0.8) == "48.4％"
    assert percent(0.485, 0.485, 0.8) == "48.5％"


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_shown_value_lies_on_the_same_side_of_every_whole_per_cent(settlement: int, budget: int) -> None:
    exact, shown = Fraction(settlement, budget) * 100, Fraction(tenths(settlement / budget), 10)
    assert abs(exact - shown) <= Fraction(1, 10)
    assert exact // 1 == shown // 1


@pytest.mark.parametrize(("number", "expected"), [(14, "1.4"), (-33, "△3.3"), (0, "0"), (12_340, "1,234")])
def test_tenths_are_written_without_a_needless_zero(number: int, expected: str) -> None:
    assert in_tenths(number) == expected
