"""What a spreadsheet shows of numbers and texts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.readers.xlsx.format_codes import BUILT_IN
from jisseki_check.readers.xlsx.number_formats import number_of, parse_format, plain
from jisseki_check.readers.xlsx.serial_dates import number_of_date

ACCOUNTING = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '
ERA_DATE = '[$-411]ggge"年"m"月"d"日"'


def shown(code: str, value: object, *, since_1904: bool = False) -> str | None:
    return parse_format(code).number(number_of(str(value)), since_1904=since_1904)


@pytest.mark.parametrize(
    ("code", "value", "wanted"),
    [
        ("General", "490", "490"),
        ("General", "0.30000000000000004", "0.3"),
        ("General", "-1.50", "-1.5"),
        ("General", "1.2E+3", "1200"),
        ("General", "1234567890123", "1234567890123"),
        ("G/標準", "12.5", "12.5"),
        ('General"千円"', "-12.5", "-12.5千円"),
        ("0", "0.5", "1"),
        ("0", "-0.4", "0"),
        ("0.0", "0.25", "0.3"),
        ("0.00", "1.005", "1.01"),
        ("#,##0", "999", "999"),
        ("#,##0", "490000", "490,000"),
        ("#,##0", "1234567.5", "1,234,568"),
        ("#,##0", "-1234", "-1,234"),
        ("#,##0,", "490000", "490"),
        ("#,##0,,", "1234567890", "1,235"),
        ("0.0,", "1234567", "1234.6"),
        ("0,.0", "1234567", "1234.6"),
        ("0%", "0.985", "99%"),
        ("0.0%", "0.985", "98.5%"),
        ('0"千円"', "490", "490千円"),
        ('#,##0"件"', "3918", "3,918件"),
        ('"約"0', "300", "約300"),
        ("0円", "490", "490円"),
        ('"第"0"号"', "5", "第5号"),
        ("▲#,##0", "5", "▲5"),
        ("#,##0;▲#,##0", "-1234", "▲1,234"),
        ("#,##0;△ #,##0", "-1234", "△ 1,234"),
        ("#,##0_);(#,##0)", "-1234", "(1,234)"),
        ('#,##0;△#,##0;"－"', "0", "－"),
        (ACCOUNTING, "45800", "45,800"),
        (ACCOUNTING, "-45800", "-45,800"),
        (ACCOUNTING, "0", "-"),
        ("[Red]#,##0", "5", "5"),
        ("[$¥-411]#,##0", "3918", "¥3,918"),
        ("\\¥#,##0;[赤]\\-\\¥#,##0", "-3918", "-¥3,918"),
        ("[>=1000]#,##0;0.0", "12.25", "12.3"),
        ("[<0]▲0;0", "-5", "▲5"),
        ("[>=0]0;▲0", "-5", "▲5"),
        ("[<100]0.0;0", "-5", "-5.0"),
        ("[>100]0;0", "-5", "-5"),
        ('[=1]"◎";[=2]"○";"△"', "1", "◎"),
        ('[=1]"◎";[=2]"○";"△"', "2", "○"),
        ('[=1]"◎";[=2]"○";"△"', "3", "△"),
        ('[<>0]0;"なし"', "0", "なし"),
        ("0000", "7", "0007"),
        ("00,000", "12", "00,012"),
        ("000-0000", "5730027", "573-0027"),
        ("0.##", "5", "5"),
        ("0.##", "5.25", "5.25"),
        ("0.0#", "5.2", "5.2"),
        ("?0.0?", "5.2", "5.2"),
        (".00", "12.5", "12.50"),
        ("#,###", "0", ""),
        ('0"/"00', "1234", "12/34"),
        ("# ?/?", "0.5", "0.5 "),
        ("0.00E+00", "12345", "12345"),
        ("[DBNum1]General", "12030", "一万二千三十"),
        ("[DBNum1]General", "0", "〇"),
        ("[DBNum1]0", "1203", "一二〇三"),
        ("[DBNum2]General", "1203", "壱阡弐百参"),
        ("[DBNum3]#,##0", "1203", "１,２０３"),
        ("[DBNum1]General", "10000000000000000000", "一〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇〇"),
    ],
)
def test_numbers(code: str, value: str, wanted: str) -> None:
    assert shown(code, value) == wanted


@pytest.mark.parametrize(
    ("code", "value", "wanted"),
    [
        (ERA_DATE, "43185", "平成30年3月26日"),
        (ERA_DATE + ";@", "43586", "令和1年5月1日"),
        (ERA_DATE, "43585", "平成31年4月30日"),
        (ERA_DATE, "32515", "昭和64年1月7日"),
        (ERA_DATE, "32516", "平成1年1月8日"),
        ('[$-ja-JP-x-gannen]ggge"年"m"月"d"日"', "43586", "令和元年5月1日"),
        ("[$-411]ge.m.d", "43185", "H30.3.26"),
        ("[$-411]gee.mm.dd", "43586", "R01.05.01"),
        ("gge", "43185", "平30"),
        ("rr/mm/dd", "43586", "令和01/05/01"),
        ("r", "43586", "01"),
        ("yyyy/m/d", "43185", "2018/3/26"),
        ('yyyy"年"m"月"d"日"', "43185.75", "2018年3月26日"),
        ("yy.mm.dd", "43185", "18.03.26"),
        ("yyyy-mm-dd h:mm:ss", "43185.25", "2018-03-26 6:00:00"),
        ('m"月"d"日"(aaa)', "43185", "3月26日(月)"),
        ("aaaa", "43185", "月曜日"),
        ("ddd", "43185", "Mon"),
        ("dddd", "43185", "Monday"),
        ("[$-411]ddd", "43185", "月"),
        ("[$-409]mmmm d, yyyy", "43185", "March 26, 2018"),
        ("d-mmm-yy", "43185", "26-Mar-18"),
        ("mmmmm", "43185", "M"),
        ("[$-411]mmmm", "43185", "3月"),
        ("[$-411]mmm", "43185", "3"),
        ("[DBNum3][$-411]ggge年m月d日", "43185", "平成３０年３月２６日"),
        ("[DBNum1][$-411]ggge年m月d日", "43185", "平成三十年三月二十六日"),
        ("[DBNum1]yyyy年m月", "43185", "二〇一八年三月"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "43185", "2018年3月26日"),
        ('[<43831]"令和元年"m"月"d"日";ggge"年"m"月"d"日"', "43586", "令和元年5月1日"),
        ("yyyy/m/d", "0", "1900/1/0"),
        ("yyyy/m/d", "1", "1900/1/1"),
        ("yyyy/m/d", "59", "1900/2/28"),
        ("yyyy/m/d", "60", "1900/2/29"),
        ("yyyy/m/d", "61", "1900/3/1"),
        ("ggge", "1", "明治33"),
        ("yyyy/m/d", "2958465", "9999/12/31"),
        ("yyyy/m/d", "2958466", "2958466"),
        ("yyyy/m/d", "-1", "-1"),
        ("yyyy/m/d;@", "-1", "-1"),
    ],
)
def test_dates(code: str, value: str, wanted: str) -> None:
    assert shown(code, value) == wanted


@pytest.mark.parametrize(
    ("code", "value", "wanted"),
    [
        ("h:mm", "0.5", "12:00"),
        ("hh:mm", "0.25", "06:00"),
        ("h:mm:ss", "0.9999999", "0:00:00"),
        ("yyyy/m/d h:mm", "43185.9999999", "2018/3/27 0:00"),
        ("[h]:mm", "1.5", "36:00"),
        ("[mm]:ss", "0.5", "720:00"),
        ("[ss]", "0.5", "43200"),
        ("mm:ss.0", "0.0001234", "00:10.7"),
        ("ss.00", "0.0001234", "10.66"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ("h:mm AM/PM", "0", "12:00 AM"),
        ("h:mm A/P", "0.25", "6:00 A"),
        ('[$-411]AM/PM h"時"mm"分"', "0.75", "午後 6時00分"),
        ('午前/午後 h"時"', "0.25", "午前 6時"),
        ("[$-F400]h:mm:ss AM/PM", "0.75", "18:00:00"),
    ],
)
def test_times(code: str, value: str, wanted: str) -> None:
    assert shown(code, value) == wanted


def test_days_may_be_counted_from_1904() -> None:
    assert shown("yyyy/m/d", 41723, since_1904=True) == "2018/3/26"
    assert shown("yyyy/m/d", 0, since_1904=True) == "1904/1/1"
    assert shown("[h]:mm", 1, since_1904=True) == "24:00"
    assert shown("yyyy/m/d", 2957004, since_1904=True) == "2957004"


@pytest.mark.parametrize(("code", "value"), [(";;;", "5"), ("0;;", "-3"), ("0;-0;", "0"), ('""', "5")])
def test_a_format_may_hide_a_number(code: str, value: str) -> None:
    assert shown(code, value) is None


def test_a_number_too_small_for_its_format_is_shown_as_nothing() -> None:
    assert shown("#,###", "0.00000000001") == ""


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("General", "文化課"),
        ("@", "文化課"),
        ('@"長"', "文化課長"),
        ("0", "文化課"),
        ("0;-0;0", "文化課"),
        (ACCOUNTING, "文化課"),
        ('#,##0;@"長"', "文化課長"),
        (";;;", None),
        ('0;0;0;"文字"', None),
    ],
)
def test_texts(code: str, wanted: str | None) -> None:
    assert parse_format(code).text("文化課") == wanted


@pytest.mark.parametrize(("code", "leaves"), [("0;-0", True), ("@", True), ('@"長"', False), (";;;", False)])
def test_most_formats_leave_texts_as_they_are(code: str, leaves: bool) -> None:
    assert parse_format(code).leaves_texts is leaves


def test_an_endless_code_shows_the_bare_number() -> None:
    assert shown("0" * 10_000, 5) == "5"
    longest = shown("0." + "0" * 150 + "%" * 148, "1E+400")
    assert longest == "1" + "0" * (400 + 2 * 148) + "." + "0" * 150 + "%" * 148


@pytest.mark.parametrize("written", ["", "x", "NaN", "Infinity", "1E+999", "1E-999", "9" * 2_000])
def test_what_is_no_number_of_a_spreadsheet(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  it is caught where it is raised, and its words are lost
        number_of(written)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("2018-03-26", "43185"),
        ("2018-03-26T06:00:00", "43185.25"),
        ("2018-03-26T06:00:00Z", "43185.25"),
        ("12:00:00", "0.5"),
        ("1900-01-01", "1"),
        ("1900-03-01", "61"),
    ],
)
def test_days_that_are_written_out(written: str, wanted: str) -> None:
    assert number_of_date(written, since_1904=False) == Decimal(wanted)


def test_days_that_are_written_out_where_days_count_from_1904() -> None:
    assert number_of_date("2018-03-26", since_1904=True) == 41723
    assert number_of_date("12:00:00", since_1904=True) == Decimal("0.5")


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_keeps_all_its_digits(number: int) -> None:
    assert plain(number_of(str(number))) == shown("General", number) == shown("0", number) == str(number)
    grouped = shown("#,##0", number)
    assert grouped == f"{number:,}"


@given(st.decimals(-(10**9), 10**9, places=3, allow_nan=False))
def test_decimals_are_rounded_as_people_round(number: Decimal) -> None:
    hundredths = int(abs(number) * 1000 + 5) // 10
    sign = "-" if number < 0 and hundredths else ""
    assert shown("0.00", number) == f"{sign}{hundredths // 100}.{hundredths % 100:02d}"
    assert shown("#,##0.00", number) == f"{sign}{hundredths // 100:,}.{hundredths % 100:02d}"


@given(st.integers(0, 10**9))
def test_places_filled_one_by_one_show_what_plain_ones_show(number: int) -> None:
    slowly = shown('#,##0"."', number)
    assert slowly == f"{shown('#,##0', number)}."
    assert shown('#,##"."0', number) == (f"{number:,}"[:-1] + "." + str(number)[-1])


@given(
    st.text(alphabet='0#?,.%;@"[]$-mdhysgea/E+_*\\ 年（', max_size=30),
    st.decimals(-(10**12), 10**12, allow_nan=False),
    st.booleans(),
)
def test_any_code_shows_something_or_nothing(code: str, number: Decimal, since_1904: bool) -> None:
    parsed = parse_format(code)
    value = number_of(str(number))
    assert isinstance(parsed.number(value, since_1904=since_1904), str | None)
    assert isinstance(parsed.text("あ"), str | None)


def test_built_in_formats_can_all_be_shown() -> None:
    assert {
        number: shown(code, "43185.5") for number, code in BUILT_IN.items() if number in (3, 14, 28, 58)
    } == {
        3: "43,186",
        14: "2018/3/26",
        28: "平成30年3月26日",
        58: "平成30年3月26日",
    }
    assert all(shown(code, "43185.5") for code in BUILT_IN.values() if code != "@")
