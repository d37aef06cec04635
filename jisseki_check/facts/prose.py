"""The running text of one report, as one stretch of characters and as words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

from jisseki_check.facts.views import ReportView
from jisseki_check.model import Spot
from jisseki_check.notation.morphemes import Analysis, letters

COMPOUND = frozenset({"noun", "action", "name", "number", "counter", "suffix", "prefix"})
"""The classes of words that make compounds."""

CONTENT = frozenset({"noun", "action", "adverbial", "counter"})
"""The classes of words that say what is spoken of."""

_CONTENT = frozenset(letters(*CONTENT))

# What ends with one of these is a title: it is spelt as it was given.
_TITLES = frozenset((
    "法", "令", "条例", "規則", "規程", "要綱", "要領", "指針", "方針", "計画", "プラン", "大綱", "憲章",
    "宣言", "会", "会議", "協議会", "委員会", "審議会", "審査会", "部会", "協会", "学会", "本部", "センター",
    "法人", "組合", "連合", "事業", "補助金", "交付金", "助成金", "経費", "費", "部", "課", "係", "局",
    "庁", "省",
))  # fmt: skip
_LONGEST = 8  # words that a compound may go on for
_HIRAGANA = re.compile("[ぁ-ん]+")
_QUOTED = re.compile(r"[「『“〈《][^「」『』“”〈〉《》\n]{1,200}[」』”〉》]")


@dataclass(frozen=True, eq=False)
class Passage:
    """One field of one item, with its words; `at`: where it begins in the whole text."""

    item: int
    field: str
    text: str
    words: Analysis
    at: int

    @cached_property
    def starts(self) -> dict[int, int]:
        """The number of the word that begins at each offset; the end of the text counts as a word."""
        return {start: number for number, start in enumerate(self.words.bounds)}

    def end_of_inflected(self, offset: int) -> int | None:
        """The end of the word that the character before the offset belongs to; None where it is not one
        that is inflected (図り, but not 図面)."""
        number = self.words.number_at(offset - 1)
        end = self.words.bounds[number + 1]
        is_verb = self.words.kinds[number] == "verb"
        return end if is_verb or _HIRAGANA.fullmatch(self.text[offset:end]) else None

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """What stands in quotation marks, with the marks."""
        return [match.span() for match in _QUOTED.finditer(self.text)]

    def is_quoted(self, start: int) -> bool:
        number = bisect_right(self.quoted, (start, len(self.text) + 1)) - 1
        return number >= 0 and start < self.quoted[number][1]

    def is_title(self, number: int) -> bool:
        """Whether the compound that goes on behind the word of that number is a title's (取組方針)."""
        words = self.words
        last = number
        while last - number < _LONGEST and last + 1 < len(words) and words.kinds[last + 1] in COMPOUND:
            last += 1
        return last > number and words.surfaces[last] in _TITLES


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def spot(self) -> Spot:
        return Spot(self.passage.item, self.passage.field, self.start, self.end)

    @property
    def order(self) -> int:
        return self.passage.at + self.start

    @property
    def offsets(self) -> range:
        """Its characters' places in the whole text."""
        return range(self.passage.at + self.start, self.passage.at + self.end)


@dataclass
class Prose:
    """`suspects`: which of the words that are looked for may stand in it; no others do. `unread`: the fields
    that are too long to be analysed."""

    suspects: frozenset[str] = frozenset()
    passages: list[Passage] = field(default_factory=list)
    unread: list[Spot] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """All passages, a line feed between them."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.at for passage in self.passages]

    @cached_property
    def vocabulary(self) -> Collection[tuple[str, str, str, str]]:
        """The different words that say what is spoken of: normal form, surface, class and reading."""
        found: set[tuple[str, str, str, str]] = set()
        for words in (passage.words for passage in self.passages):
            rows = zip(words.normals, words.surfaces, words.kinds, words.readings, strict=True)
            found.update(compress(rows, map(_CONTENT.__contains__, words.shape)))
        return found

    @cached_property
    def characters(self) -> set[str]:
        """All that occur."""
        return set(self.text)

    def find(self, words: str) -> Iterator[tuple[Passage, int]]:
        """Each place where the words stand: the passage, and where in it."""
        at = self.text.find(words)
        while at >= 0:
            passage = self.passages[bisect_right(self._starts, at) - 1]
            yield passage, at - passage.at
            at = self.text.find(words, at + len(words))


def prose(view: ReportView) -> Prose:
    """The titles, plans and results of a report's items."""
    out = Prose(view.suspects)
    at = 0
    for item in view.items:
        index = item.item.index
        title = [] if item.item.kind == "bullet" else [("title", item.item.title or "", item.title_words)]
        for name, text, words in (*title, *((name, text, item.words.get(name)) for name, text in item.texts)):
            if words is None:
                out.unread.append(Spot(index, name))
            elif text:
                out.passages.append(Passage(index, name, text, words, at))
                at += len(text) + 1
    return out
