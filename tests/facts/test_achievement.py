"""Rates of achievement, and the marks that they earn where a form has thresholds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.targets import target_rows
from jisseki_check.facts.views import ReportView
from jisseki_check.forms.report_json import JsonPlaces
from jisseki_check.model import Document, Indicator
from jisseki_check.profiles import Sign
from tests.facts.reports import PROFILE, item, report

LEAST = (90, 70, 50, 0)
GRADED = replace(
    PROFILE,
    signs=tuple(
        Sign(sign, "", in_form=True, least_percent=Fraction(least))
        for sign, least in zip("ABCD", LEAST, strict=True)
    ),
)


def _rated(**fields: Any) -> list[tuple[float, str, str, str]]:
    document = Document("a.json", report(item(mark="A", **fields)), JsonPlaces({}))
    rows = target_rows(ReportView(0, document, GRADED))
    return [
        (row["rate"], row["rate_text"], row["rate_mark"], row["rate_range"]) for row in rows if "rate" in row
    ]


def _indicators(*pairs: tuple[float, float]) -> tuple[Indicator, ...]:
    return tuple(Indicator(f"指標{n}", "人", target, actual) for n, (target, actual) in enumerate(pairs))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("達成率は90％でした。", (0.9, "90％", "A", "90％以上")),
        ("達成率は89.9％でした。", (0.899, "89.9％", "B", "70％以上90％未満")),
        ("目標達成率：７０％", (0.7, "70％", "B", "70％以上90％未満")),
        ("達成率 0 ％でした。", (0.0, "0％", "D", "50％未満")),
        ("達成率120パーセントとなりました。", (1.2, "120％", "A", "90％以上")),
    ],
)
def test_stated_rate_earns_its_mark(stated: str, expected: tuple[float, str, str, str]) -> None:
    assert _rated(result=f"受講者を集めました。{stated}") == [expected]


@pytest.mark.parametrize(
    "result",
    [
        "前年度の達成率は60％でした。",
        "達成率90％を目標とします。",
        "講座の達成率は60％、研修の達成率は95％でした。",
        "執行率は60％でした。",
        "達成率は、来年度に示します。",
    ],
)
def test_other_rates_are_not_the_items_own(result: str) -> None:
    assert _rated(result=result) == []


@pytest.mark.parametrize(
    ("pairs", "marks"),
    [
        ([(200, 180)], ["A"]),
        ([(200, 179)], ["B"]),
        ([(10, 9)], ["A"]),
        ([(0.3, 0.27)], ["A"]),
        ([(200, 190), (100, 95)], ["A"]),
        ([(200, 190), (100, 60)], []),
        ([(0, 5)], []),
        ([(10, -1)], []),
    ],
)
def test_indicators(pairs: list[tuple[float, float]], marks: list[str]) -> None:
    assert [mark for _, _, mark, _ in _rated(indicators=_indicators(*pairs))] == marks


def test_counts_of_the_texts() -> None:
    assert _rated(goal="訓練を4回以上実施します。", result="訓練を3回実施しました。")[0][2] == "B"
    assert _rated(goal="事故を4件以下にします。", result="事故は3件でした。") == []


def test_stated_rate_goes_before_the_figures() -> None:
    held = _rated(indicators=_indicators((200, 100)), result="達成率は90％でした。")
    assert [mark for _, _, mark, _ in held] == ["A"]


def test_without_thresholds_there_is_no_rate() -> None:
    document = Document("a.json", report(item(mark="◎", result="達成率は90％でした。")), JsonPlaces({}))
    assert list(target_rows(ReportView(0, document, PROFILE))) == []


@given(st.integers(1, 1000), st.integers(0, 2000))
def test_mark_is_that_of_the_exact_rate(target: int, actual: int) -> None:
    ((_, _, mark, _),) = _rated(indicators=_indicators((target, actual)))
    expected = next(sign for sign, least in zip("ABCD", LEAST, strict=True) if actual * 100 >= least * target)
    assert mark == expected
