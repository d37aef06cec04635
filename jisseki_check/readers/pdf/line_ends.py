"""The blanks that a line's end swallowed: between words of other scripts, and beside figures where the text
sets them off with blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[0-9A-Za-zÀ-ɏ]")
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿豈-﫿々〆]")
_SET_OFF = re.compile(r"(?<=[぀-ヿ㐀-鿿]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) (?=[぀-ヿ㐀-鿿])")
_CLOSE = re.compile(r"(?<=[぀-ヿ㐀-鿿])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[぀-ヿ㐀-鿿])")
_ENOUGH = 3


def joined_texts(texts: Sequence[str]) -> list[str]:
    """The lines of a paragraph, those with a blank behind them that stood where the line was broken."""
    if len(texts) == 1:
        return list(texts)
    sets_off = _sets_figures_off(texts)
    ended = [
        text + (" " if _lost_blank(text, following, sets_off) else "") for text, following in pairwise(texts)
    ]
    return [*ended, texts[-1]]


def _sets_figures_off(texts: Sequence[str]) -> bool:
    """Whether the paragraph has blanks wherever Japanese meets figures or Latin letters."""
    blanks = sum(len(_SET_OFF.findall(text)) for text in texts)
    return blanks >= _ENOUGH and not any(_CLOSE.search(text) for text in texts)


def _lost_blank(text: str, following: str, sets_off: bool) -> bool:
    before, after = text[-1:], following[:1]
    if _WORD.match(before) and _WORD.match(after):
        return True
    mixed = (_JAPANESE.match(before) and _WORD.match(after)) or (
        _WORD.match(before) and _JAPANESE.match(after)
    )
    return bool(mixed) and sets_off
