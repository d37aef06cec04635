"""Dates and ranges: notations, what they mean, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.dates import find_dates, find_ranges
from jisseki_check.notation.eras import ERAS, era_year

FIRST_OF_APRIL = [
    "平成30年4月1日", "平成 30 年 4 月 1 日", "平成３０年４月１日", "平成三十年四月一日", "H30.4.1",
    "H30. 4. 1", "Ｈ３０．４．１", "H30/4/1", "H.30.4.1", "H30年4月1日", "㍻30年4月1日", "平成30.4.1",
    "2018年4月1日", "二〇一八年四月一日", "2018/4/1", "2018.4.1", "2018-04-01",
    "平成30年(2018年)4月1日", "2018年（平成30年）4月1日",
]  # fmt: skip


@pytest.mark.parametrize("written", FIRST_OF_APRIL)
def test_one_day_in_many_notations(written: str) -> None:
    text = f"条例は、{written}に施行しました。"
    (date,) = find_dates(text)
    assert (date.text, date.first, date.last) == (written, dt.date(2018, 4, 1), dt.date(2018, 4, 1))
    assert date.valid_day
    assert date.valid_era


@pytest.mark.parametrize(
    "text",
    [
        "平成29年度", "24条", "第2四半期", "3か月", "6カ月間", "10ヶ月", "3月間", "1/2", "24時間", "8月々",
        "4月号", "第3月曜日", "192.168.0.1", "3.11.2", "Ver.2018.4.1.2", "M5.2", "S3.1", "10年が経過", "30年",
        "1月当たり", "毎月", "", "072-841-1221", "本庁舎1階", "18-1. 電子自治体", "43万2,108円",
        "2000年間", "平成4月",
    ],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "valid_day", "valid_era"),
    [
        ("4月31日", False, True),
        ("13月", False, True),
        ("2月30日", False, True),
        ("2月29日", True, True),
        ("平成29年2月29日", False, True),
        ("平成28年2月29日", True, True),
        ("平成39年11月8日", True, False),
        ("令和元年4月30日", True, False),
        ("令和元年5月1日", True, True),
        ("平成31年4月30日", True, True),
        ("平成31年5月1日", True, False),
        ("平成31年5月", True, False),
        ("大正元年7月30日", True, True),
        ("明治45年7月30日", True, True),
        ("明治45年7月31日", True, False),
        ("昭和元年12月25日", True, True),
        ("大正15年12月25日", True, True),
        ("昭和64年1月7日", True, True),
        ("平成元年1月7日", True, False),
        ("平成39年", True, True),
    ],
)
def test_days_and_eras_that_exist(text: str, valid_day: bool, valid_era: bool) -> None:
    (date,) = find_dates(text)
    assert (date.text, date.valid_day, date.valid_era) == (text, valid_day, valid_era)
    assert valid_day or date.first is None


@pytest.mark.parametrize(
    ("text", "written", "role"),
    [
        ("平成29年7月までに対策します", "平成29年7月", "deadline"),
        ("7月末までに", "7月末", "deadline"),
        ("8月1日まで", "8月1日", "deadline"),
        ("平成30年1月より稼働", "平成30年1月", "start"),
        ("11月下旬から研修", "11月下旬", "start"),
        ("4月以降", "4月", "start"),
        ("平成30年1月26日付で", "平成30年1月26日", "at"),
        ("H30.4.1現在", "H30.4.1", "at"),
    ],
)
def test_role(text: str, written: str, role: str) -> None:
    (date,) = find_dates(text)
    assert (date.text, date.role) == (written, role)


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 28), ("末", 21, 28), ("末日", 28, 28), ("初め", 1, 10)],
)
def test_part_of_a_month(part: str, first: int, last: int) -> None:
    (date,) = find_dates(f"平成30年2月{part}に")
    assert (date.part, date.first, date.last) == (part, dt.date(2018, 2, first), dt.date(2018, 2, last))


def test_initial_budget_is_no_part() -> None:
    (date,) = find_dates("平成29年当初予算")
    assert (date.text, date.part) == ("平成29年", None)


def test_weekday() -> None:
    for written, weekday in (
        ("（金・祝）", "金"),
        ("(土)", "土"),
        ("（祝）", None),
        ("（水曜日）", "水"),
        ("日曜", "日"),
    ):
        text = f"平成29年11月3日{written}"
        (date,) = find_dates(text)
        assert (date.text, date.weekday) == (text, weekday)


def test_two_years_beside_each_other() -> None:
    (date,) = find_dates("2021年（令和2年）4月")
    assert (date.year, date.paired_year, date.era_year) == (2020, 2021, 2)


def test_year_left_open() -> None:
    (month,) = find_dates("7月までに")
    assert (month.year, month.month, month.first) == (None, 7, None)
    (short,) = find_dates("30年1月26日")
    assert (short.era, short.era_year, short.year) == (None, 30, None)
    (relative,) = find_dates("昨年8月")
    assert (relative.relative, relative.year) == ("昨年", None)


def test_same_year_follows_the_year_named_before() -> None:
    _, date = find_dates("平成28年4月に設置し、同年9月30日に廃止")
    assert (date.year, date.inherited, date.first) == (2016, True, dt.date(2016, 9, 30))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("平成29年4月1日から平成30年3月31日まで", (2017, 4, 1), (2018, 3, 31)),
        ("平成28年4月1日～同年9月30日", (2016, 4, 1), (2016, 9, 30)),
        ("平成29年4月1日から5月31日まで", (2017, 4, 1), (2017, 5, 31)),
        ("平成29年4月1日（土）～9日（日）", (2017, 4, 1), (2017, 4, 9)),
        ("平成29年3月15日～同月末", (2017, 3, 15), (2017, 3, 31)),
        ("平成28年12月から翌年3月まで", (2016, 12, 1), (2017, 3, 31)),
        ("平成29年10月から3月まで", (2017, 10, 1), (2018, 3, 31)),
        ("平成29年4～6月", (2017, 4, 1), (2017, 6, 30)),
        ("平成29年4月～30年3月", (2017, 4, 1), (2018, 3, 31)),
        ("平成29年～31年", (2017, 1, 1), (2019, 12, 31)),
        ("令和4年から7年まで", (2022, 1, 1), (2025, 12, 31)),
        ("H30.4.1～H31.3.31", (2018, 4, 1), (2019, 3, 31)),
    ],
)
def test_range(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    (found,) = find_ranges(text)
    assert (found.first.first, found.last.last) == (dt.date(*first), dt.date(*last))
    assert not found.reversed
    assert found.first.role == "start"


@pytest.mark.parametrize("text", ["7月から9月", "4月～6月", "4～6月", "4月1日から27日まで"])
def test_range_without_a_year(text: str) -> None:
    (found,) = find_ranges(text)
    assert found.last.year is None
    assert not found.reversed


@pytest.mark.parametrize(
    "text",
    ["平成30年4月1日から平成29年3月31日まで", "2018/4/1～2018/3/31", "平成29年4月20日～3日", "4月20日～3日"],
)
def test_reversed_range(text: str) -> None:
    (found,) = find_ranges(text)
    assert found.reversed


@pytest.mark.parametrize(
    "text", ["平成29年から10年が経過", "4月1日から3日間", "平成29年4月からの10年", "6月、11月"]
)
def test_no_range(text: str) -> None:
    assert find_ranges(text) == []


days = st.dates(min_value=dt.date(1873, 1, 1), max_value=dt.date(2099, 12, 31))


@given(days, st.sampled_from(["", "また、", "H", "第1章 ", "\n"]), st.booleans())
def test_era_dates_are_found_again(day: dt.date, before: str, blanks: bool) -> None:
    blank = " " if blanks else ""
    for name, n in era_year(day):
        year = "元" if n == 1 else str(n)
        written = f"{name}{blank}{year}{blank}年{blank}{day.month}{blank}月{blank}{day.day}{blank}日"
        (date,) = find_dates(f"{before}{written}に")
        assert (date.text, date.first, date.last, date.era) == (written, day, day, name)
        assert date.valid_day
        assert date.valid_era
        assert date.start == len(before)


@given(days)
def test_short_notations_agree(day: dt.date) -> None:
    name, n = era_year(day)[-1]
    letter = next(era.letter for era in ERAS if era.name == name)
    for written in (
        f"{letter}{n}.{day.month}.{day.day}",
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
    ):
        (date,) = find_dates(f"（{written}）")
        assert (date.text, date.first) == (written, day)


@given(days, days)
def test_ranges_keep_both_days(one: dt.date, other: dt.date) -> None:
    (found,) = find_ranges(f"{one:%Y/%m/%d}～{other:%Y/%m/%d}")
    assert (found.first.first, found.last.first) == (one, other)
    assert found.reversed == (other < one)


date_text = st.text(
    alphabet="0123456789０１一二三十〇元年月日 　平成令和昭HRSM.．/-～から同翌上旬末（）()土祝まで度間第"
)


@given(date_text | st.text())
def test_any_text_is_read(text: str) -> None:
    end = 0
    for date in find_dates(text):
        assert text[date.start : date.end] == date.text
        assert date.start >= end
        end = date.end
        assert (date.first is None) == (date.last is None)
    for found in find_ranges(text):
        assert found.first.end <= found.last.start


def test_long_texts_take_linear_time() -> None:
    for piece in ("9", "平成", "(", "年", "4月～", "1,", "一", " ", "平成1年("):
        find_dates(piece * 50_000)
