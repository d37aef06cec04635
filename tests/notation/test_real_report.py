"""Every amount, date and count of a published report, where that report is at hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from jisseki_check.notation.counts import find_counts
from jisseki_check.notation.dates import find_dates
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.money import find_amounts

REPORT = Path(__file__).parents[3] / "shared" / "data" / "hirakata" / "soumu-h29.txt"

pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the report is not at hand")


@pytest.fixture(scope="module")
def text() -> str:
    return REPORT.read_text(encoding="utf-8")


def test_amounts(text: str) -> None:
    amounts = find_amounts(text)
    assert [amount.yen for amount in amounts] == [
        490_000, 462_000, 3_918_000, 3_708_000, 2_800_000, 2_227_000, 8_481_000, 3_741_000, 2_400_000,
        432_108, 200_000, 1_296_000, 12_000_000, 25_000, 220_000,
    ]  # fmt: skip
    assert [amount.yen for amount in amounts if amount.approximate] == [
        2_400_000,
        12_000_000,
        25_000,
        220_000,
    ]


def test_dates(text: str) -> None:
    dates = find_dates(text)
    assert all(date.valid_day and date.valid_era for date in dates)
    assert Counter(date.first for date in dates if date.first)[dt.date(2018, 1, 26)] == 2
    assert [date.text for date in dates if date.year is None] == ["11月下旬", "11月下旬"]
    assert [date.last for date in dates if date.role == "deadline"] == [
        dt.date(2017, 7, 31),
        dt.date(2017, 8, 1),
    ]
    assert len(dates) == 19


def test_fiscal_years(text: str) -> None:
    years = Counter(mention.year for mention in find_fiscal_years(text))
    assert years == {2015: 1, 2016: 7, 2017: 14, 2018: 2}


def test_counts(text: str) -> None:
    counts = [(count.value, count.counter) for count in find_counts(text)]
    assert Counter(counter for _, counter in counts) == {
        "回": 7, "名": 3, "ファイル": 3, "種類": 3, "拠点": 2, "団体": 1, "課": 1,
    }  # fmt: skip
    assert counts.count((8, "回")) == 2
