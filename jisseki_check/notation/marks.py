"""Marks of achievement (◎ ○ △ × －) and the signs that are mistaken for them, told apart by code point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_MEANT = {
    # U+3007 is what a Japanese keyboard gives for まる first, U+25EF is an enclosing circle for drawings.
    "○": "〇◯⚪⭕OoＯｏОоΟο0０◌●⬤⚫",
    # A filled centre, a circled dot or ring: all drawn as two circles in some typeface.
    "◎": "⦾⊚◉⊙⌾☉⨀⦿",
    "△": "▵⊿∆Δ▲▴⏶🔺",
    "×": "✕✖XxＸｘ❌╳⨯⨉✗✘ⅩⅹχΧ乂Хх☓",
    "－": "一-‐‑‒–—―−ー─━﹣⁻₋ｰ",
    "☆": "★⭐🌟✩✰",
    "◇": "◆♢♦⬦",
    "□": "■◻◽⬜☐",
}
LOOK_ALIKES: dict[str, str] = {sign: mark for mark, signs in _MEANT.items() for sign in signs}
"""Sign → the mark it seems to mean. Filled signs stand here with their outlined ones (● → ○, ▲ → △):
they look alike in print, but a form may use ● for the opposite (要改善), so only a person may change them."""

FILLED = frozenset("●⬤⚫⦿◉▲▴⏶🔺★⭐🌟■◼◆♦⬛❌")
"""Look-alikes that a form may use for something else than the outlined sign."""

# Letters of Greek and Cyrillic that nobody tells from Latin ones.
_LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХ", "ABEZHIKMNOPTYXABEKMHOPCTX")
_LONGEST_SIGN = 20

_VARIATION = re.compile("[\ufe00-\ufe0f\u200b-\u200d\u2060\ufeff]")
_BRACKETS = "【】[]［］（）()〔〕「」『』〈〉《》<>＜＞｛｝{}"
_IGNORED = frozenset(_BRACKETS)
_SEPARATORS = frozenset("・、,，/／→⇒ \t\n\u3000\u00a0")


@dataclass(frozen=True, slots=True)
class MarkReading:
    """What stands in a mark's place.

    `kind`: mark (one sign of the form), look-alike (of a sign of the form: `meant`; never to be read as
    that sign by itself), several (more than one), none (blank, or an empty bracket), other (anything
    else; `meant` is given where it looks like a mark that the form does not have).
    `sign`: the one sign or text; `signs`: every mark and look-alike found. The span is that of `sign`,
    of all signs for "several", and of the whole text for "none".
    """

    kind: str
    sign: str | None
    meant: str | None
    signs: tuple[str, ...]
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def read_mark(text: str, signs: Sequence[str]) -> MarkReading:
    """Reads the text of a mark's place, with or without its bracket, against the form's `signs`.

    A sign may be longer than one character (達成, 該当なし). Variation selectors and zero-width
    characters do not make another sign.
    """
    kept = [(at, char) for at, char in enumerate(text) if not _VARIATION.match(char)]
    while kept and kept[0][1] in _IGNORED | _SEPARATORS:
        kept.pop(0)
    while kept and kept[-1][1] in _IGNORED | _SEPARATORS:
        kept.pop()
    if not kept:
        return MarkReading("none", None, None, (), 0, len(text))
    start, end = kept[0][0], kept[-1][0] + 1
    body = "".join(char for _, char in kept)
    if body in signs:
        return MarkReading("mark", body, body, (body,), start, end)
    found = _signs_of(body, signs)
    if len(found) > 1 and all(LOOK_ALIKES.get(sign, sign) == "－" for sign in found):
        found = (body,)
    if len(found) > 1:
        return MarkReading("several", None, None, found, start, end)
    meant = LOOK_ALIKES.get(body[0]) if found else _letter_meant(body, signs)
    kind = "look-alike" if meant in signs else "other"
    return MarkReading(kind, body, meant, found, start, end)


def _letter_meant(body: str, signs: Sequence[str]) -> str | None:
    """The sign of letters or digits that is written here in another width, case or alphabet (Ａ, a, А)."""
    if len(body) > _LONGEST_SIGN:
        return None
    meant = [sign for sign in signs if _plain_letters(sign) == _plain_letters(body)]
    return meant[0] if len(meant) == 1 else None


def _plain_letters(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LATIN).upper()


def _signs_of(body: str, signs: Sequence[str]) -> tuple[str, ...]:
    """All marks and look-alikes that `body` consists of; none if it holds anything else."""
    known = sorted(signs, key=len, reverse=True)
    found: list[str] = []
    at = 0
    while at < len(body):
        sign = next((sign for sign in known if sign and body.startswith(sign, at)), None)
        if sign is None and (body[at] in LOOK_ALIKES or body[at] in _MEANT):
            sign = body[at]
        if sign is not None:
            found.append(sign)
        elif body[at] not in _SEPARATORS and body[at] not in _IGNORED:
            return ()
        at += len(sign or " ")
    return tuple(found)


def code_point(char: str) -> str:
    """〇 → U+3007. ValueError unless it is one character."""
    if len(char) != 1:
        raise ValueError(f"one character expected, not {len(char)}")
    return f"U+{ord(char):04X}"
