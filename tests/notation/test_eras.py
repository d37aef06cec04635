"""Eras and their days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.eras import ERAS, era_ending_at, era_year, gregorian_year, is_era_date_valid


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ((1868, 1, 24), ()),
        ((1868, 1, 25), (("明治", 1),)),
        ((1912, 7, 29), (("明治", 45),)),
        ((1912, 7, 30), (("明治", 45), ("大正", 1))),
        ((1912, 7, 31), (("大正", 1),)),
        ((1926, 12, 25), (("大正", 15), ("昭和", 1))),
        ((1989, 1, 7), (("昭和", 64),)),
        ((1989, 1, 8), (("平成", 1),)),
        ((2019, 4, 30), (("平成", 31),)),
        ((2019, 5, 1), (("令和", 1),)),
    ],
)
def test_first_and_last_days(day: tuple[int, int, int], names: tuple[tuple[str, int], ...]) -> None:
    assert era_year(dt.date(*day)) == names


@given(st.dates(min_value=dt.date(1868, 1, 25)))
def test_era_year_and_back(day: dt.date) -> None:
    names = era_year(day)
    assert names
    for name, n in names:
        assert gregorian_year(name, n) == day.year
        assert is_era_date_valid(name, n, day.month, day.day)
        assert is_era_date_valid(name, n, day.month)


def test_name_letter_and_ligature_agree() -> None:
    for era in ERAS:
        assert gregorian_year(era.name, 3) == gregorian_year(era.letter, 3) == gregorian_year(era.ligature, 3)
    with pytest.raises(KeyError):
        gregorian_year("慶応", 4)


@pytest.mark.parametrize(
    ("era", "n", "month", "day", "valid"),
    [
        ("平成", 31, 4, None, True),
        ("平成", 31, 5, None, False),
        ("令和", 1, 4, None, False),
        ("昭和", 64, 1, None, True),
        ("平成", 1, 1, None, True),
        ("平成", 1, 1, 7, False),
        ("平成", 0, 1, 1, False),
        ("平成", 29, 13, None, False),
        ("平成", 29, 2, 29, False),
        ("令和", 99999, 1, 1, False),
    ],
)
def test_is_era_date_valid(era: str, n: int, month: int, day: int | None, valid: bool) -> None:
    assert is_era_date_valid(era, n, month, day) is valid


@pytest.mark.parametrize(
    ("text", "start"),
    [("平成 ", 0), ("約H", 1), ("㋿", 0), ("H.", 0), ("GH", None), ("X.H", None), ("平", None), ("", None)],
)
def test_era_ending_at(text: str, start: int | None) -> None:
    found = era_ending_at(text, len(text))
    assert (found[0] if found else None) == start
