"""Fiscal years in text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.fiscal import find_fiscal_years, fiscal_year_bounds, fiscal_year_of, label


@pytest.mark.parametrize(
    ("text", "written", "year", "style"),
    [
        ("平成29年度当初予算：8,481千円", "平成29年度", 2017, "era"),
        ("平成 29 年度の実績", "平成 29 年度", 2017, "era"),
        ("平成31年度", "平成31年度", 2019, "era"),
        ("令和元年度", "令和元年度", 2019, "era"),
        ("平成三十年度", "平成三十年度", 2018, "era"),
        ("㋿元年度", "㋿元年度", 2019, "era"),
        ("Ｈ２９年度", "Ｈ２９年度", 2017, "letter"),
        ("R.6年度", "R.6年度", 2024, "letter"),
        ("2017年度", "2017年度", 2017, "gregorian"),
        ("H27：23種類", "H27", 2015, "letter"),
        ("R元", "R元", 2019, "letter"),
    ],
)
def test_one_mention(text: str, written: str, year: int, style: str) -> None:
    (found,) = find_fiscal_years(text)
    assert (found.text, found.year, found.style) == (written, year, style)
    assert found.is_fiscal is (True if "年" in written else None)
    assert found.paired_gregorian is None


@pytest.mark.parametrize(
    ("text", "year", "paired"),
    [
        ("令和2年度(2020年度)", 2020, 2020),
        ("令和２年度（2021年度）", 2020, 2021),
        ("令和 2 年度 (2020 年度)", 2020, 2020),
        ("2020(R2)年度", 2020, 2020),
        ("2020（令和2）年度", 2020, 2020),
        ("2021年度（令和2年度）", 2020, 2021),
        ("令和2(2020)年度", 2020, 2020),
    ],
)
def test_both_years_are_one_mention(text: str, year: int, paired: int) -> None:
    (found,) = find_fiscal_years(text)
    assert (found.text, found.year, found.paired_gregorian) == (text, year, paired)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("平成29・30年度", [2017, 2018]),
        ("平成28～30年度", [2016, 2018]),
        ("平成29年度から30年度まで", [2017, 2018]),
        ("平成31年度、2年度", [2019, 2020]),
        ("H27-H29", [2015, 2017]),
        ("平成28年度～平成39年度", [2016, 2027]),
    ],
)
def test_several(text: str, years: list[int]) -> None:
    assert [found.year for found in find_fiscal_years(text)] == years


@pytest.mark.parametrize(
    "text",
    [
        "GH29X", "H.264", "R2D2", "R2-D2", "S3", "T1", "M5.2", "H30.4.1", "H29年4月", "平成29年",
        "29年度", "10年度目", "次年度", "年度末", "H3ロケット", "H99", "LH29", "",
    ],
)  # fmt: skip
def test_no_mention(text: str) -> None:
    assert find_fiscal_years(text) == []


def test_within_era() -> None:
    for text, within in (
        ("平成39年度", False),
        ("平成31年度", True),
        ("昭和64年度", False),
        ("大正15年度", True),
    ):
        (found,) = find_fiscal_years(text)
        assert found.within_era is within


def test_edge_and_role() -> None:
    for text, edge, role in (
        ("平成29年度末までに", "end", "deadline"),
        ("平成31年度当初までに", "start", "deadline"),
        ("平成28年度から", None, "start"),
        ("平成29年度当初予算", None, "at"),
    ):
        (found,) = find_fiscal_years(text)
        assert (found.edge, found.role) == (edge, role)


@pytest.mark.parametrize(
    ("year", "name"),
    [(2017, "平成29年度"), (2018, "平成30年度"), (2019, "令和元年度"), (2020, "令和2年度"),
     (1988, "昭和63年度"), (1989, "平成元年度"), (1926, "大正15年度"), (1867, "1867年度")],
)  # fmt: skip
def test_label(year: int, name: str) -> None:
    assert label(year) == name


@given(st.integers(min_value=1868, max_value=2099), st.sampled_from(["", "第2次計画", "（", "x "]))
def test_labels_are_found_again(year: int, before: str) -> None:
    if year == 1868:
        year = 1869
    (found,) = find_fiscal_years(f"{before}{label(year)}の実績")
    assert (found.year, found.text, found.start, found.within_era) == (year, label(year), len(before), True)


@given(st.dates(min_value=dt.date(2, 1, 1), max_value=dt.date(9998, 12, 31)))
def test_every_day_lies_in_its_fiscal_year(day: dt.date) -> None:
    first, last = fiscal_year_bounds(fiscal_year_of(day))
    assert first <= day <= last
    assert (last - first).days in (364, 365)


@given(st.text(alphabet="0129元平成令和HR年度 ()（）・～-.末X三十") | st.text())
def test_any_text_is_read(text: str) -> None:
    for found in find_fiscal_years(text):
        assert text[found.start : found.end] == found.text


def test_long_texts_take_linear_time() -> None:
    for piece in ("9", "1年(", "元", "H2-", "平成1・", "〇", " "):
        find_fiscal_years(piece * 50_000 + "1年度")
