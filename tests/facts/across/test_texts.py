"""Texts as they are compared between documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.across.texts import bigrams, likeness, placed, plain, spelled, undated, without_years


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("説明会を１８回、開きます。", "説明会を18回開きます"),
        ("・土手の草刈り\n・池の泥の取り除き", "①土手の草刈り ②池の泥の取り除き"),
        ("「見守り」アプリ（仮称）", "見守りアプリ(仮称)"),
        ("1,240 人", "1240人"),
        ("◎公園を\n  直します", "公園を直します"),
        ("ｶﾞｰﾄﾞﾚｰﾙ", "ガードレール"),
        ("- 草を刈ります", "草を刈ります"),
    ],
)
def test_how_a_text_is_set_does_not_count(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("令和2年3月までに", "2020年3月までに"),
        ("平成30年3月までに", "H30.3までに"),
        ("平成29年（2017年）10月まで", "平成29年10月まで"),
        ("10月1日（日）に開きます", "10月1日に開きます"),
        ("80パーセント", "80％"),
        ("4～9月", "4〜9月"),
        ("市内12ヶ所", "市内12箇所"),
        ("1万2,000部", "12,000部"),
        ("一人一人の申し込み手続き", "一人ひとりの申込手続"),
    ],
)
def test_years_and_units_may_be_spelled_in_any_way(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("令和2年3月", "2021年3月"),
        ("10月1日（日）", "10月2日（月）"),
        ("12か所", "13か所"),
        ("1万部", "10部"),
    ],
)
def test_another_year_or_number_is_another_text(one: str, other: str) -> None:
    assert spelled(one) != spelled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.2％減らす", "32％減らす"),
        ("△5人", "5人"),
        ("課題18-1", "課題181"),
        ("10校で開く", "110校で開く"),
        ("6月までに", "6月からに"),
    ],
)
def test_what_a_text_says_counts(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("平成29年6月に始めた", "平成28年6月に始めた"),
        ("令和元年度の実績", "平成30年度の実績"),
        ("2017年度に終えた", "2016年度に終えた"),
        ("H29.6.1に開いた", "H28.6.1に開いた"),
        ("令和2年度（2020年度）", "令和3年度（2021年度）"),
        ("29年度末までに", "28年度末までに"),
        ("平成27～29年度の計画", "平成26～28年度の計画"),
    ],
)
def test_years_do_not_count_from_year_to_year(one: str, other: str) -> None:
    assert without_years(plain(one)) == without_years(plain(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("平成29年6月に始めた", "平成28年7月に始めた"),
        ("2,017人が来た", "2,016人が来た"),
        ("20年間続いた", "30年間続いた"),
        ("第29回の大会", "第28回の大会"),
    ],
)
def test_other_numbers_do(one: str, other: str) -> None:
    assert without_years(plain(one)) != without_years(plain(other))


@pytest.mark.parametrize(
    ("text", "days", "ordinals", "volumes"),
    [
        ("平成29年5月14日（土）に開き、1,240人が訪れました。", ("5月14日",), (), 1),
        ("6月3日、4日の2日間と7月上旬に開きました。", ("6月3日", "4日", "7月上旬"), (), 0),
        ("H28.12.20に43か所を点検しました。", ("12月20日",), (), 0),
        ("第38回の祭りを3日前から準備しました。", (), (38,), 0),
        ("開館20周年、3年目、7回目の展示です。", (), (20, 3, 7), 0),
        ("年24回、16校の5割で行いました。", (), (), 0),
        ("収納率は98.7％、滞納は3億円でした。", (), (), 2),
        ("5月14日日本庭園を開きました。", ("5月14日",), (), 0),
    ],
)
def test_what_a_year_brings_is_taken_out(
    text: str, days: tuple[str, ...], ordinals: tuple[int, ...], volumes: int
) -> None:
    found = undated(spelled(text))
    assert (found.days, found.ordinals, found.volumes) == (days, ordinals, volumes)


def test_names_with_numbers_are_no_ordinals_of_a_year() -> None:
    for text in ("第3工区", "第2小学校", "第4次計画", "3期目"):
        assert undated(spelled(text)).ordinals == ()


@given(st.text(alphabet="計画を（18）回、・①ｶﾞ1２.-△ \n。", max_size=40))
def test_places_lead_back_to_the_text(text: str) -> None:
    compared, offsets = placed(text)
    assert compared == plain(text)
    assert len(compared) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


def test_likeness_is_of_what_two_texts_share() -> None:
    one = bigrams("公園の再整備")
    assert likeness(one, one) == 1
    assert likeness(one, bigrams("窓口の案内")) == 0
    assert likeness(one, bigrams("公園の整備")) > 0.5
    assert likeness(one, bigrams("")) == 0
