"""Dates in the texts, and what the plan dates against what the result dates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts import reports
from tests.facts.reports import item


def rows(table: str, *items: Any, **fields: Any) -> list[dict[str, Any]]:
    """The rows of items: the title's year has one of its own."""
    return [row for row in reports.rows(table, *items, **fields) if row["item"] is not None]


def test_month_takes_its_year_from_the_item() -> None:
    plain, dated = item(result="11月に開きました。"), item(result="平成29年9月に募り、11月に開きました。")
    assert [row["year_known"] for row in rows("dates", plain)] == [False]
    assert [row["year_known"] for row in rows("dates", dated)] == [True, True]


@pytest.mark.parametrize(
    ("field", "text", "valid"),
    [
        ("goal", "平成32年4月の開館を目指します。", True),
        ("goal", "平成40年3月までに全ての地区に広げます。", True),
        ("result", "平成39年11月8日に式典を開きました。", False),
        ("goal", "平成39年11月に式典を開きます。", False),
        ("result", "令和元年4月30日に開きました。", False),
        ("result", "平成31年4月30日に開きました。", True),
    ],
)
def test_years_ahead_of_the_era(field: str, text: str, valid: bool) -> None:
    (row,) = (row for row in rows("dates", item(**{field: text})) if row["text"] in text)
    assert row["valid_era"] is valid


def test_years_ahead_are_wrong_after_the_change_of_era() -> None:
    (row,) = rows(
        "dates",
        item(goal="平成34年4月の開館を目指します。"),
        title="令和2年度福祉部の取り組み実績",
        fiscal_year=2020,
    )
    assert row["valid_era"] is False


@pytest.mark.parametrize(
    ("title", "fiscal_year", "given", "right"),
    [
        ("令和2年度(2021年度)福祉部の取り組み実績", 2020, 2021, 2020),
        ("平成29年度福祉部の取り組み実績", 2018, 2018, 2017),
        ("平成29年度福祉部の取り組み実績", 2017, 2017, 2017),
    ],
)
def test_title_names_its_year_twice(title: str, fiscal_year: int, given: int, right: int) -> None:
    (row,) = reports.rows("dates", item(), title=title, fiscal_year=fiscal_year)
    assert (row["gregorian"], row["gregorian_expected"], row["field"]) == (given, right, "title")


PLAN = "協力する店に「見守り端末」を導入し、平成30年1月より稼働予定です。"


@pytest.mark.parametrize(
    ("plan", "result", "expected"),
    [
        (PLAN, "「見守り端末」を導入しました。平成30年4月より稼働します。", (False, True)),
        (PLAN, "「見守り端末」を導入し、平成30年1月15日に稼働しました。", (True, False)),
        (PLAN, "「見守り端末」を導入し、平成29年12月に稼働しました。", (False, False)),
        ("平成29年11月8日に交流会を開催します。", "平成29年11月9日に交流会を開催しました。", (False, True)),
        (
            "駅前に相談室を平成29年9月に設けます。",
            "相談室については、平成29年11月6日に開室しました。",
            (False, True),
        ),
        (
            "転入者向けの手引を平成29年7月に作成します。",
            "手引は、平成29年6月に5,000部を作りました。",
            (False, False),
        ),
    ],
)
def test_the_same_thing_dated_twice(plan: str, result: str, expected: tuple[bool, bool]) -> None:
    (row,) = rows("date_pairs", item(initiative=plan, result=result))
    assert (row["same"], row["later"]) == expected
    assert not row["deadline"]


@pytest.mark.parametrize(
    ("plan", "result"),
    [
        (PLAN, "平成30年3月に、協力する店の集いを開催しました。"),
        ("平成29年6月に研修を実施します。", "平成29年9月に訓練を実施しました。"),
        ("平成29年6月に交流会を開催します。", "交流会を開催しました。"),
        ("相談室を平成29年9月に設けます。", "相談室については、平成29年11月に利用の案内を配りました。"),
        ("相談室を平成29年9月に設けます。", "学習室は、平成29年11月に設けました。"),
    ],
)
def test_other_things_are_not_compared(plan: str, result: str) -> None:
    assert rows("date_pairs", item(initiative=plan, result=result)) == []


@pytest.mark.parametrize("year", ["平成29年", ""])
@pytest.mark.parametrize(("month", "later"), [(6, False), (7, False), (8, True)])
def test_deadline(month: int, later: bool, year: str) -> None:
    plan = "平成29年7月までに、端末の配備と操作の手引の作成を行います。"
    result = f"{year}{month}月に、端末の配備と操作の手引の作成を完了しました。"
    (row,) = rows("date_pairs", item(initiative=plan, result=result))
    assert (row["deadline"], row["later"], row["same"]) == (True, later, not later)
    assert row["dated"] is bool(year)


def test_month_without_year_lies_in_the_fiscal_year() -> None:
    plan = "平成30年1月に交流会を開催します。"
    (row,) = rows("date_pairs", item(initiative=plan, result="1月20日に交流会を開催しました。"))
    assert row["same"]
    (row,) = rows("date_pairs", item(initiative=plan, result="2月20日に交流会を開催しました。"))
    assert row["later"]
