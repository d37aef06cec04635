"""Amounts, pairs of budget and settlement, totals and targets."""

from __future__ import annotations

from typing import Any

import pytest

from jisseki_check.notation.money import read_amount
from tests.facts.reports import amount, item, rows


def _pair(*amounts: Any, **fields: Any) -> dict[str, Any]:
    (row,) = rows("items", item(amounts=amounts, **fields))
    return row


def test_pair_in_yen() -> None:
    row = _pair(amount("initial_budget", 490), amount("settlement", 462))
    assert (row["budget_yen"], row["settlement_yen"], row["unit_yen"]) == (490_000, 462_000, 1000)
    assert row["rate"] == pytest.approx(462 / 490)


def test_several_amounts_of_one_stage_are_added() -> None:
    parts = (amount("initial_budget", 490), amount("initial_budget", 10))
    row = _pair(*parts, amount("settlement", 452), amount("settlement", 10))
    assert (row["budget_yen"], row["settlement_yen"], row["budget"]) == (500_000, 462_000, "490千円＋10千円")


def test_an_amount_written_twice_is_not_added() -> None:
    row = _pair(amount("initial_budget", 490), amount("settlement", 462), amount("settlement", 460))
    assert (row["budget_yen"], row["settlement_yen"], row["settlement_stated"]) == (None, None, True)


def test_revised_budget_counts_before_the_initial_one() -> None:
    row = _pair(amount("initial_budget", 490), amount("revised_budget", 600), amount("settlement", 560))
    assert (row["budget_yen"], row["initial_yen"], row["revised_yen"]) == (600_000, 490_000, 600_000)


def test_changes_of_the_budget_count_where_the_revised_one_is_not_printed() -> None:
    initial, settlement = amount("initial_budget", 490), amount("settlement", 560)
    changes = (
        amount("supplementary_budget", 110),
        amount("carried_out", 30),
        amount("reserve", None, text="－"),
    )
    row = _pair(initial, *changes, settlement)
    assert (row["budget_yen"], row["budget"]) == (570_000, "490千円＋110千円－30千円")
    assert (
        _pair(initial, amount("supplementary_budget", None, text="3.918千円"), settlement)["budget_yen"]
        is None
    )


@pytest.mark.parametrize(
    ("given", "kind", "stated"),
    [
        (amount("settlement", 0), "number", True),
        (amount("settlement", None, text="3.918千円"), "malformed", True),
        (amount("settlement", None, None, text="－"), "none", False),
        (amount("settlement", None, None, text="未定"), "undecided", False),
        (amount("settlement", None, None), "empty", False),
    ],
)
def test_none_is_not_zero(given: Any, kind: str, stated: bool) -> None:
    budget = amount("initial_budget", 490)
    _, row = rows("amounts", item(amounts=(budget, given)))
    assert row["kind"] == kind
    assert _pair(budget, given)["settlement_stated"] is stated
    assert (_pair(budget, given)["settlement_yen"] == 0) is (kind == "number")


def test_labels_that_changed_places_are_one_fault() -> None:
    swapped = (
        amount("settlement", 490, field="initiative"),
        amount("initial_budget", 462, field="result"),
    )
    assert [row["misplaced"] for row in rows("amounts", item(amounts=swapped))] == ["計画", None]
    late = (amount("initial_budget", 462, field="result"), amount("settlement", 462))
    assert [row["misplaced"] for row in rows("amounts", item(amounts=late))] == ["実績", None]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("毛布 12万円\n飲料水 30万円\n合計 42万円", (420_000, 420_000, 2)),
        ("毛布 (12万円)\n飲料水 (30万円)\n合計 (52万円)", (520_000, 420_000, 2)),
        ("毛布12万円、飲料水30万円、計42万円を支出しました。", (420_000, 420_000, 2)),
    ],
)
def test_total_and_its_parts(result: str, expected: tuple[int, int, int]) -> None:
    (row,) = rows("totals", item(result=result))
    assert (row["stated_yen"], row["parts_yen"], row["parts"]) == expected


def test_sum_with_an_unreadable_amount_is_not_made() -> None:
    plan = {"kind": "bullet", "title": "広告を載せ、財源を確保します。(年間約240万円)", "goal": None}
    held = rows("totals", item(**plan, initiative=None, result="封筒 (43万2,1080円)\n公用車 (20万円)"))
    assert held == []


@pytest.mark.parametrize(
    "result",
    [
        "1台当たり12万円の端末を買い、1台当たり30万円を節約し、合計42万円になりました。",
        "約12万円と約30万円、合計約50万円です。",
        "前年度は12万円でした。今年度は30万円でした。合計50万円です。",
        "毛布 12万円\n合計 42万円",
    ],
)
def test_lists_that_are_not_plain_are_left_alone(result: str) -> None:
    assert rows("totals", item(result=result)) == []


@pytest.mark.parametrize(
    ("title", "result", "expected"),
    [
        (
            "広告を載せ、財源を確保します。(年間約240万円)",
            "封筒 (43万円)\n公用車 (20万円)",
            (630_000, 2_400_000),
        ),
        (
            "広告を載せ、財源を確保します。(年間約240万円)",
            "封筒 (43万円)\n車 (20万円)\n合計 (63万円)",
            (630_000, 2_400_000),
        ),
        ("広告を載せ、財源を確保します。(年間約240万円)", "半年間で22万円を得ました。", None),
        (
            "広告を載せ、財源を確保します。(年間約240万円)",
            "広告料は212万円（前年度180万円）でした。",
            (2_120_000, 2_400_000),
        ),
        (
            "電力の調達を見直し、年間約240万円を削減します。",
            "下半期に110万円（年間に換算すると約220万円）を削減しました。",
            (2_200_000, 2_400_000),
        ),
        ("10万円を超える備品の台帳を整えます。", "30万円の備品を見直しました。", None),
        ("広告を載せ、財源を確保します。", "43万円を得ました。", None),
    ],
)
def test_target_amount(title: str, result: str, expected: tuple[int, int] | None) -> None:
    held = [
        row
        for row in rows("totals", item(kind="bullet", title=title, result=result, goal=None, initiative=None))
        if row["kind"] == "target"
    ]
    assert [(row["stated_yen"], row["parts_yen"]) for row in held] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("title", "gain"),
    [
        ("未利用地を売り、3億円以上の売却収入を確保します。", True),
        ("財源の確保を図ります。(年間約240万円)", True),
        ("電気料金を年間約240万円削減します。", True),
        ("電気料金を年間約240万円に削減します。", False),
        ("経費の削減を図り、240万円以内とします。", False),
        ("240万円の目標を掲げ、修繕を行います。", False),
    ],
)
def test_amount_to_gain_or_to_keep_within(title: str, gain: bool) -> None:
    held = rows(
        "totals", item(kind="bullet", title=title, result="300万円でした。", goal=None, initiative=None)
    )
    assert [row["to_gain"] for row in held] == [gain]


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ("広告を載せ、半年間で約22万円を得ました。", "半年間で約22万円"),
        ("下半期に54万円を得ました。", "下半期に54万円"),
        ("6か月間で54万円を得ました。", "6か月間で54万円"),
        ("12か月間で54万円を得ました。", None),
        ("年間で54万円を得ました。", None),
    ],
)
def test_amount_for_part_of_a_year(result: str, found: str | None) -> None:
    (row,) = rows("items", item(result=result))
    assert row["part_year"] == found


@pytest.mark.parametrize(
    ("text", "yen", "step"),
    [
        ("12.5百万円", 12_500_000, 100_000),
        ("12.0百万円", 12_000_000, 100_000),
        ("１２．５百万円", 12_500_000, 100_000),
        ("1.25億円", 125_000_000, 1_000_000),
        ("0.3万円", 3_000, 1_000),
    ],
)
def test_amount_with_a_decimal_fraction(text: str, yen: int, step: int) -> None:
    unit = text.translate(str.maketrans("", "", "0123456789.１２．５"))
    row = _pair(amount("settlement", None, unit, text=text))
    assert (row["settlement_yen"], row["step_yen"], row["settlement"]) == (yen, step, text)
    (row,) = rows("amounts", item(amounts=(amount("settlement", None, unit, text=text),)))
    assert (row["kind"], row["unit"]) == ("number", unit)


@pytest.mark.parametrize(
    ("text", "unit"), [("12.5千円", "千円"), ("3.918百万円", "百万円"), ("12.5", "千円")]
)
def test_a_comma_that_slipped_is_no_fraction(text: str, unit: str) -> None:
    (row,) = rows("amounts", item(amounts=(amount("settlement", None, unit, text=text),)))
    assert (row["kind"], row["yen"]) == ("malformed", None)


def test_unit_declared_for_the_form_counts_for_fractions() -> None:
    row = _pair(amount("settlement", None, "百万円", text="12.5"))
    assert (row["settlement_yen"], row["unit_yen"]) == (12_500_000, 1_000_000)


@pytest.mark.parametrize(
    ("total", "off"), [("4.3", False), ("4.4", False), ("4.5", True)], ids=["exact", "rounded", "wrong"]
)
def test_total_of_fractions_is_held_to_its_last_digit(total: str, off: bool) -> None:
    result = f"備品を購入しました。\n机 1.2百万円\n椅子 3.1百万円\n合計 {total}百万円"
    (row,) = rows("totals", item(result=result))
    assert (abs(row["stated_yen"] - row["parts_yen"]) > row["half_unit_yen"] * row["parts"]) is off
    assert row["unit_yen"] == 1_000_000


def test_form_says_how_amounts_are_headed() -> None:
    row = _pair(amount("initial_budget", 490))
    assert row["form_settlement"] == "平成29年度決算"
    assert (row["form_budget"], row["form_unit"]) == ("平成29年度当初予算", "千円")


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("1650", "千円", "1,650千円"),
        ("1,650", "千円", "1,650千円"),
        ("△1650", "千円", "△1,650千円"),
        ("0", "千円", "0千円"),
        ("1,650千円", "千円", "1,650千円"),
        ("１６５０", "千円", "１６５０"),
        ("462", None, "462"),
        ("別紙", "千円", "別紙"),
    ],
)
def test_a_bare_number_is_told_with_the_unit_of_its_column(text: str, unit: str | None, shown: str) -> None:
    value = read_amount(text).value
    held = amount("settlement", value if isinstance(value, int) else None, unit, text=text)
    assert _pair(amount("initial_budget", 1200), held)["settlement"] == shown


def test_a_bare_fraction_is_told_with_its_unit() -> None:
    held = amount("settlement", None, "百万円", text="12.5")
    assert _pair(amount("initial_budget", 15, "百万円"), held)["settlement"] == "12.5百万円"
