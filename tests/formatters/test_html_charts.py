"""Charts show the numbers of the outcome, and say what they leave out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from jisseki_check.formatters.groups import groups
from jisseki_check.formatters.html.charts import figures
from jisseki_check.formatters.html.charts.figure import MOST_ROWS, Figure
from jisseki_check.formatters.html.charts.marks import looks
from jisseki_check.formatters.html.departments import departments
from jisseki_check.formatters.html.figures import (
    OTHER,
    UNMARKED,
    Threshold,
    in_order,
    mark_order,
    marks_of,
    rate,
    rates,
    zone,
    zone_names,
)
from jisseki_check.formatters.html.years import years
from jisseki_check.formatters.view import View
from jisseki_check.model import Input, ItemFigures, Location, Outcome, ReportFigures, Severity
from tests.formatters.city import CITY, DEPARTMENTS, YEAR, finding
from tests.formatters.city import figures as report
from tests.formatters.pages import with_rules
from tests.formatters.sample import PASSED

LIMITS = (Threshold(0.5, "FIN105"), Threshold(0.8, "FIN106"))


def drawn(outcome: Outcome, view: View | None = None) -> dict[str, Figure]:
    return {each.name: each for each in figures(groups(outcome), outcome, view or with_rules())}


def item(budget: int | None, settlement: int | None) -> ItemFigures:
    return ItemFigures(1, budget_yen=budget, settlement_yen=settlement)


@pytest.mark.parametrize(
    ("budget", "settlement", "expected"),
    [
        (200, 100, 0.5),
        (100, 0, 0.0),
        (0, 100, None),
        (None, 100, None),
        (100, None, None),
        (-1, 5, None),
        (9, -3, None),
    ],
)
def test_rate_needs_both_amounts(budget: int | None, settlement: int | None, expected: float | None) -> None:
    assert rate(item(budget, settlement)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0.4999, 0), (0.5, 1), (0.7999, 1), (0.8, 2), (1.0, 2), (1.0001, 3)]
)
def test_zones_part_where_the_rules_do(value: float, expected: int) -> None:
    assert zone(value, [each.share for each in LIMITS]) == expected
    assert len(zone_names(LIMITS)) == 4


def test_whole_rate_is_of_the_sums() -> None:
    told = rates([item(100, 40), item(900, 900), item(None, 5)], (0.5, 0.8))
    assert (told.number, told.zones, told.whole, told.middle) == (2, (1, 0, 1, 0), 0.94, 0.7)


def test_marks_beyond_six_are_summed() -> None:
    counts = [{"◎": 3, "○": 1, **dict.fromkeys("ABCDEF", 1), "記載なし": 2}]
    order = mark_order(counts)
    assert order == ["◎", "○", "A", "B", "C", OTHER, "記載なし"]
    assert in_order(counts[0], order) == [3, 1, 1, 1, 1, 3, 2]


def test_sign_that_looks_like_a_mark_is_told_by_its_code() -> None:
    items = [ItemFigures(n, mark=mark) for n, mark in enumerate(("○", "〇", "●", "◎\ufe0e", " ", "X"), 1)]
    assert marks_of(items) == {
        "○": 1, "〇（U+3007）": 1, "●": 1, "◎\ufe0e（U+25CE U+FE0E）": 1, UNMARKED: 1, "X（U+0058）": 1,
    }  # fmt: skip
    own = report("総務部", YEAR)
    items = [replace(each, mark="〇" if at else "○") for at, each in enumerate(own.items)]
    drawing = drawn(replace(CITY, reports=(replace(own, items=tuple(items)),)))["marks"]
    assert "〇（U+3007）</text>" in drawing.svg
    order = ["○", "〇（U+3007）", "☆", "◇", "□", "A", "B", OTHER, UNMARKED]
    assert len(set(looks(order))) == len(order)


def test_signs_that_are_summed_are_named() -> None:
    own = report("総務部", YEAR)
    items = tuple(replace(each, mark=mark) for each, mark in zip(own.items, "◎○ABCDEFGH", strict=True))
    note = drawn(replace(CITY, reports=(replace(own, items=items),)))["marks"].note
    assert "「その他」は、D、E、F、G、Hです。" in note


def test_city_has_all_four_charts_with_their_numbers() -> None:
    held = drawn(CITY)
    assert list(held) == ["findings", "rates", "marks", "years"]
    education = next(row for row in held["findings"].table.rows if row[0] == "教育部")
    assert education == ("教育部", "6", "6", "6", "6", "6", "6", "18")
    titles = with_rules().titles
    assert dict(held["findings"].key) == {code: titles[code] for code in ("DAT111", "FIN105", "MRK103")}
    education = next(row for row in held["rates"].table.rows if row[0] == "教育部")
    assert education[1:7] == ("10", "0", "0", "6", "0", "4")
    assert held["rates"].table.rows[0][1:7] == ("10", "0", "0", "10", "0", "0")


def test_thresholds_are_those_of_the_rules() -> None:
    assert "50％（FIN105）" in drawn(CITY)["rates"].svg
    assert "80％（FIN106）" in drawn(CITY)["rates"].svg
    other = [
        {**each, "params": {"low_rate": 0.3}} if each["id"] == "FIN105" else each
        for each in with_rules().rules
    ]
    assert "30％（FIN105）" in drawn(CITY, View(rules=other))["rates"].svg
    assert "FIN10" not in drawn(CITY, View())["rates"].svg


def test_every_item_has_its_dot() -> None:
    svg = drawn(CITY)["rates"].svg
    titles = re.findall("<path[^>]*>\\s*<title>(.*?)</title>", svg)
    assert len(titles) == 10 * len(DEPARTMENTS)
    assert "市長公室　1節 1　市長公室の事業その1　執行率 100％" in titles


def test_items_without_a_rate_are_counted() -> None:
    own = report("総務部", YEAR)
    items = (*own.items[:-2], replace(own.items[-2], settlement_yen=-5), replace(own.items[-1], budget_yen=0))
    reports = tuple(replace(own, items=items) if each == own else each for each in CITY.reports)
    note = drawn(replace(CITY, reports=reports))["rates"].note
    assert "両方が読み取れた98項目" in note
    assert "このほか、予算が0の項目と、予算か決算が負の項目（合わせて2項目）は、図に入れていません。" in note
    assert "図に入れていません" not in drawn(CITY)["rates"].note


def _slip(**changes: Any) -> Outcome:
    """The general affairs' first item is said to have spent thirty times its budget."""
    own = report("総務部", YEAR)
    slipped = replace(own.items[0], settlement_yen=31_500_000)
    items = (slipped, *own.items[1:])
    reports = [replace(own, items=items) if each == own else each for each in CITY.reports]
    found = {"rule": "FIN109", "severity": Severity.ERROR, "field": "settlement", "status": "new", **changes}
    return replace(CITY, reports=tuple(reports), findings=(replace(finding("総務部", 1), **found),))


def _row(outcome: Outcome, chart: str, name: str) -> tuple[str, ...]:
    return next(row for row in reversed(drawn(outcome)[chart].table.rows) if row[0] == name)


def test_amount_with_an_error_is_drawn_apart_and_in_no_sum() -> None:
    assert _row(_slip(), "rates", "総務部")[1:] == ("10", "0", "0", "9", "0", "1", "97％", "97％")
    assert _row(_slip(), "years", "総務部")[-1] == "97％"
    held = drawn(_slip())["rates"]
    assert "誤りの指摘がある金額" in held.svg
    assert "→ 3,150％" in held.svg
    assert "「誤り」の指摘がある1項目" in held.note
    assert held.svg.count('stroke-width="2"') == 2  # the sign and its sample in the legend


@pytest.mark.parametrize(
    "changes", [{"status": "waived"}, {"severity": Severity.WARNING}, {"field": "result"}, {"item": None}]
)
def test_amount_without_an_error_is_drawn_as_it_stands(changes: dict[str, Any]) -> None:
    outcome = _slip(**changes)
    assert _row(outcome, "rates", "総務部")[1:7] == ("10", "0", "0", "9", "1", "0")
    held = drawn(outcome)["rates"]
    assert "誤りの指摘がある金額" not in held.svg
    assert "→ 3,150％" in held.svg


def test_report_that_is_missing_stands_in_its_department() -> None:
    missing = replace(
        finding("総務部", 1), rule="XDC105", report_kind="plan", item=None, location=Location("一覧.txt", 3)
    )
    held = groups(replace(CITY, findings=(missing,)))
    assert [(each.name, each.state[1]) for each in held if each.findings] == [
        ("総務部　平成30年度（計画）", "判定不能（未提出）")
    ]
    rows = drawn(replace(CITY, findings=(missing,)))["findings"].table.rows
    assert [row[0] for row in rows].count("総務部") == 1
    assert [row[-1] for row in rows if row[0] == "総務部"] == ["1"]


def test_two_reports_that_are_missing_are_two() -> None:
    plan = replace(finding("文化部", 1), rule="XDC105", item=None, report_kind="plan", location=Location("a"))
    held = groups(replace(CITY, findings=(plan, replace(plan, report_kind="results"))))
    assert [each.name for each in held if each.findings] == [
        "文化部　平成30年度（計画）",
        "文化部　平成30年度",
    ]


def test_departments_of_two_cities_are_not_one() -> None:
    other = replace(report("総務部", YEAR), municipality="あおば野市", path="b.txt")
    there = replace(finding("総務部", 1), location=Location("b.txt", 1))
    held = drawn(replace(CITY, reports=(*CITY.reports, other), findings=(finding("総務部", 1), there)))
    rows = held["findings"].table.rows
    assert [row[-1] for row in rows if row[0].endswith("総務部")] == ["1", "1"]


def test_department_written_in_two_ways_is_one() -> None:
    now = replace(report("水道局", YEAR), department="水道\u3000局")
    reports = (now, replace(report("水道局", YEAR - 1), prior=False), report("総務部", YEAR))
    held = groups(replace(CITY, findings=(), reports=reports))
    rows = {row.name: row.reports for row in departments(held) if row.reports}
    assert rows == {"水道\u3000局": 2, "総務部": 1}
    (pair,) = years(reports).pairs
    assert (pair.name, pair.now.number, pair.earlier.number) == ("水道\u3000局", YEAR, YEAR - 1)


def test_difference_of_two_years_adds_up_with_the_rates_that_are_shown() -> None:
    def of(year: int, settlement: int) -> ReportFigures:
        amounts = ItemFigures(1, budget_yen=100_000, settlement_yen=settlement)
        return replace(report("総務部", year), items=(amounts,))

    def svg(earlier: int, now: int) -> str:
        outcome = replace(CITY, findings=(), reports=(of(YEAR, now), of(YEAR - 1, earlier)))
        return drawn(outcome)["years"].svg

    assert "95.8％（+1.4）" in svg(94_449, 95_750)  # cut before they are compared, it were 1.3
    assert "49.9％（△0.1）" in svg(50_000, 49_999)
    assert "94.4％（±0）" in svg(94_449, 94_351)


def test_years_of_a_department_are_one_line_of_its_findings() -> None:
    reports = tuple(replace(each, prior=False) for each in CITY.reports)
    before = replace(
        finding("総務部", 1), fiscal_year=YEAR - 1, location=Location(f"{YEAR - 1}/総務部.txt", 1)
    )
    held = drawn(replace(CITY, reports=reports, findings=(finding("総務部", 1), before)))["findings"]
    assert [row[-1] for row in held.table.rows if row[0] == "総務部"] == ["2"]
    assert "全ての年度の計画と実績を合わせて" in held.note


def test_long_names_keep_what_tells_them_apart() -> None:
    reports = tuple(
        replace(
            report("総務部", YEAR), department="とても長い名前の付いた部局の名前", path=f"総務課_{n}.json"
        )
        for n in (1, 2)
    )
    assert all(f"_{n}.json）</text>" in drawn(replace(CITY, reports=reports))["marks"].svg for n in (1, 2))


def test_name_that_is_too_long_for_a_line_stands_on_two() -> None:
    reports = tuple(replace(report("市民部", YEAR), path=f"a/citizens_{n}.json") for n in (1, 2))
    later = replace(report("市民部", YEAR), fiscal_year=YEAR + 1, path="b.json")
    svg = drawn(replace(CITY, reports=(*reports, later)))["marks"].svg
    assert svg.count(">市民部 平成30年度</text>") == 2
    assert all(f">（citizens_{n}.json）</text>" in svg for n in (1, 2))
    assert ">市民部 令和元年度</text>" in svg


def test_department_is_compared_with_the_year_before() -> None:
    told = years(CITY.reports)
    assert [each.name for each in told.pairs] == list(DEPARTMENTS[:-1])
    assert {(each.now.number, each.earlier.number) for each in told.pairs} == {(YEAR, YEAR - 1)}
    assert told.alone == (DEPARTMENTS[-1],)
    assert DEPARTMENTS[-1] in drawn(CITY)["years"].note


def test_departments_stand_as_they_were_checked_whatever_was_read_before() -> None:
    prior = [each for each in CITY.reports if each.prior]
    checked = [each for each in CITY.reports if not each.prior]
    assert [each.name for each in years([*reversed(prior), *checked]).pairs] == list(DEPARTMENTS[:-1])


def test_report_of_a_year_that_was_only_read_is_no_row_of_its_own() -> None:
    assert {row[0] for row in drawn(CITY)["marks"].table.rows} == set(DEPARTMENTS)
    later = replace(report("総務部", YEAR + 1), prior=True)
    assert max(each.now.number for each in years((*CITY.reports, later)).pairs) == YEAR


def test_plan_is_no_result() -> None:
    plans = tuple(replace(each, kind="plan") for each in CITY.reports)
    assert list(drawn(replace(CITY, reports=plans))) == ["findings"]


def test_nothing_to_draw_draws_nothing() -> None:
    assert drawn(PASSED) == {}


def test_more_reports_than_fit_are_summed_and_said_so() -> None:
    count = MOST_ROWS + 20
    reports = tuple(
        replace(report("総務部", YEAR), path=f"{n}.txt", department=f"第{n}部") for n in range(count)
    )
    found = tuple(
        replace(finding("総務部", 1), department=f"第{n}部", location=Location(f"{n}.txt", 1))
        for n in range(count)
        for _ in range(1 + (n == count - 1))
    )
    inputs = tuple(Input(f"{n}.txt", None, "text", "checked", 1, 10) for n in range(count))
    held = drawn(replace(CITY, reports=reports, findings=found, inputs=inputs))
    rows = held["findings"].table.rows
    assert len(rows) == MOST_ROWS
    assert rows[-1][0] == "ほか21の部"
    assert rows[-2][0] == f"第{count - 1}部"
    assert sum(int(row[-1]) for row in rows) == len(found)
    assert "残りの21の部は「ほか」の1行" in held["findings"].note
    assert sum(int(row[1]) for row in held["rates"].table.rows) == 10 * count


def test_chart_of_many_reports_fits_on_a_page() -> None:
    items = tuple(item(100, 90) for _ in range(8))
    reports = tuple(
        replace(report("総務部", YEAR), path=f"{n}.txt", department=f"第{n}部", items=items)
        for n in range(MOST_ROWS)
    )
    held = drawn(replace(CITY, reports=reports))["rates"]
    height = re.search('viewBox="0 0 860 ([0-9.]+)"', held.svg)
    assert height is not None
    assert float(height[1]) < 1_300
    assert "点一つは4項目までを表します" in held.note


def test_heaps_are_made_of_fewer_dots_than_items() -> None:
    many = replace(report("総務部", YEAR), items=tuple(item(100, 90) for _ in range(5000)))
    held = drawn(replace(CITY, reports=(many,)))["rates"]
    assert held.svg.count("<path") < 50
    assert "点一つは417項目までを表します" in held.note
