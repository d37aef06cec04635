"""Amounts that are merged over several items of a list are counted once, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from jisseki_check.model import Report
from tests.forms.sheets import read, sheet

HEAD = ["番号", "項目名", "取り組み", "当初予算（千円）", "決算（千円）", "実績", "達成状況"]
TITLE = [["平成29年度福祉部の取り組み実績"], HEAD]


def _report(amounts: list[tuple[Any, Any]], *merged: str) -> Report:
    rows = [
        [at, f"見守りその{at}", "訪問します。", budget, settlement, "訪問しました。", "◎"]
        for at, (budget, settlement) in enumerate(amounts, 1)
    ]
    return read(sheet([*TITLE, *rows], merged)).report


def _amounts(report: Report) -> list[list[tuple[str, int | None]]]:
    return [[(amount.stage, amount.value) for amount in item.amounts] for item in report.items]


def _remarks(report: Report, kind: str) -> list[tuple[str, int | None, int]]:
    return [
        (each.text, each.item, each.count)
        for each in report.remarks
        if each.kind == kind and "結合" in f"{each.text}{each.read_as}"
    ]


BUDGET, SETTLEMENT = ("initial_budget", 100), ("settlement", 90)


@pytest.mark.parametrize("settlement", [("D3:D4", "E3:E4"), ("D3:D4",)])
def test_common_amounts_are_those_of_the_first_item_and_are_told(settlement: tuple[str, ...]) -> None:
    report = _report([(100, 90), (None, None), (50, 45)], *settlement)
    assert _amounts(report) == [[BUDGET, SETTLEMENT], [], [("initial_budget", 50), ("settlement", 45)]]
    assert _remarks(report, "lenient") == [("100", 1, len(settlement))]


def test_a_common_budget_with_several_settlements_is_held_back() -> None:
    report = _report([(100, 60), (None, 30), (50, 45)], "D3:D4")
    assert _amounts(report) == [[], [], [("initial_budget", 50), ("settlement", 45)]]
    words = (
        "2件の項目にまたがる結合セルの額（どの項目の額か決められません）　当初予算：100、決算：60、決算：30"
    )
    assert _remarks(report, "unread") == [(words, 1, 1)]


def test_cells_that_overlap_hold_back_all_items_that_they_link() -> None:
    report = _report([(100, 10), (None, 90), (None, None), (50, 45)], "D3:D4", "E4:E5")
    assert _amounts(report) == [[], [], [], [("initial_budget", 50), ("settlement", 45)]]
    ((words, item, _),) = _remarks(report, "unread")
    assert (words[:2], item) == ("3件", 1)


def test_each_group_is_judged_by_itself() -> None:
    report = _report([(100, 90), (None, None), (100, 90), (None, 5)], "D3:D4", "E3:E4", "D5:D6")
    assert _amounts(report) == [[BUDGET, SETTLEMENT], [], [], []]


def test_a_cell_merged_over_the_rows_of_one_item_is_its_own() -> None:
    rows = [
        [1, "見守り", "訪問します。", 100, 90, "訪問しました。", "◎"],
        [None, None, None, None, None, "配りました。", None],
    ]
    report = read(sheet([*TITLE, *rows], ("A3:A4", "B3:B4", "D3:D4", "E3:E4", "G3:G4"))).report
    assert _amounts(report) == [[BUDGET, SETTLEMENT]]
    assert _remarks(report, "lenient") == []
