"""One thing under two names: spellings, ・, homophones, and compounds told of in the same words."""

from __future__ import annotations

import pytest

from jisseki_check.facts.spots import read_spots
from tests.facts.reports import item
from tests.facts.test_wordings import Rows, rows


def both(plan: str, result: str, kind: str) -> Rows:
    return rows(item(goal=plan, initiative=None, result=result), kind=kind)


@pytest.mark.parametrize(
    ("plan", "result", "texts"),
    [
        ("転入の手続きと転出の手続きです。", "転入の手続です。", ("手続", "手続き")),
        ("サーバーとサーバーです。", "サーバ室です。", ("サーバ", "サーバー")),
        ("全ての地区と全ての学校です。", "すべての公園です。", ("すべて", "全て")),
        ("ごみの日とごみ袋です。", "ゴミの日です。", None),
        ("施設の見直しと、制度の見直しです。", "規則の見直です。", ("見直", "見直し")),
    ],
)
def test_spelling(plan: str, result: str, texts: tuple[str, str] | None) -> None:
    found = [(row["text"], row["usual"]) for row in both(plan, result, "spelling")]
    assert found == ([texts] if texts else [])


@pytest.mark.parametrize(
    ("plan", "result"),
    [
        ("申込みは窓口です。", "申込書を配りました。"),  # 送り仮名 is left out in a compound
        ("転入の手続きです。", "行政手続法に沿いました。"),
        ("扶養手当です。", "けがの手当てです。"),
        ("転入の時です。", "転出のときです。"),
        ("危険な箇所です。", "3か所です。"),
        ("１２０人です。", "120人です。"),
        ("見守りの取組です。", "見守りの取り組みです。"),  # STY101 says that
        ("申請を受け付け、調べます。", "申請の受付です。"),
    ],
)
def test_what_is_spelt_in_two_ways_rightly(plan: str, result: str) -> None:
    assert both(plan, result, "spelling") == []


def test_a_dot_more_or_less() -> None:
    (row,) = both("人事・給与制度と人事・給与システムです。", "人事給与システムです。", "dot")
    assert (row["text"], row["usual"], row["count"], row["usual_count"]) == (
        "人事給与", "人事・給与", 1, 1,
    )  # fmt: skip
    assert [spot.field for spot in read_spots(row["usual_places"])] == ["goal"]


@pytest.mark.parametrize(
    ("plan", "result"), [("調査・審議です。", "調査審議です。"), ("調査・試験等です。", "調査試験等です。")]
)
def test_a_dot_alone_is_no_evidence(plan: str, result: str) -> None:
    assert both(plan, result, "dot") == []


def test_homophone_of_the_documents_own_majority() -> None:
    plan = "市制施行50周年の式典と、市制施行50周年の冊子と、みずき市の市制施行50周年の歌です。"
    (row,) = both(
        plan, "市政施行50周年の式典を開き、市政功労者を表彰し、健全な市政を語りました。", "homophone"
    )
    assert (row["text"], row["usual"], row["count"], row["usual_count"]) == ("市政", "市制", 1, 3)


@pytest.mark.parametrize(
    ("plan", "result"),
    [
        ("市制施行50周年と市制施行60周年です。", "市政功労者の表彰です。"),
        ("市立高校と市立高校と市立高校です。", "私立高校です。"),
        ("社会保障制度と社会保障制度です。", "信用保証制度です。"),
        ("職員研修と職員研修です。", "職域研修です。"),
    ],
)
def test_two_words_in_contexts_of_their_own(plan: str, result: str) -> None:
    assert both(plan, result, "homophone") == []


@pytest.mark.parametrize(
    ("plan", "result", "least"),
    [
        (
            "予約システムの本運用を平成29年10月から始めます。",
            "予約システムの本格運用を平成29年10月から始めました。",
            6,
        ),
        (
            "窓口の応対の研修を、職員が受ける必須科目とします。",
            "窓口の応対の研修を、職員が受ける必須課題としました。",
            4,
        ),
    ],
)
def test_near_terms_in_the_same_words(plan: str, result: str, least: int) -> None:
    (row,) = both(plan, result, "near")
    assert row["same_words"] >= least


@pytest.mark.parametrize(
    ("plan", "result"),
    [
        ("東小学校の体育館の耐震改修を行います。", "西小学校の体育館の耐震改修を行いました。"),
        ("第1回の訓練を平成29年10月に行います。", "第2回の訓練を平成29年10月に行いました。"),
        ("手話の研修を市役所で2回以上開きます。", "手話の研修を市役所で20回以上開きました。"),
        ("平成28年度予算編成の見直しを行います。", "平成28年度予算執行の見直しを行いました。"),
        ("市民への情報発信を行います。", "市民への情報収集を行いました。"),
        ("必須科目と必須課題を職員が受けます。", "必須科目と必須課題を職員が受けました。"),
    ],
)
def test_pairs_that_are_two_things(plan: str, result: str) -> None:
    assert [row for row in both(plan, result, "near") if row["same_words"] >= 4] == []


@pytest.mark.parametrize(
    ("plan", "result", "written", "usual"),
    [
        (
            "施設の予約管理システムを改めます。",
            "予約管理ソフトの操作を学びました。",
            "予約管理ソフト",
            "予約管理システム",
        ),
        (
            "「津波避難経路マップ」を作ります。",
            "津波避難経路地図を全戸に配りました。",
            "津波避難経路地図",
            "津波避難経路マップ",
        ),
        ("市の広報紙を改めます。", "市の広報誌を8ページ増やしました。", "広報誌", "広報紙"),
    ],
)
def test_another_name_in_the_result(plan: str, result: str, written: str, usual: str) -> None:
    (row,) = both(plan, result, "name")
    assert (row["text"], row["usual"]) == (written, usual)


@pytest.mark.parametrize(
    ("plan", "result"),
    [
        ("予約管理システムと予約管理ソフトを改めます。", "予約管理ソフトを改めました。"),
        ("予約システムを改めます。", "予約ソフトの操作を学びました。"),
        ("予約管理システムを改めます。", "予約管理方法を学びました。"),
        ("職員研修計画を改めます。", "職員訓練プランを改めました。"),
        ("橋の実施設計を行います。", "道の概略設計を終えました。"),
    ],
)
def test_names_of_two_things(plan: str, result: str) -> None:
    assert both(plan, result, "name") == []
