"""Words of running text, by morphological analysis: SudachiPy with its core dictionary, in its
shortest units. Both are an optional extra; what needs them asks `is_installed` first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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

    `kind` is the word's class in one word, as _KINDS gives it; `reading` is in katakana.
    """

    surface: str
    normal: str
    kind: str
    start: int
    end: int
    reading: str


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
    tokenize, entry, known = _analyser()
    new = tuple.__new__  # half the cost of the constructor, of which there are thousands of calls a report
    # The analyser takes well-formed text only; one character for another keeps the places.
    text = _SURROGATE.sub("\ufffd", text)
    out = []
    for start, stop in _chunks(text):
        at = start
        for word in tokenize(text[start:stop]):
            surface = word.surface()
            normal, kind, reading = known.get(word.word_id()) or entry(word)
            end = at + len(surface)
            out.append(new(Morpheme, (surface, normal, kind, at, end, reading)))
            at = end
    return tuple(out)


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


Entry = tuple[str, str, str]
"""A word's normal form, class and reading."""


@lru_cache(maxsize=1)
def _analyser() -> tuple[Callable[[str], Iterable[Any]], Callable[[Any], Entry], dict[int, Entry]]:
    """What cuts a text into words, what the dictionary says of one of them, and what it has said already."""
    from sudachipy import Dictionary, SplitMode  # 60 ms with its dictionary, and not always installed

    dictionary = Dictionary(dict="core")
    kinds: dict[int, str] = {}
    known: dict[int, Entry] = {}

    def entry(word: Any) -> Entry:
        # Asking for a word's forms costs as much as finding it; a text has few different words.
        part = word.part_of_speech_id()
        if part not in kinds:
            kinds[part] = _kind(dictionary, part)
        held = word.normalized_form(), kinds[part], word.reading_form()
        if not word.is_oov():  # words that the dictionary lacks share their number
            known[word.word_id()] = held
        return held

    return dictionary.tokenizer(SplitMode.A).tokenize, entry, known


def _kind(dictionary: Dictionary, number: int) -> str:
    parts = dictionary.pos_of(number)
    return next((kind for start, kind in _KINDS if parts[: len(start)] == start), "other")
