"""A stated number beside the list that it counts; where the list may be a part, nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.lists import find_lists


@pytest.mark.parametrize(
    ("text", "stated", "counted"),
    [
        ("東会館、西会館、北図書館の4施設に備えました。", 4, (3, 3)),
        ("避難所である東会館、西会館及び北会館の3施設に備えました。", 3, (3, 3)),
        ("対象としているはな会館、西会館、北会館の3施設に備えました。", 3, (3, 3)),
        ("東会館（2階、3階）、西会館の2施設に備えました。", 2, (2, 2)),
        ("昨年度、東会館、西会館の2施設に備えました。", 2, (2, 3)),
        ("東会館、子ども・若者館の2施設に備えました。", 2, (2, 3)),
        ("火災の場合、東会館、西会館の2施設を開きます。", 2, (2, 3)),
        ("広報の充実、費用の縮減、職員の育成の３点に取り組みました。", 3, (3, 3)),
        ("用具を納め、駅前会館、上沼会館及び西会館の4施設に備えました。", 4, (3, 3)),
        ("市内3か所（東会館、西会館）に備えました。", 3, (2, 2)),
        ("次の3つに取り組みました。\n・広報\n・啓発\n・訓練\nこれにより備えが進みました。", 3, (3, 3)),
        ("次の2点を改めました。\n① 受付 ② 抽選 ③ 通知", 2, (3, 3)),
        ("以下の3項目です。\n(1) 受付\n(2) 抽選\n", 3, (2, 2)),
    ],
)
def test_whole_list(text: str, stated: int, counted: tuple[int, int]) -> None:
    (found,) = find_lists(text)
    assert (found.stated, (found.fewest, found.utmost)) == (stated, counted)


@pytest.mark.parametrize(
    "text",
    [
        "東会館、西会館などの8施設に備えました。",
        "東会館、西会館ほかの3施設に備えました。",
        "小学校、中学校の14校に配りました。",
        "幼稚園、保育所の3施設に配りました。",
        "総務課、人事課の32人が受けました。",
        "東地区、西地区の3施設に備えました。",
        "東小学校3校、西中学校の4校に備えました。",
        "相談窓口4か所（東会館、西会館ほか）に備えました。",
        "東・西・南の4校に備えました。",
        "玄関、駅前、駐車場及び倉庫の4か所に備えました。",
        "毛布を備え、西会館の2施設に配りました。",
        "東会館、西会館、北会館の第3施設に備えました。",
        "次の2つに取り組みました。\n・広報\n・啓発\n以上です。\n・訓練\n",
        "次の3つに取り組みました。詳しくは別に述べます。",
    ],
)
def test_part_of_a_list_or_no_list(text: str) -> None:
    assert [found for found in find_lists(text) if not found.fewest <= found.stated <= found.utmost] == []


@given(st.text(alphabet="東西館、及び（）の4施設次の\n・①(1) 「」など", max_size=80))
def test_any_text_is_borne(text: str) -> None:
    for found in find_lists(text):
        assert text[found.start : found.end] == found.text
        assert 2 <= found.fewest <= found.utmost
