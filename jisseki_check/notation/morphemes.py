"""Words of running text, by morphological analysis: SudachiPy with its core dictionary, in its
shortest units. Both are an optional extra; what needs them asks `is_installed` first."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sudachipy import Dictionary

LONGEST = 100_000
"""Characters beyond which a text is not analysed: no field that a person wrote is as long."""

_CHUNK = 8_000  # characters; the analyser takes 49 149 bytes at a time
_SURROGATE = re.compile("[\ud800-\udfff]")


class Morpheme(NamedTuple):
    """One word: as written, its normal form (取組 → 取り組み, サーバ → サーバー), its class and its place.

    `kind` is the word's class in one word, as _KINDS gives it.
    """

    surface: str
    normal: str
    kind: str
    start: int
    end: int


_KINDS = (
    # the first three parts of the analyser's part of speech → the class
    (("名詞", "数詞"), "number"),
    (("名詞", "固有名詞"), "name"),
    (("名詞", "普通名詞", "サ変可能"), "action"),
    (("名詞", "普通名詞", "副詞可能"), "adverbial"),
    (("名詞", "普通名詞", "助数詞可能"), "counter"),
    (("名詞", "助動詞語幹"), "auxiliary"),
    (("名詞",), "noun"),
    (("接尾辞", "名詞的"), "suffix"),
    (("接頭辞",), "prefix"),
    (("形状詞",), "adjectival"),
    (("動詞",), "verb"),
    (("形容詞",), "adjective"),
    (("助詞",), "particle"),
    (("助動詞",), "auxiliary"),
    (("代名詞",), "pronoun"),
    (("補助記号",), "sign"),
    (("空白",), "blank"),
)


def is_installed() -> bool:
    """Whether the analyser and its dictionary are there."""
    return find_spec("sudachipy") is not None and find_spec("sudachidict_core") is not None


def analyse(text: str) -> tuple[Morpheme, ...]:
    """The words of a text of at most LONGEST characters, in order. Raises ValueError for a longer one."""
    if len(text) > LONGEST:
        raise ValueError(f"a text of {len(text)} characters is too long to analyse")
    tokenizer, kinds = _analyser()
    # The analyser takes well-formed text only; one character for another keeps the places.
    text = _SURROGATE.sub("\ufffd", text)
    return tuple(
        Morpheme(
            word.surface(),
            word.normalized_form(),
            kinds(word.part_of_speech_id()),
            at + word.begin(),
            at + word.end(),
        )
        for at, end in _chunks(text)
        for word in tokenizer.tokenize(text[at:end])
    )


def _chunks(text: str) -> list[tuple[int, int]]:
    """Pieces that the analyser can take, cut behind a sentence where there is one."""
    out, at = [], 0
    while at < len(text):
        end = min(len(text), at + _CHUNK)
        if end < len(text):
            stop = max(text.rfind("。", at, end), text.rfind("\n", at, end))
            end = stop + 1 if stop > at else end
        out.append((at, end))
        at = end
    return out


@lru_cache(maxsize=1)
def _analyser() -> tuple[Any, Any]:
    """The tokenizer, and the class of each part of speech by its number."""
    from sudachipy import Dictionary, SplitMode  # 60 ms with its dictionary, and not always installed

    dictionary = Dictionary(dict="core")
    return dictionary.tokenizer(SplitMode.A), lru_cache(maxsize=None)(
        lambda number: _kind(dictionary, number)
    )


def _kind(dictionary: Dictionary, number: int) -> str:
    parts = dictionary.pos_of(number)
    return next((kind for start, kind in _KINDS if parts[: len(start)] == start), "other")
