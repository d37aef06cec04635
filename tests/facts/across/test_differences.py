"""How the results' text differs from the plan's: in words, in spelling alone, or by an addition."""

from __future__ import annotations

import pytest

from jisseki_check.facts.across.differences import difference, is_respelled, only_adds

PLAN = "説明会を18の小学校区で開きます。\n分別の手引を全世帯に配ります。"


@pytest.mark.parametrize(
    ("told", "planned"),
    [
        ("減量に取り組み、手引を配ります。", "減量に取組み、手引を配ります。"),
        ("市民及び団体に配ります。", "市民および団体に配ります。"),
        ("観点を踏まえつつ進めます。", "観点踏まえつつ進めます。"),
        ("物資を取りそろえて置きます。", "物資を取り揃えて置きます。"),
        ("子どもの広場を開きます。", "こどもの広場を開きます。"),
        ("ゴミの出し方を伝えます。", "ごみの出し方を伝えます。"),
        ("子供の広場です。", "子ども の広場です。"),
        ("結果をとりまとめて配ります。", "結果を取りまとめて配ります。"),
    ],
)
def test_another_spelling_is_no_rewriting(told: str, planned: str) -> None:
    assert is_respelled(told, planned)


@pytest.mark.parametrize(
    ("told", "planned"),
    [
        ("広場を開くよう努めます。", "広場を開きます。"),
        ("6月までに開きます。", "6月から開きます。"),
        ("全ての小学校で開きます。", "小学校で開きます。"),
        ("広場を開きません。", "広場を開きます。"),
        ("市民にのみ配ります。", "市民に配ります。"),
        ("18回開きます。", "8回開きます。"),
        ("手引を作ります。", "手引を作ります。地図を作ります。"),
        ("冊子を配ります。", "手引を配ります。"),
        ("子どもが憩う広場です。", "誰もが憩う広場です。"),
    ],
)
def test_another_meaning_is(told: str, planned: str) -> None:
    assert not is_respelled(told, planned)
    assert not is_respelled(planned, told)


@pytest.mark.parametrize(
    "told",
    [
        PLAN + "手引の案は、住民の声を聞いて作りました。",
        "説明会を18の小学校区（分校の区を含む）で開きます。分別の手引を全世帯に配ります。",
        "市の全域で行います。" + PLAN,
        PLAN + "※小学校区は、市に18あります。",
        PLAN + "手引とは、分別の決まりを6章にまとめた冊子をいいます。",
        "説明会を18の小学校区で開きます。\n分別の手引を全世帯（52,000世帯）に配ります。",
        PLAN + "日程は、5月に広報紙に載せています。",
    ],
)
def test_an_explanation_may_be_added(told: str) -> None:
    assert only_adds(told, PLAN)


@pytest.mark.parametrize(
    "told",
    [
        "説明会を18の小学校区で開きます。",
        "分別の手引を全世帯に配ります。説明会を18の小学校区で開きます。",
        PLAN + "ただし、分校の区は除きます。",
        PLAN + "手引は翌年度に配ります。",
        PLAN + "なお、残りの世帯には平成30年3月に配ります。",
        PLAN + "手引の点字版は、1月に配ります。",
        PLAN + "あわせて、看板を30枚立てます。",
        PLAN.replace("小学校区", "小学校区（モデル校5校）"),
        PLAN + "参加者は500人以上とします。",
        "説明会を118の小学校区で開きます。分別の手引を全世帯に配ります。",
        PLAN.replace("全世帯", "世帯（希望者のみ）"),
    ],
)
def test_what_changes_the_promise_may_not(told: str) -> None:
    assert not only_adds(told, PLAN)


@pytest.mark.parametrize(
    ("told", "planned", "here", "there"),
    [
        ("広場を考えます。", "広場を増やします。", "広場を考えます。", "広場を増やします。"),
        (
            "説明会を開きます。手引を配ります。",
            "説明会を開きます。地図を配ります。",
            "手引を配ります。",
            "地図を配ります。",
        ),
        ("手引を作ります。", "手引を作ります。地図を作ります。", "手引を作ります。", "地図を作ります。"),
    ],
)
def test_the_sentence_in_which_they_part_is_quoted(told: str, planned: str, here: str, there: str) -> None:
    found = difference(told, planned)
    assert (found.told.quotation, found.planned.quotation) == (here, there)
    for part, text in ((found.told, told), (found.planned, planned)):
        assert text[part.start : part.end] == part.text


def test_of_a_long_sentence_a_part_is_quoted() -> None:
    long = (
        "地域の団体が行う資源の集団回収を広げ、古紙と古布の回収量を増やすため、報償金の対象に{}を加えます。"
    )
    found = difference(long.format("古布"), long.format("古着と毛布"))
    assert found.told.quotation == "…報償金の対象に古布を加えます。"
    assert found.planned.quotation == "…報償金の対象に古着と毛布を加えます。"
    endless = "あ" * 5_000
    found = difference(endless + "い", endless + "う")
    assert len(found.told.quotation) <= 40
    assert found.told.quotation.endswith("い")
    assert not found.respelled
