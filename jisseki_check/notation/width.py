"""Full and half width. Every folding keeps the length, so that offsets hold in the original text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FULL_ASCII = range(0xFF01, 0xFF5F)
_FULL_HYPHEN = 0xFF0D
_BLANKS = "\u3000\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"

# The full-width hyphen stays: it is the mark for "none" as well as a minus, and only the reader of the
# value knows which.
_FOLDED: dict[int, int] = {code: code - 0xFEE0 for code in _FULL_ASCII if code != _FULL_HYPHEN}
_FOLDED |= {ord(blank): ord(" ") for blank in _BLANKS}
_FOLDED[0xFFE5] = 0xA5

_FOLDABLE = re.compile(f"[\uff01-\uff0c\uff0e-\uff5e\uffe5{_BLANKS}]")
_FULL_DIGIT = re.compile("[０-９]")


def fold(text: str) -> str:
    """`text` with full-width ASCII and blanks in half width, as long as it was.

    Dashes, marks, kanji, kana and circled numbers stay: one of them is never read as another here.
    """
    if _FOLDABLE.search(text) is None:
        return text
    return _translated(text)


# Money, dates and counts are looked for in one text after another.
@lru_cache(maxsize=16)
def _translated(text: str) -> str:
    return text.translate(_FOLDED)


def has_full_width_digits(text: str) -> bool:
    """Whether one of ０ to ９ occurs."""
    return _FULL_DIGIT.search(text) is not None


def squeeze(text: str) -> str:
    """`text` without its blanks (line feeds and the ideographic blank included)."""
    return "".join(text.split())


def display_width(text: str) -> int:
    """Columns that `text` takes on a terminal: two for wide and full-width characters, none for
    controls, combining marks and variation selectors (UAX #11; "ambiguous" counts as narrow)."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
