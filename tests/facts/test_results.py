"""What a result tells beyond its plan."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts.reports import item, rows


def _row(result: str, plan: str = "備えを進めます。") -> dict[str, Any]:
    (row,) = rows("results", item(title="備え", goal=None, initiative=plan, result=result))
    return row


@pytest.mark.parametrize(
    ("result", "factual"),
    [
        ("訓練を3回行いました。", True),
        ("三団体とともに訓練を行いました。", True),
        ("6月に訓練を行いました。", True),
        ("「備えの手引」を作りました。", True),
        ("北小学校で訓練を行いました。", True),
        ("みずき市防災条例を改めました。", True),
        ("各小学校で訓練を行いました。", False),
        ("(1) 訓練を行いました。\n(2) 研修を行いました。", False),
        ("訓練を行い、意識の向上を図りました。", False),
    ],
)
def test_figures_dates_and_names_are_facts(result: str, factual: bool) -> None:
    assert _row(result)["factual"] is factual


def test_plan_with_another_ending_is_the_plan() -> None:
    plan = "職員の防災への意識の向上を図るため、研修に取り組みます。"
    row = _row(plan.replace("みます", "みました"), plan)
    assert (row["repeated_share"], row["longest_new"], row["adds"]) == (1.0, 0, False)
    row = _row("毛布を100枚買い、倉庫に納めました。", plan)
    assert row["repeated_share"] < 0.2
    assert row["adds"] is True


@pytest.mark.parametrize(
    ("result", "effort"),
    [
        ("職員の意識の向上に努めました。", True),
        ("補助金を活用し、財源を確保しました。", True),
        ("移行に向けた制度設計を行いました。", True),
        ("手引を改め、職場に掲示しました。", False),
        ("意識の向上を図るため、倉庫を設置しました。", False),
        ("意識の向上に努めました。倉庫も設置しました。", False),
    ],
)
def test_effort_shows_nothing(result: str, effort: bool) -> None:
    assert _row(result)["effort"] is effort


@pytest.mark.parametrize(("led", "copied"), [("", True), ("7市の例を調べた上で、", True)])
def test_sentence_of_the_plan_as_a_whole(led: str, copied: bool) -> None:
    plan = "夜間と休日の人数が足りない地区があることから、地区ごとの体制への移行に向けた制度設計を行います。"
    assert _row(led + plan.replace("います", "いました"), plan)["copied"] is copied
    assert _row(plan.replace("地区ごとの体制", "班の体制"), plan)["copied"] is False
    assert _row("倉庫を設置しました。", "倉庫を設置します。")["copied"] is False
