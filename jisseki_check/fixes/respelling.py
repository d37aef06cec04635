"""A word in the spelling that the form has for it: only where it is the same word, read alike."""

from __future__ import annotations

from itertools import takewhile

from jisseki_check.notation.morphemes import analyse
from jisseki_check.wordlists import GAP, Spelling


def respelled(written: str, spelling: Spelling) -> str | None:
    """What to write for one of the wrong spellings; None where that is not sure.

    The list gives a word's one right form (できる) beside the wrong ones with their endings (出来る,
    出来ます): what differs between the two is replaced, and both must be read alike.
    """
    reading = _reading(written)
    if written in spelling.wrong and reading == _reading(spelling.write):
        return spelling.write
    for wrong in spelling.wrong:
        if GAP in wrong:
            continue
        ending = _common_ending(wrong, spelling.write)
        stem, right = wrong[: len(wrong) - ending], spelling.write[: len(spelling.write) - ending]
        if stem and written.startswith(stem):
            after = right + written[len(stem) :]
            if after != written and _reading(after) == reading:
                return after
    return None


def _common_ending(one: str, two: str) -> int:
    """How many last characters both have alike."""
    pairs = zip(reversed(one), reversed(two), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _reading(text: str) -> str:
    return "".join(word.reading or word.surface for word in analyse(text))
