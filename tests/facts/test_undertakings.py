"""How far a plan goes with a thing, and whether the result says less of the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.undertakings import Strength, strength, undertakings
from tests.facts.reports import item, rows


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("窓口の統合について検討を進めます", Strength.STUDY),
        ("導入の可否を検討していきます", Strength.STUDY),
        ("調査・研究を行うとともに", Strength.STUDY),
        ("本格導入に向けた取り組みを進めます", Strength.PREPARE),
        ("関係課と調整を図り", Strength.PREPARE),
        ("利用の拡充に取り組みます", Strength.PURSUE),
        ("費用の縮減を図ります", Strength.PURSUE),
        ("窓口を統合します", Strength.DO),
        ("検討の上、条例を改正します", Strength.DO),
    ],
)
def test_strength(clause: str, expected: Strength) -> None:
    assert strength(clause) is expected


def _found(plan: str, result: str) -> tuple[str | None, str | None]:
    (row,) = rows("items", item(goal=None, initiative=plan, result=result))
    return row["unfinished"], row["future"]


TWO = "電子申請の導入について検討を進めます。公民館の予約システムを導入します。"


@pytest.mark.parametrize(
    ("plan", "result", "unfinished"),
    [
        (TWO, "電子申請の導入について検討を行いました。", None),
        (TWO, "公民館の予約システムについて検討を行いました。", "検討を行い"),
        ("再整備計画を策定します。", "再整備の検討を行い、計画を策定しました。", None),
        ("再整備計画を策定します。", "再整備計画の検討を行い、課題を整理しました。", "検討を行い"),
        (
            "再整備計画を策定します。",
            "再整備計画の検討を行いました。これを踏まえ、計画を策定しました。",
            None,
        ),
        ("公用車の更新の時期を検討します。", "公用車の更新を5年ごとに行うこととしました。", None),
        ("公用車を5台更新します。", "公用車の更新を行うこととしました。", "行うこととし"),
        ("講座を開きます。", "雨で中止となった行事に代え、講座を開きました。", None),
        ("講座を開きます。", "講座は雨で中止となりました。", "中止"),
        ("窓口を設けます。", "窓口を設けられなかった地区に、職員が出向きました。", None),
    ],
)
def test_result_says_less_than_the_plan(plan: str, result: str, unfinished: str | None) -> None:
    assert _found(plan, result)[0] == unfinished


@pytest.mark.parametrize(
    ("plan", "result", "future"),
    [
        (
            "開館時間の延長を検討します。",
            "開館時間の延長を決めました。平成30年度から開館時間を延長します。",
            None,
        ),
        ("開館時間を延長します。", "開館時間を延長します。", "開館時間を延長します"),
        ("開館時間の延長を検討します。", "開館時間の延長を検討します。", "開館時間の延長を検討します"),
    ],
)
def test_prospect_of_what_was_only_studied(plan: str, result: str, future: str | None) -> None:
    assert _found(plan, result)[1] == future


@given(st.text(alphabet="窓口の検討を行い、進め設置しますともに踏まえ。\n", max_size=80))
def test_any_text_is_borne(text: str) -> None:
    for each in undertakings(text):
        assert each.text in text or "、" in each.text
