"""Characters → lines, and the pieces of a line that wide gaps part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from jisseki_check.readers.pdf.shapes import Glyph

_SAME_LINE = 0.45
_SAME_PLACE = 0.15
_WIDE_GAP = 1.3
_GAP = 0.36
_SPREAD = 0.4
_WIDEST_SPREAD = 4.0
_WORD_GAP = 0.2
_NARROW, _FULL = 0.1, 0.75
_RUBY = 0.62
_WORD = re.compile(r"[0-9A-Za-zÀ-ɏ０-９.,:/%#&+\-]")
_LIST_SIGN = re.compile(
    r"[・◆◇■□●○▲△★☆※➢✓▶•▪‣-]|[（(](?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,2}|[ア-ンa-zA-Z])[）)]"
    r"|[0-9０-９]{1,3}(?:[-－][0-9０-９]{1,2})?[.．)）]|[①-⑳❶-❿Ⅰ-Ⅻ][.．]?|[ア-ンa-zA-Z][.．)）]"
)
_SIGN_GAP = 2.5
_NO_START = (
    "、。，．,.・：；:;？！?!）)］]｝}」』】〉》〕ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%℃"
)
_NO_END = "（([［{｛「『【〈《〔"
_QUOTES = "“”‘’\"'"
_FULL_WIDTH = "、。，．・：；「」『』（）［］【】〈〉《》〔〕"
_HANGING = "、。，．,."


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together in a line, without blanks around it.

    `limit`: its right end without a full stop or comma, which may hang over the margin. `lead`: the width of
    what a line break cannot part at its beginning. `indented`: a blank stood before it in the file.
    """

    text: str
    x0: float
    x1: float
    limit: float
    lead: float
    base: float
    size: float
    page: int
    line: int
    column: int
    indented: bool = False


Line = list[Piece]
"""The pieces of one line, from left to right."""


class Numbering:
    """The lines of a page, counted from the top."""

    def __init__(self, page: int, glyphs: Sequence[Glyph]) -> None:
        self.page = page
        self._starts: list[float] = []
        for glyph in sorted((glyph for glyph in glyphs if not glyph.is_blank), key=lambda glyph: glyph.base):
            if not self._starts or glyph.base - self._starts[-1] > _SAME_LINE * glyph.size:
                self._starts.append(glyph.base)

    def line(self, base: float) -> int:
        return max(1, bisect_right(self._starts, base + 0.01))


def lines_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The lines of a page, a column or a cell, from top to bottom; raised and lowered characters stand in
    their line, readings above the characters (ruby) are left out."""
    lines: list[list[Glyph]] = []
    tallest: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if tallest is not None and abs(glyph.middle - tallest.middle) <= _SAME_LINE * max(
            glyph.size, tallest.size
        ):
            lines[-1].append(glyph)
            tallest = glyph if glyph.size > tallest.size else tallest
        else:
            lines.append([glyph])
            tallest = glyph
    seen = [line for line in lines if not all(glyph.is_blank for glyph in line)]
    below = [*seen[1:], []] if seen else []
    return [line for line, under in zip(seen, below, strict=True) if not _is_ruby(line, under)]


def _is_ruby(line: Sequence[Glyph], below: Sequence[Glyph]) -> bool:
    """Small kana right above the characters that they help to read."""
    if not below:
        return False
    size = max(glyph.size for glyph in below)
    if max(glyph.size for glyph in line) > _RUBY * size:
        return False
    near = below[0].middle - line[0].middle <= 0.95 * size
    within = min(g.x0 for g in below) - size <= min(g.x0 for g in line)
    return near and within and all("ぁ" <= g.text <= "ヿ" for g in line if not g.is_blank)


def pieces_of(line: Sequence[Glyph], numbering: Numbering, *, part: bool = True) -> list[Piece]:
    """The pieces of a line from left to right. `part`: whether wide gaps part them; else one stands for a
    wide gap as a blank."""
    glyphs = _without_doubles(sorted(line, key=lambda glyph: glyph.x0))
    shown = [glyph for glyph in glyphs if not glyph.is_blank]
    if not shown:
        return []
    widest = _widest_gap(glyphs, shown)
    stretches = list(_stretches(glyphs, widest)) if part else [glyphs]
    texts = [_text(stretch, widest) for stretch in stretches]
    if len(stretches) > 1 and _is_sign(texts[0], stretches):
        stretches[:2] = [[*stretches[0], *stretches[1]]]
        texts[:2] = [f"{texts[0]} {texts[1]}"]
    pieces: list[Piece] = []
    column = 1
    for stretch, text in zip(stretches, texts, strict=True):
        pieces.append(_piece(stretch, text, numbering, column))
        column += len(text)
    return pieces


def _is_sign(text: str, stretches: Sequence[Sequence[Glyph]]) -> bool:
    """Whether the first piece of a line is the number or bullet of a list, and no text of its own."""
    sign, following = stretches[0][-1], stretches[1][0]
    return _LIST_SIGN.fullmatch(text) is not None and following.x0 - sign.x1 <= _SIGN_GAP * sign.size


def _widest_gap(glyphs: Sequence[Glyph], shown: Sequence[Glyph]) -> float:
    """How much room between two characters still is none: justified lines have some everywhere, a word that
    is spread over its cell has much."""
    size = max(glyph.size for glyph in shown)
    if _is_spread(shown, size):
        return inf
    gaps = sorted(
        _gap(first, (), second)
        for first, second in pairwise(glyphs)
        if not (first.is_blank or second.is_blank)
    )
    usual = max(gaps[len(gaps) // 4], 0.0) if len(gaps) > 1 else 0.0
    return _GAP * size + 2 * usual


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Bold letters are sometimes drawn twice, the second time a hair beside the first."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        double = any(
            other.text == glyph.text
            and other.run != glyph.run
            and glyph.x0 - other.x0 <= _SAME_PLACE * glyph.size
            for other in kept[-3:]
        )
        if not double:
            kept.append(glyph)
    return kept


def _is_spread(shown: Sequence[Glyph], size: float) -> bool:
    """Whether the characters are spread evenly over the width of a cell: 「目　　標」 without blanks."""
    gaps = [second.x0 - first.x1 for first, second in pairwise(shown)]
    if not gaps or min(gaps) < _SPREAD * size or max(gaps) > _WIDEST_SPREAD * size:
        return False
    if any(_WORD.match(glyph.text) for glyph in shown):
        return False
    return max(gaps) <= 1.5 * min(gaps) and all(glyph.text > "\u2fff" for glyph in shown)


def _stretches(glyphs: Sequence[Glyph], widest: float) -> Iterator[list[Glyph]]:
    """The characters of each piece; blanks that stand between two pieces belong to the second."""
    held: list[Glyph] = []
    blanks: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.is_blank:
            blanks.append(glyph)
            continue
        if last is not None and _is_wide(_gap(last, blanks, glyph), blanks, glyph, widest):
            yield held
            held = []
        held += [*blanks, glyph]
        blanks = []
        last = glyph
    yield held


def _is_wide(gap: float, blanks: Sequence[Glyph], glyph: Glyph, widest: float) -> bool:
    """Whether a gap parts two pieces. Of blanks, not all may be known, nor all of their width."""
    return gap > widest and (not blanks or gap > _WIDE_GAP * glyph.size)


def _gap(first: Glyph, blanks: Sequence[Glyph], second: Glyph) -> float:
    """The room between two characters that no blank fills. Full-width punctuation has room of its own, though
    its font may call it narrow."""
    filled = sum(blank.x1 - blank.x0 for blank in blanks)
    return second.x0 - first.x1 - filled - _own_room(first) - _own_room(second)


def _own_room(glyph: Glyph) -> float:
    if glyph.text not in _FULL_WIDTH:
        return 0.0
    return max(0.0, (glyph.size - (glyph.x1 - glyph.x0)) / 2)


def _text(stretch: Sequence[Glyph], widest: float) -> str:
    text: list[str] = []
    blanks: list[Glyph] = []
    last: Glyph | None = None
    for glyph in stretch:
        if glyph.is_blank:
            blanks.append(glyph)
            continue
        if last is not None:
            text.append(_between(last, blanks, glyph, widest))
        text.append(glyph.text)
        blanks = []
        last = glyph
    return "".join(text)


def _between(first: Glyph, blanks: Sequence[Glyph], second: Glyph, widest: float) -> str:
    """The blanks between two characters of one piece."""
    typed = "".join(blank.text for blank in blanks if blank.x1 > blank.x0)
    gap, size = _gap(first, blanks, second), second.size
    if blanks and not typed and gap > _NARROW * size:
        typed = "\u3000" if gap > _FULL * size else " "
    if _is_wide(gap, blanks, second, widest):
        return typed if "\u3000" in typed else "\u3000"
    if not typed:
        is_parted = _WORD.match(first.text) and _WORD.match(second.text) and gap > _WORD_GAP * size
        return " " if is_parted else ""
    # Of several blanks in a row, the library names the first only.
    width = max(blank.x1 - blank.x0 for blank in blanks)
    more = gap / width if blanks[-1].text == " " and width > 0 else 0.0
    return typed + " " * round(more) if more > 0.5 and abs(more - round(more)) < 0.05 else typed


def _piece(stretch: Sequence[Glyph], text: str, numbering: Numbering, column: int) -> Piece:
    shown = [glyph for glyph in stretch if not glyph.is_blank]
    first, last = shown[0], shown[-1]
    tallest = max(shown, key=lambda glyph: glyph.size)
    body = next((glyph for glyph in reversed(shown) if glyph.text not in _HANGING), last)
    return Piece(
        text=text,
        x0=first.x0,
        x1=last.x1,
        limit=body.x1,
        lead=_lead(shown),
        base=tallest.base,
        size=tallest.size,
        page=numbering.page,
        line=numbering.line(tallest.base),
        column=column,
        indented=stretch[0].is_blank and "\u3000" in "".join(g.text for g in stretch[:2]),
    )


def _lead(shown: Sequence[Glyph]) -> float:
    """The width of the first characters that no line break may part: a word or a number, a character with
    the brackets before it and the full stop behind it."""
    last = shown[0]
    for glyph in shown[1:]:
        if not _holds_together(last, glyph):
            break
        last = glyph
    return last.x1 - shown[0].x0


def _holds_together(first: Glyph, second: Glyph) -> bool:
    """Whether no line ends between two characters."""
    if first.text in _NO_END or second.text in _NO_START or first.text in _QUOTES or second.text in _QUOTES:
        return True
    is_word = _WORD.match(first.text) and _WORD.match(second.text)
    return bool(is_word) and second.x0 - first.x1 <= _WORD_GAP * second.size
