"""Kanji outside 常用漢字表 in the words of a report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from jisseki_check.facts.prose import Hit, Prose
from jisseki_check.notation.morphemes import Analysis

_KANJI = re.compile("[㐀-䶿一-鿿豈-龎\U00020000-\U0003ffff]")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") - 1)}


def find_rare_kanji(prose: Prose, joyo: frozenset[str]) -> Iterator[tuple[str | None, list[Hit]]]:
    """For each such kanji the places of its words, and the first of them in kana where that leaves no other
    kanji. Names and what stands in quotation marks are as they are."""
    rare = {char for char in prose.characters - joyo if _KANJI.match(char)}
    found: dict[str, list[Hit]] = defaultdict(list)
    kana: dict[str, str | None] = {}
    for char in sorted(rare):
        for passage, start in prose.find(char):
            words = passage.words
            number = words.number_at(start)
            if not passage.is_quoted(start) and not _is_in_name(words, number):
                found[char].append(Hit(passage, *words.bounds[number : number + 2]))
                kana.setdefault(char, _in_kana(words.surfaces[number], words.readings[number], rare))
    for char, hits in found.items():
        yield kana[char], list(dict.fromkeys(hits))


def _is_in_name(words: Analysis, number: int) -> bool:
    """Whether it is a name, or one stands beside it: what the analyser does not know is often its rest."""
    return "name" in words.kinds[max(0, number - 1) : number + 2]


def _in_kana(surface: str, reading: str, rare: set[str]) -> str | None:
    return reading.translate(_TO_HIRAGANA) if set(_KANJI.findall(surface)) <= rare else None
