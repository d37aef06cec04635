"""Particles that are missing, doubled, or at odds with their verb."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check import wordlists
from jisseki_check.facts.particles import _LOOKED_AT, _LOOKS
from jisseki_check.facts.prose import Passage
from jisseki_check.facts.slips import Words
from jisseki_check.notation.morphemes import analyse
from jisseki_check.resources import folder
from tests.facts.test_wordings import told

LIST = yaml.safe_load(Path(folder("rules") / "lists" / "verbs.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", LIST.values(), ids=LIST)
def test_each_group_of_verbs_finds_its_example_only(entry: dict[str, Any]) -> None:
    assert len(told(entry["example"], "particle")) == 1
    assert told(entry["counter_example"], "particle") == []


@pytest.mark.parametrize(
    ("text", "written", "usual"),
    [
        ("住民の意見踏まえつつ進めました。", "意見踏まえ", "意見を踏まえ"),
        ("点検行い、直しました。", "点検行い", "点検を行い"),
        ("遊具の数を増設に取り組みました。", "数を増設に取り組み", "数の増設に取り組み"),
        ("課題の解決を取り組みました。", "解決を取り組み", "解決に取り組み"),
        ("連携に図りました。", "連携に図り", "連携を図り"),
        ("方針を基づき進めました。", "方針を基づき", "方針に基づき"),
        ("地域の発展を貢献しました。", "発展を貢献し", "発展に貢献し"),
        ("遊具をを直しました。", "遊具をを", "遊具を"),
        ("遊具の の数を数えました。", None, None),
        ("遊具を を直しました。", "遊具を を", "遊具を"),
        ("遊具がを直しました。", "遊具がを", None),
        ("状況を検討つつ進めました。", "検討つつ", "検討しつつ"),
        ("点検しましたを記録しました。", "ましたを", None),
        ("暮らしに課題抱える方を訪ねました。", "課題抱える", "課題を抱える"),
        ("自治会の協力得て進めました。", "協力得て", "協力を得て"),
        ("夜間の節水呼び掛けました。", "節水呼び掛け", "節水を呼び掛け"),
        ("庁舎の1階に案内所設けました。", "案内所設け", "案内所を設け"),
        ("地域との交流深め、行事を増やしました。", "交流深め", "交流を深め"),
        ("点検の結果取りまとめ、公表しました。", None, None),
        ("調査結果取りまとめました。", "結果取りまとめ", "結果を取りまとめ"),
        ("工事の実施当たっては、時間を限りました。", "実施当たって", "実施に当たって"),
        ("遊具の点検ついては、年2回としました。", "点検ついて", "点検について"),
        ("遊具の必要性調べ、台帳に書きました。", "必要性調べ", "必要性を調べ"),
        ("遊具の状態調べ、その結果を公表しました。", "状態調べ", "状態を調べ"),
        ("林道の整備を推進を図りました。", "整備を推進を図り", "整備の推進を図り"),
        ("点検の時間が短縮することができました。", "時間が短縮する", "時間を短縮する"),
    ],
)
def test_slip(text: str, written: str | None, usual: str | None) -> None:
    found = [(row["text"], row["usual"]) for row in told(text, "particle")]
    assert found == ([] if written is None else [(written, usual)])


@pytest.mark.parametrize(
    "text",
    [
        "今後行う点検を一層進め、毎年行うこととし、年2回行いました。",
        "職員を対象に取り組み、先進市の例を参考に取り組みました。",
        "計画の案を審議会に諮り、その結果を踏まえて進めました。",
        "母は花の名前を知り、ものの見方を改めました。",
        "平成30年度図ることとし、審議会後目指す水準を定めました。",
        "「点検行い」という標語を掲げました。",
        "安全の確保に努め、関係機関との連携を図りながら、早期の実現を目指しました。",
        "AとBとを比べるのを手伝い、行くのに時間が掛かりました。",
        "新たに1チーム増やし、3人集め、年度内に定める予定です。",
        "会場借上げ、地域支え合い、ルール作り、資金集め、市の実態調べ、その他を挙げました。",
        "別途定める額を超えず、20件程度集め、関係者全員迎えました。",
        "位置付けられた事業で、義務付けられた点検を、夜間受け付けています。",
        "単位面積当たりの量と、線路沿い、海外向け、会社ごとの値です。",
        "（理解深める教室、制度基づく点検）を市民を対象に行いました。",
        "地域守る人材育成事業と、未来開く都市計画の話を聞きました。",
        "職員が短縮することができた時間を、訪問に充てました。",
        "台帳の写しを調査を行う課に送り、市民が一翼をになう行事を続けました。",
        "・地域の力高める\n・理解深める\n以上の取り組みを行いました。",
    ],
)
def test_right_sentences_are_silent(text: str) -> None:
    assert told(text, "particle") == []


_NOUNS = {"noun", "action", "suffix"}
_PLACES: tuple[Callable[[str, str, str], bool], ...] = (
    lambda _, before, word: before in {*_NOUNS, "adverbial"} and word == "verb",
    lambda _, before, word: before == "noun" and word == "sign",
    lambda noun, before, word: noun in _NOUNS and before in {"を", "に"} and word == "verb",
    lambda _, before, word: before in {"を", "が"} and word == "action",
    lambda _, before, word: {before, word} <= {*"をがにのはでへ"},
    lambda _, before, word: before == "blank" and word in {"を", "が", "に"},
    lambda _, before, word: before == "auxiliary" and word == "を",
)
"""Where each look is made: by the class of a word and of the two before it, or the particle."""

_PIECES = [
    *("連携", "数", "必要性", "調べ", "整備", "市", "図り", "踏まえ", "取り組み", "努め", "寄与し", "行い"),
    *("ました", "縮減することができ", "その結果", "当たって", *"をがにのはでへヲ 、。"),
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
def test_nothing_is_found_where_nothing_is_looked_for(text: str) -> None:
    words, verbs = analyse(text), wordlists.load().verbs
    passage = Passage(1, "result", text, words, 0)
    told_apart = [
        surface if kind == "particle" else kind
        for surface, kind in zip(words.surfaces, words.kinds, strict=True)
    ]
    looked = {(match.end(), match.lastindex) for match in _LOOKED_AT.finditer(words.shape)}
    for number, around in enumerate(
        zip(["", *told_apart], told_apart, told_apart[1:], strict=False), start=1
    ):
        for place, ((_, look), is_there) in enumerate(zip(_LOOKS, _PLACES, strict=True), start=1):
            if is_there(*around) and look(Words(passage, number), verbs) is not None:
                assert (number, place) in looked
