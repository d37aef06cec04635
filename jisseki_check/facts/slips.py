"""What a slip of a particle is, and the words around a place where one may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jisseki_check.facts.prose import Hit, Passage
from jisseki_check.notation.morphemes import Morpheme

Verbs = Mapping[str, frozenset[str]]

NOUNS = frozenset({"noun", "action", "suffix"})
_NONE = Morpheme("", "", "", 0, 0, "")


class Slip(NamedTuple):
    """Words whose particles do not fit, and how they would (None: not known)."""

    hit: Hit
    usual: str | None


class Words(NamedTuple):
    """A word and, by their distance from it, those around it."""

    passage: Passage
    number: int

    def __call__(self, step: int) -> Morpheme:
        at = self.number + step
        return self.passage.words[at] if 0 <= at < len(self.passage.words) else _NONE

    def surface(self, step: int) -> str:
        """As it is written; nothing where there is no word."""
        column, at = self.passage.words.surfaces, self.number + step
        return column[at] if 0 <= at < len(column) else ""

    def normal(self, step: int) -> str:
        column, at = self.passage.words.normals, self.number + step
        return column[at] if 0 <= at < len(column) else ""

    def kind(self, step: int) -> str:
        column, at = self.passage.words.kinds, self.number + step
        return column[at] if 0 <= at < len(column) else ""

    def slip(self, first: int, last: int, usual: str | None) -> Slip:
        """The words from one to another; a suffix is shown with what it belongs to (健全性, not 性)."""
        if self.kind(first) == "suffix":
            first -= 1
            usual = usual and f"{self.surface(first)}{usual}"
        start, end = self(first).start, self(last).end
        return Slip(Hit(self.passage, start, end), usual)
