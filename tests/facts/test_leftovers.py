"""What was left in the texts: where it stands, and what only looks like it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.leftovers import find_leftovers, leftover_rows
from jisseki_check.facts.views import ReportView
from jisseki_check.forms.report_json import JsonPlaces
from jisseki_check.model import Document, Remark
from jisseki_check.notation.personal import mask
from tests.facts.reports import PROFILE, amount, item, report, rows

ALPHABET = (
    "○〇●△□×XＸx◎平成令和年度月日 　\n※★→←？?【】（）()要修正確認後記入ください：:。ここまでから約第回"
    "<p>br/&amp;;\u200b\u00a0\u202e\r\x00\ufe0e0123456789-@様山田市丁目番口座銀行"
)


def _found(text: str, *, is_title: bool = False) -> list[tuple[str, str]]:
    held = find_leftovers(text, PROFILE, is_title)
    return [(found.kind, text[found.start : found.end]) for found in held]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("○○小学校に設けました。", "○○"),
        ("講師に○○○氏を招きました。", "○○○"),
        ("株式会社△△に委託しました。", "△△"),
        ("「●●」を公表しました。", "●●"),
        ("○○△△協会と行いました。", "○○△△"),
        ("場所は〇〇です。", "〇〇"),
        ("費用は○○,○○○円です。", "○○"),
        ("平成○年に始めました。", "平成○年"),
        ("令和ＸＸ年度に始めました。", "令和ＸＸ年度"),
        ("平成　年　月　日に開きました。", "平成　年　月　日"),
        ("令和　年度の計画です。", "令和　年度"),
        ("平成29年 月 日に開きました。", "年 月 日"),
        ("平成30年3月　日に開きました。", "月　日"),
        ("第○回の大会を開きました。", "第○回"),
        ("10月○日に開きました。", "○日"),
        ("約○人が参加しました。", "約○人"),
        ("XX課と行いました。", "XX"),
        ("ｘｘｘ円を縮減しました。", "ｘｘｘ"),
        ("人数：後日記入", "後日記入"),
        ("設けました。（後日記入）", "後日記入"),
        ("要確認", "要確認"),
        ("成果をここに記入", "ここに記入"),
        ("成果を200字以内で記入してください。", "記入してください"),
        *((value, value) for value in ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A")),
        ("前の年度に比べて #DIV/0! パーセント減りました。", "#DIV/0!"),
        ("参加は＃Ｎ／Ａ人でした。", "＃Ｎ／Ａ"),
        ("参加は#SPILL!", "#SPILL!"),
    ],
)
def test_placeholder(text: str, left: str) -> None:
    found = _found(text)
    assert ("placeholder", left) in found
    assert {kind for kind, _ in found} == {"placeholder"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("設けました。※要修正", "※要修正"),
        ("設けました。※ 修正", "※ 修正"),
        ("★要確認\n設けました。", "★要確認"),
        ("設けました【要確認】。", "【要確認】"),
        ("【修正】設けました。", "【修正】"),
        ("設けました（要修正）。", "（要修正）"),
        ("設けました（要確認：数字は危機管理課）。", "（要確認：数字は危機管理課）"),
        ("設けました。\nここまで\n開きました。", "ここまで"),
        ("設けました。\n--- ここから追記 ---", "--- ここから追記 ---"),
        ("12人←数字を確認", "←数字を確認"),
        ("12人です。→要確認", "→要確認"),
        ("12人でよいか？？", "？？"),
        ("メモ：数字は後で直す。", "メモ："),
    ],
)
def test_editor_note(text: str, left: str) -> None:
    assert _found(text) == [("editor-note", left)]


@pytest.mark.parametrize(
    "text",
    [
        "(仮称)南部公園の開園の時期は未定です。",
        "関係機関との調整を図りました。調整中です。",
        "達成状況は◎○△の順です。",
        "○ 人事課、○総務課",
        "○○○\n見出し\n○○○",
        "【○○】",
        "凡例　○○：大変良い　○：良い",
        "○人権の講座を開きました。",
        "二〇〇〇年に一〇〇人が参加しました。",
        "○×クイズを行いました。",
        "FAXXとXXLとXXI、モデルXXを使いました。",
        "第XX回の大会を開きました。",
        "予算は　千円です。",
        "平成 29 年 4 月 1 日に開きました。",
        "令和　年号を改めました。",
        "未記入の欄を減らしました。",
        "要確認の世帯を訪ねました。",
        "「要確認」と表示しました。",
        "申請書に「記入してください」と書きました。",
        "※他団体等への派遣職員を除く",
        "※修正後の予算額",
        "申請→確認→交付の順に行いました。",
        "参加は120人（←前の年度は100人）でした。",
        "講座「防災って何？？」を開きました。",
        "ここまでの取り組みを振り返りました。",
        "<部の構成>と同じで、a<b かつ c>d、A&B 社です。",
        "葛\U000e0100飾と辻\ufe00、👨\u200d👩",
        "一行目\r\n二行目\t三列目",
        "#1から#12までの12件と、合言葉「#NAME?」と#NAMEを募りました。",
        "数式の誤り「#N/A」の直し方を説明しました。",
        "製品番号は#N/A12と#NUMです。",
    ],
)
def test_what_is_right(text: str) -> None:
    assert _found(text) == []


def test_draft_in_the_title_only() -> None:
    assert _found("平成29年度福祉部の取り組み実績（案）", is_title=True) == [("editor-note", "（案）")]
    assert _found("基本計画（案）") == []


@pytest.mark.parametrize(
    ("text", "kind", "detail", "count"),
    [
        ("<p>設けました。</P><br/>", "markup", "<p>、<br>", 3),
        ("A&amp;B&#x20;", "entity", "&amp;、&#x20;", 2),
        ("あ\u200bい\u200bう\u00a0", "invisible", "U+200B 幅のない文字、U+00A0 改行しない空白", 3),
        ("あ\u202eい", "invisible", "U+202E 文字の向きの制御", 1),
        (
            "あ\x00い\rう\ufffd\x0b",
            "invisible",
            "U+0000 制御文字、U+000D 制御文字、U+FFFD 文字化けの跡など",
            4,
        ),
    ],
)
def test_one_a_field(text: str, kind: str, detail: str, count: int) -> None:
    (found,) = find_leftovers(text, PROFILE)
    assert (found.kind, found.detail, found.count) == (kind, detail, count)


def test_the_same_words_are_counted() -> None:
    held = [(found.count, found.start) for found in find_leftovers("○○小学校と○○中学校、△△高校", PROFILE)]
    assert held == [(2, 0), (1, 12)]


def test_every_text_is_looked_at() -> None:
    left = "○○課"
    full = item(
        number=left, title=left, division=left, goal=left, initiative=left, result=left,
        amounts=(amount("settlement", 5, note=left),),
    )  # fmt: skip
    fields = {"number", "title", "division", "goal", "initiative", "result", "amounts/0"}
    assert {row["field"] for row in rows("leftovers", full) if row["item"] == 1} == fields
    remarks = (Remark("unread", left, item=1), Remark("lenient", left))
    own = report(title=left, divisions=(left,), legend=left, remarks=remarks)
    held = list(leftover_rows(ReportView(0, Document("a", own, JsonPlaces({})), PROFILE)))
    assert [row["field"] for row in held] == ["title", "title", "divisions", "legend", "remarks/0"]


def test_clean_report_has_its_row() -> None:
    (row,) = rows("leftovers", item())
    assert (row["kind"], row["item"], row["count"]) == ("none", None, 0)


def test_personal_datum_is_not_repeated() -> None:
    held = rows("leftovers", item(result="番号は123456789018です。"))
    assert [row["text"] for row in held] == [None, "12＊＊＊＊＊＊＊＊18"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ヘッダー：総務部　取り組み実績", []),
        ("ヘッダー：平成29年度総務部の取り組み実績（案）\n総務部", [("editor-note", "（案）")]),
        ("ヘッダー：総務部\n未定稿", [("editor-note", "未定稿")]),
        ("ヘッダー：案", [("editor-note", "案")]),
        ("フッター：○○部", [("placeholder", "○○")]),
        ("ヘッダー：部外秘　要確認　総務部", [("placeholder", "要確認")]),
        ("フッター：担当 山田 090-1234-5678", [("mobile", mask("090-1234-5678"))]),
    ],
)
def test_what_stands_on_every_page_is_looked_at_as_a_title_is(text: str, left: list[tuple[str, str]]) -> None:
    held = rows("leftovers", item(), remarks=(Remark("page", text),))
    assert [(row["kind"], row["text"]) for row in held[1:]] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("HTML のコメント：ここまで", []),
        ("HTML のコメント：メインの案", []),
        ("HTML のコメント：決算は要確認", []),
        ("HTML のコメント：要確認", [("placeholder", "要確認")]),
        ("HTML のコメント：※要修正", [("editor-note", "※要修正")]),
    ],
)
def test_comments_of_the_source_are_looked_at(text: str, left: list[tuple[str, str]]) -> None:
    held = rows("leftovers", item(), remarks=(Remark("aside", text),))
    assert [(row["kind"], row["text"]) for row in held[1:]] == left


def test_profile_without_the_lists() -> None:
    bare = replace(PROFILE, words={"unfinished": ()})
    assert list(find_leftovers("※要修正\n要確認", bare)) == []
    assert [found.kind for found in find_leftovers("○○課", bare)] == ["placeholder"]


def test_what_is_left_in_a_file_is_left_over() -> None:
    left = (
        Remark("comment", "090-1234-5678 に確認", count=2),
        Remark("hidden", "隠した文"),
        Remark("tracked", "『8回』を『9回』に変更"),
        Remark("inert", "マクロ"),
    )
    held = [row for row in rows("leftovers", item(), remarks=left) if row["kind"] in {"comment", "tracked"}]
    assert [(row["kind"], row["text"], row["count"], row["field"], row["start"]) for row in held] == [
        ("comment", f"{mask('090-1234-5678')} に確認", 2, "remarks/0", None),
        ("tracked", "『8回』を『9回』に変更", 1, "remarks/2", None),
    ]


@given(st.text(ALPHABET, max_size=100) | st.text(max_size=100))
def test_spans_slice_to_the_text(text: str) -> None:
    held = rows("leftovers", item(result=text), legend=None)[1:]
    assert [row for row in held if row["field"] != "result"] == []
    for row in held:
        assert 0 <= row["start"] < row["end"] <= len(text)
        assert mask(text)[row["start"] : row["end"]] == row["text"]
        assert row["count"] >= 1
    # The look at all texts together hides nothing that is in one of them.
    assert len(held) == len(list(find_leftovers(text, PROFILE)))


@pytest.mark.parametrize(
    "unit",
    [
        "○",
        "0",
        "<",
        "<p ",
        "@",
        "a@a.",
        "←",
        "【",
        "（要確認：",
        "平成 ",
        " ",
        "\n ",
        "様1-1-1 ",
        "？",
        "\u200b",
        "ー",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    start = time.process_time()
    list(find_leftovers(text, PROFILE))
    assert time.process_time() - start < 5
