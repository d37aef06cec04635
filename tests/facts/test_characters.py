"""Characters and endings, as the table `characters` tells them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check import profiles
from jisseki_check.facts.characters import _FINDERS, _is_of_one_way, character_rows
from jisseki_check.facts.spots import read_spots
from jisseki_check.facts.views import ReportView
from jisseki_check.forms.report_json import JsonPlaces
from jisseki_check.model import Document
from tests.facts.reports import item, report, view


def told(text: str, kind: str) -> list[dict[str, Any]]:
    held = report(item(title="見守り", goal=None, initiative=None, result=text))
    return [row for row in character_rows(view(held)) if row["kind"] == kind]


@pytest.mark.parametrize(
    ("text", "kind", "rarer", "count", "usual_count"),
    [
        ("倉庫（東）と倉庫（西）と倉庫(南)", "brackets", "(", 2, 4),
        ("12人と34人と１２人", "digits", "１２", 1, 2),
        ("ＡＢとCDとEF", "letters", "ＡＢ", 1, 2),
        ("「東」と「西」と“南”", "quotes", "“", 1, 2),
        ('「東」と「西」と"南"', "quotes", '"', 1, 2),
        ("直しました。調べました。倉庫を点検。", "style", "倉庫を点検。", 1, 2),
        ("直しました。調べました。倉庫を建てた。", "style", "倉庫を建てた。", 1, 2),
    ],
)
def test_mixed(text: str, kind: str, rarer: str, count: int, usual_count: int) -> None:
    (row,) = told(text, kind)
    assert (row["text"][-len(rarer) :], row["count"], row["usual_count"]) == (rarer, count, usual_count)
    assert row["share"] == pytest.approx(count / (count + usual_count))
    assert len(read_spots(row["places"])) == count - 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("（東）と（西）、(1)と(GIS)", "brackets"),
        ("１か所で12人、２か所で340人", "digits"),
        ("直しました。\n毛布 30枚\n食料 20箱", "style"),
        ("（詳しくは別に定める。）直しました。「直した。」と答えました。", "style"),
        ("「東」と『西』", "quotes"),
        ('5"の画面と「東」', "quotes"),
    ],
)
def test_not_mixed(text: str, kind: str) -> None:
    assert told(text, kind) == []


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("㈱みずきと㈱みずき", "一字に詰めた文字の ㈱"),
        ("№1、120㎡", "一字に詰めた文字の №・㎡"),
        ("ﾃﾝﾄ", "半角の片仮名の ﾃ・ﾝ・ﾄ"),
        ("\ue000の字", "外字の U+E000"),
        ("第Ⅱ期", "ローマ数字の Ⅱ"),
        ("㊙の書類", "囲み文字の ㊙"),
        ("①受付②抽選の順", "囲み文字の ①・②"),
    ],
)
def test_platform_characters(text: str, detail: str) -> None:
    assert [row["detail"] for row in told(text, "platform")] == [detail]


def test_a_profile_allows_its_own_numbering() -> None:
    held = report(item(title=None, goal=None, initiative=None, result="① 受付 ② 抽選 ⑳ 通知"))
    kinds = {
        name: [
            row["kind"]
            for row in character_rows(
                ReportView(0, Document("0.json", held, JsonPlaces({})), profiles.load(name))
            )
        ]
        for name in ("hirakata", "hirakata-r2")
    }
    assert kinds == {"hirakata": ["none", "platform"], "hirakata-r2": ["none"]}


@given(
    st.lists(
        st.sampled_from(
            [*'（）()Ａb１2「」『“”〝"。\n ますした', "GIS", "ます", "ました", "です", "ください", "点検"]
        ),
        max_size=14,
    ).map("".join)
)
def test_what_is_not_looked_at_closely_is_written_in_one_way(text: str) -> None:
    for kind, find in _FINDERS.items():
        if _is_of_one_way(kind, text, set(text)):
            assert len({side for _, _, side in find(text)}) <= 1


@pytest.mark.parametrize(
    "unit", ["「", "(", "（", "1１", "します。", "あ", '"a', "㈱", "\ue000", "\U0001f600"]
)
def test_any_text_of_any_length(unit: str) -> None:
    """It would not end, were the time to grow with the square of the length."""
    rows = list(character_rows(view(report(item(result=unit * (1_000_000 // len(unit)))))))
    assert all(len(read_spots(row.get("places"))) < 1_000 for row in rows)
