"""Spellings that a list or the profile has another one for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jisseki_check.facts.prose import Hit, Passage, Prose
from jisseki_check.wordlists import GAP, Spelling


def find_spellings(prose: Prose, spelling: Spelling, *, names: bool) -> list[Hit]:
    """Where one of the wrong spellings stands as whole words, in order.

    What stands in quotation marks is cited. `names`: titles are not looked at either.
    """
    hits = [
        hit
        for head, gap, tail in (wrong.partition(GAP) for wrong in spelling.wrong)
        if head in prose.suspects
        for hit in _find(prose, head, gap, tail)
        if _is_meant(hit, spelling, names)
    ]
    apart: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.order, -hit.end)):
        # Two of the spellings may overlap (指導の対照, 対照となる): that is one place.
        if not apart or hit.order >= apart[-1].offsets.stop:
            apart.append(hit)
    return apart


def _find(prose: Prose, head: str, gap: str, tail: str) -> Iterator[Hit]:
    for passage, start in prose.find(head):
        end: int | None = start + len(head)
        if gap:
            end = (
                _end_of_tail(passage.text, start + len(head), tail)
                if tail
                else passage.end_of_inflected(start + len(head))
            )
        if end is not None:
            yield Hit(passage, start, end)


def _end_of_tail(text: str, at: int, tail: str) -> int | None:
    match = _tail(tail).match(text, at)
    return match.end() if match else None


@lru_cache(maxsize=64)
def _tail(tail: str) -> re.Pattern[str]:
    return re.compile(rf"[^\s、。，．「」『』（）()・]{{1,10}}?{re.escape(tail)}")


def _is_meant(hit: Hit, spelling: Spelling, names: bool) -> bool:
    starts = hit.passage.starts
    if hit.start not in starts or hit.end not in starts or hit.passage.is_quoted(hit.start):
        return False
    if names and hit.passage.is_title(starts[hit.end] - 1):
        return False
    return not any(_covers(hit.passage, hit.start, hit.text, context) for context in spelling.unless)


def _covers(passage: Passage, start: int, text: str, context: str) -> bool:
    """Whether the words stand there as a part of the context."""
    before = context.find(text)
    return before >= 0 and passage.text.startswith(context, max(0, start - before)) and start >= before
