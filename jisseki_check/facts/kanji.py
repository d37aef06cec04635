"""Kanji outside 常用漢字表 in the words of a report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from jisseki_check.facts.prose import Hit, Prose
from jisseki_check.notation.morphemes import Morpheme

_KANJI = re.compile("[㐀-䶿一-鿿豈-龎\U00020000-\U0003ffff]")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") - 1)}


def find_rare_kanji(prose: Prose, joyo: frozenset[str]) -> Iterator[tuple[str | None, list[Hit]]]:
    """For each such kanji the places of its words, and the first of them in kana where that leaves no other
    kanji. Names and what stands in quotation marks are as they are."""
    rare = {char for char in set(prose.text) - joyo if _KANJI.match(char)}
    found: dict[str, list[Hit]] = defaultdict(list)
    words: dict[str, Morpheme] = {}
    for char in sorted(rare):
        for passage, start in prose.find(char):
            number = bisect_right(passage.words, start, key=lambda word: word.start) - 1
            word = passage.words[number]
            if not passage.is_quoted(start) and not _is_in_name(passage.words, number):
                found[char].append(Hit(passage, word.start, word.end))
                words.setdefault(char, word)
    for char, hits in found.items():
        yield _in_kana(words[char], rare), list(dict.fromkeys(hits))


def _is_in_name(words: tuple[Morpheme, ...], number: int) -> bool:
    """Whether it is a name, or one stands beside it: what the analyser does not know is often its rest."""
    return any(word.kind == "name" for word in words[max(0, number - 1) : number + 2])


def _in_kana(word: Morpheme, rare: set[str]) -> str | None:
    kanji = _KANJI.findall(word.surface)
    return word.reading.translate(_TO_HIRAGANA) if set(kanji) <= rare else None
