"""What a comment beside the data says, and what it may not leave out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.exceptions.inline import Said, Unclear, parse
from jisseki_check.model import Waiver

FULL = Said(
    "FIN105",
    Waiver("入札の差金による", "総務課 山田", "財政課長 佐藤", "2027-03-31"),
    ("3,741千円",),
    dt.date(2026, 5, 20),
)


@pytest.mark.parametrize(
    "text",
    [
        "免除 FIN105「3,741千円」 理由：入札の差金による 申請：総務課 山田 承認：財政課長 佐藤 "
        "承認日：2026-05-20 期限：2027-03-31",
        "免除　ＦＩＮ１０５「3,741千円」　理由:入札の差金による、申請者：総務課 山田、承認者：財政課長 佐藤、"
        "承認日：２０２６－０５－２０、期限：令和9年3月31日まで",
        'waive fin105 "3,741千円" until: 2027-03-31 approved-by: 財政課長 佐藤 approved_on: 2026/5/20 '
        "Requested-By: 総務課 山田 REASON: 入札の差金による",
        "免除:FIN105『3,741千円』理由：入札の差金による。承認日：R8.5.20 承認：財政課長 佐藤 "
        "申請：総務課 山田 期限：2027年3月31日",
    ],
)
def test_the_same_in_other_words(text: str) -> None:
    said = parse(text)
    assert (said.rule, said.values, said.approved_on) == (FULL.rule, FULL.values, FULL.approved_on)
    assert said.waiver.until == FULL.waiver.until
    assert said.waiver.reason.rstrip("。") == FULL.waiver.reason
    assert (said.waiver.requested_by, said.waiver.approved_by) == (
        FULL.waiver.requested_by,
        FULL.waiver.approved_by,
    )


def test_code_and_reason_are_enough_to_be_clear() -> None:
    assert parse("免除 FIN105 理由：あ") == Said("FIN105", Waiver("あ"))


def test_several_values_and_values_with_brackets() -> None:
    assert parse("免除 STY102「ウェブ」「Web」理由：あ").values == ("ウェブ", "Web")
    assert parse("免除 STY102「「もったい」の日」、「い」 理由：あ").values == ("「もったい」の日", "い")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "「免除」で始まっていません"),
        ("無視 FIN105 理由：あ", "「免除」で始まっていません"),
        ("免除", "規則のコードがありません"),
        ("免除 FIN1055 理由：あ", "規則のコードがありません"),
        ("免除 FIN105", "理由がありません"),
        ("免除 FIN105 入札のため 理由：あ", "意味が分かりません"),
        ("免除 FIN105「」 理由：あ", "意味が分かりません"),
        ("免除 FIN105「 」 理由：あ", "値がありません"),
        ("免除 FIN105 理由：", "「理由」の中身がありません"),
        ("免除 FIN105 理由：あ 承認： 期限：2027-03-31", "「承認」の中身がありません"),
        ("免除 FIN105 理由：あ 理由：い", "「理由」が2回あります"),
        ("免除 FIN105 理由：あ 期限：来年", "日付として読めません"),
        ("免除 FIN105 理由：あ 期限：2027-02-30", "という日はありません"),
        ("免除 FIN105 理由：あ 期限：2027年3月", "日付として読めません"),
        ("免除 FIN105 理由：" + "あ" * 501, "長すぎます"),
    ],
)
def test_what_is_not_clear_is_said(text: str, said: str) -> None:
    with pytest.raises(Unclear, match=said):
        parse(text)


@given(st.text(alphabet='免除waiveFIN105 　「」『』"理由：:申請承認日期限2027-03-31、。あ', max_size=80))
def test_nothing_else_comes_of_any_text(text: str) -> None:
    try:
        said = parse(text)
    except Unclear:
        return
    assert said.waiver.reason.strip() == said.waiver.reason != ""
    assert all(said.values)
