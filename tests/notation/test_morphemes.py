"""Words by morphological analysis: their classes, normal forms and places."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.morphemes import LETTERS, LONGEST, PARTICLES, analyse, is_installed


def test_a_sentence_falls_into_words_with_their_classes() -> None:
    words = analyse("防災倉庫を3か所に設置しました。")
    assert [(word.surface, word.kind) for word in words] == [
        ("防災", "noun"),
        ("倉庫", "noun"),
        ("を", "particle"),
        ("3", "number"),
        ("か所", "counter"),
        ("に", "particle"),
        ("設置", "action"),
        ("し", "verb"),
        ("まし", "auxiliary"),
        ("た", "auxiliary"),
        ("。", "sign"),
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("取組", "取り組み"), ("手続", "手続き"), ("サーバ", "サーバー"), ("箇所", "か所")]
)
def test_spellings_of_one_word_share_a_normal_form(one: str, other: str) -> None:
    assert analyse(one)[0].normal == analyse(other)[0].normal


@given(st.text(max_size=200))
def test_the_words_of_any_text_follow_one_another_without_a_gap(text: str) -> None:
    at = 0
    for word in analyse(text):
        assert word.start == at
        at = word.end
    assert at == len(text)


@given(st.text(max_size=200))
def test_what_stands_side_by_side_is_that_of_the_words(text: str) -> None:
    words = analyse(text)
    columns = zip(words.surfaces, words.normals, words.kinds, words.readings, strict=True)
    assert list(columns) == [(word.surface, word.normal, word.kind, word.reading) for word in words]
    assert words.bounds == (*(word.start for word in words), len(text))
    for offset in range(len(text)):
        word = words[words.number_at(offset)]
        assert word.start <= offset < word.end


@pytest.mark.parametrize("sign", ["…", "㍿", "㎧", "⑵"])
def test_a_sign_for_several_words_is_one_word(sign: str) -> None:
    """What has no character is not to be taken for a comma: it is a part of any text."""
    assert "" not in analyse(f"組織の見直し{sign}を進めます。").surfaces
    assert sign in analyse(f"組織の見直し{sign}を進めます。").surfaces


@given(st.text(alphabet="をがにのはでへヲｦか゛\u3099とも、。 \n市民会議行いる12", max_size=40))
def test_each_word_has_its_letter(text: str) -> None:
    words = analyse(text)
    for letter, kind, surface in zip(words.shape, words.kinds, words.surfaces, strict=True):
        if kind == "particle":
            assert letter == surface if surface in PARTICLES else letter in {LETTERS[kind], *PARTICLES}
        else:
            assert letter == LETTERS[kind]
        if "\n" in surface:
            assert kind in {"sign", "blank"}


@pytest.mark.parametrize("unit", ["○", "（", "人事給与制度", "あ", "𠮷", "\ud800", "\x00", "１", "、"])
def test_a_long_text_is_analysed_in_pieces(unit: str) -> None:
    text = (unit * 50_000)[:50_000]
    assert analyse(text)[-1].end == len(text)


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        analyse("市" * (LONGEST + 1))


def test_an_installation_without_the_analyser_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_installed()
    monkeypatch.setitem(sys.modules, "sudachidict_core", None)
    assert not is_installed()
