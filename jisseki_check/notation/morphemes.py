"""Words of running text, by morphological analysis: SudachiPy with its core dictionary, in its
shortest units. Both are an optional extra; what needs them asks `is_installed` first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, chain, compress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sudachipy import Dictionary

LONGEST = 100_000
"""Characters beyond which a text is not analysed: no field that a person wrote is as long."""

_CHUNK = 8_000  # characters; the analyser takes 49 149 bytes at a time
# What is asked of a word; the rest of its entry is not read.
_FIELDS = {"surface", "pos", "normalized_form", "reading_form"}
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


Entry = tuple[str, str, str, str]
"""A word's normal form, class, reading, and its class as one letter."""


class Analysis:
    """The words of one text, in order: what is said of them stands side by side.

    `shape`: the words' classes, a letter each, in which patterns of `one_of` find what to look at: most words
    are never looked at one by one. `bounds`: where each word begins, and the end of the text.
    """

    def __init__(self, surfaces: Sequence[str], entries: Sequence[Entry]) -> None:
        columns: tuple[tuple[str, ...], ...] = (*zip(*entries, strict=True),) or ((), (), (), ())
        self.surfaces = tuple(surfaces)
        self.normals, self.kinds, self.readings, letters = columns
        self.shape = "".join(letters)
        self.bounds = (*accumulate(map(len, surfaces), initial=0),)

    def __getitem__(self, at: int) -> Morpheme:
        at = range(len(self))[at]
        return Morpheme(
            self.surfaces[at],
            self.normals[at],
            self.kinds[at],
            self.bounds[at],
            self.bounds[at + 1],
            self.readings[at],
        )

    def __iter__(self) -> Iterator[Morpheme]:
        return map(self.__getitem__, range(len(self)))

    def __len__(self) -> int:
        return len(self.surfaces)

    def number_at(self, offset: int) -> int:
        """The number of the word that a character belongs to."""
        return bisect_right(self.bounds, offset) - 1


LETTERS = {
    "number": "9",
    "name": "N",
    "action": "a",
    "adverbial": "d",
    "counter": "c",
    "auxiliary": "x",
    "noun": "n",
    "suffix": "s",
    "prefix": "p",
    "adjectival": "j",
    "verb": "v",
    "adjective": "e",
    "particle": "t",
    "pronoun": "m",
    "sign": "g",
    "blank": "b",
    "other": "o",
}
"""The letter of each class in an analysis's `shape`."""

PARTICLES = ("を", "が", "に", "の", "は", "で", "へ")
"""Particles that stand in a `shape` for themselves."""


def letters(*kinds: str) -> str:
    """The letters of the words of these classes."""
    held = "".join(LETTERS[kind] for kind in kinds)
    return "".join((held, *PARTICLES)) if "particle" in kinds else held


def one_of(*kinds: str) -> str:
    """A pattern for a word of one of these classes in a `shape`."""
    return f"[{letters(*kinds)}]"


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


def analyse(text: str) -> Analysis:
    """The words of a text of at most LONGEST characters, in order. Raises ValueError for a longer one."""
    if len(text) > LONGEST:
        raise ValueError(f"a text of {len(text)} characters is too long to analyse")
    tokenize, entry, known = _analyser()
    # The analyser takes well-formed text only; one character for another keeps the places.
    text = _SURROGATE.sub("\ufffd", text)
    surfaces: list[str] = []
    entries: list[Entry] = []
    for start, stop in _chunks(text):
        words = list(tokenize(text[start:stop]))
        written = [word.surface() for word in words]
        if "" in written:  # of what one sign stands for (㍿, …), all but the first have no characters
            words = list(compress(words, written))
        surfaces += filter(None, written)
        entries += [known.get(word.word_id()) or entry(word) for word in words]
    return Analysis(surfaces, entries)


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
        kind, surface = kinds[part], word.surface()
        is_told = kind == "particle" and surface in PARTICLES
        held = word.normalized_form(), kind, word.reading_form(), surface if is_told else LETTERS[kind]
        if not word.is_oov():  # words that the dictionary lacks share their number
            known[word.word_id()] = held
        return held

    # Before any of them is met in another width, or with a mark that the analyser passes over.
    for word in chain.from_iterable(map(dictionary.lookup, PARTICLES)):
        entry(word)
    tokenizer = dictionary.tokenizer(SplitMode.A, fields=_FIELDS)
    return tokenizer.tokenize, entry, known


def _kind(dictionary: Dictionary, number: int) -> str:
    parts = dictionary.pos_of(number)
    return next((kind for start, kind in _KINDS if parts[: len(start)] == start), "other")
