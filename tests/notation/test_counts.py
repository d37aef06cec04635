"""Counted things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.counts import find_counts


@pytest.mark.parametrize(
    ("text", "written", "value", "counter", "noun"),
    [
        ("調査審議を8回にわたって", "8回", 8, "回", "調査審議"),
        ("安全講習会を 2 回実施", "2 回", 2, "回", "安全講習会"),
        ("功労者として 562 名の方", "562 名", 562, "名", "功労者"),
        ("109 の団体に", "109 の団体", 109, "団体", ""),
        ("市民交流センターの4拠点", "4拠点", 4, "拠点", "市民交流センター"),
        ("H27：23種類", "23種類", 23, "種類", ""),
        ("6課との合併入札", "6課", 6, "課", ""),
        ("「市民アンケート」を1,200件", "1,200件", 1200, "件", "市民アンケート"),
        ("計 7 回分", "7 回", 7, "回", ""),
        ("約3万2千人が来場", "約3万2千人", 32000, "人", ""),
        ("2.5万人", "2.5万人", 25000, "人", ""),
        ("99.2％", "99.2％", Decimal("99.2"), "%", ""),
        ("七七・八%", "七七・八%", Decimal("77.8"), "%", ""),
        ("△3.2ポイント", "△3.2ポイント", Decimal("-3.2"), "ポイント", ""),
        ("３箇所", "３箇所", 3, "か所", ""),
        ("5ヶ所", "5ヶ所", 5, "か所", ""),
        ("審議会は三回", "三回", 3, "回", "審議会"),
        ("0件", "0件", 0, "件", ""),
        ("2回線", "2回線", 2, "回線", ""),
        ("5千件", "5千件", 5000, "件", ""),
        ("参加者数300人", "300人", 300, "人", "参加者数"),
        ("アクセス数5万件", "5万件", 50_000, "件", "アクセス数"),
        ("体操教室を年間120回", "120回", 120, "回", "体操教室"),
        ("体操教室を年に100回", "100回", 100, "回", "体操教室"),
        ("介護予防教室を市内10か所で", "10か所", 10, "か所", "介護予防教室"),
        ("市内10か所で", "10か所", 10, "か所", ""),
        ("相談会を毎月2回", "2回", 2, "回", "相談会"),
        ("市立小学校全14校", "14校", 14, "校", "市立小学校"),
        ("実施設計3件", "3件", 3, "件", "実施設計"),
        ("補助を、60件", "60件", 60, "件", "補助"),
        ("訓練を年三回行い", "三回", 3, "回", "訓練"),
        ("利用者を千人に", "千人", 1000, "人", "利用者"),
        ("苗を4,000株", "4,000株", 4000, "株", "苗"),
        ("市有地5筆", "5筆", 5, "筆", "市有地"),
        ("定員20床", "20床", 20, "床", "定員"),
        ("特産品5品目", "5品目", 5, "品目", "特産品"),
        ("歩道1.5km", "1.5km", Decimal("1.5"), "キロメートル", "歩道"),
        ("面積300m2", "300m2", 300, "㎡", "面積"),
    ],
)
def test_count(text: str, written: str, value: int | Decimal, counter: str, noun: str) -> None:
    (count,) = find_counts(text)
    assert (count.text, count.value, count.counter, count.noun) == (written, value, counter, noun)
    assert text[count.start : count.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "第2回", "第 2 回", "3件目", "12、3箇所", "十二、三箇所", "四、五十人", "数十人", "2～3回", "4-5人",
        "1/2台", "第15条", "24条", "2工区", "1階", "第2四半期", "1,2345件", "99.2.1%",
        "70周年", "平成29年4月1日",
        "3,918千円", "1台当たり", "一部", "統一回答", "約数10人", "市内数10か所", "百人一首", "2t車", "5食品",
        "第1次避難所", "10年", "3か月", "24時間", "",
    ],
)  # fmt: skip
def test_no_count(text: str) -> None:
    assert find_counts(text) == []


def test_bound_and_approximation() -> None:
    for text, bound, approximate in (
        ("300人以上", "以上", False),
        ("80%未満", "未満", False),
        ("約300人以上", "以上", True),
        ("300人程度", None, True),
        ("予約30件", None, False),
    ):
        (count,) = find_counts(text)
        assert (count.bound, count.approximate) == (bound, approximate)


def test_two_counts_keep_their_nouns() -> None:
    counts = find_counts("幹事会を 3 回、委員会を 6 回開催")
    assert [(count.noun, count.value) for count in counts] == [("幹事会", 3), ("委員会", 6)]


@given(
    st.integers(min_value=0, max_value=10**9),
    st.sampled_from(["回", "名", "人", "件", "拠点", "種類", "％"]),
    st.booleans(),
)
def test_what_is_formatted_is_found_again(value: int, counter: str, grouped: bool) -> None:
    number = f"{value:,}" if grouped else str(value)
    text = f"研修会を{number}{counter}、開催"
    (count,) = find_counts(text)
    assert (count.value, count.text, count.noun) == (value, f"{number}{counter}", "研修会")


@given(st.text(alphabet="0123９,.、 約第回名人件%％の一二十千万△・～「」ア") | st.text())
def test_any_text_is_read(text: str) -> None:
    end = 0
    for count in find_counts(text):
        assert text[count.start : count.end] == count.text
        assert count.start >= end
        end = count.end


def test_long_texts_take_linear_time() -> None:
    for piece in ("9", "1,", "1万", "1 万 ", "十", "〇", "「", "一千", "3回", "漢", "約"):
        find_counts(piece * 50_000 + "3")
