"""Lines → paragraphs: which line break the page made, and which stands in the text.

Japanese has neither blank nor hyphen at a line's end. A break is the page's own where the beginning of the
next line would not have fitted into what was left of the line; one that the writer made leaves room.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jisseki_check.readers.pdf.lines import Piece

_CLOSE = 1.0
_FEW, _MANY = 3, 5
_MOST = 0.4
_EXACT, _ENOUGH, _NEARLY_ALL = 0.12, 8, 0.95
_ROOM = 0.35
_RAGGED = 3.0
_ALIGNED = 0.8
_CENTRED = 0.5
_FIRST_LINE = 2.3
_HANGING_SIGN = 7.0
_SAME_SIZE = 0.15
_LINE_SPACE = 1.45
_ENDS = "。．！？!?」』】）)〉》"
_UNFINISHED = "、，はがをにへとでのもやしてり"
_OPENING, _CLOSING = "「『（(【〔“", "」』）)】〕”"
_DOTS = "・･"
_SIGN = re.compile(
    r"[・･◆◇■□●○◎▲△▼▽★☆※→⇒➢✓►▶•▪‣]"
    r"|[（(]\s*(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[ア-ンa-zA-Z①-⑳])\s*[）)]"
    r"|[0-9０-９]{1,2}(?:[-－‐][0-9０-９]{1,2})?\s*[.．)）]\s*(?![0-9０-９])"
    r"|[①-⑳㉑-㉟❶-❿Ⅰ-Ⅻⅰ-ⅻ]"
    r"|[ア-ン][.．)）、]"
    r"|[＜<【〈《][^＞>】〉》]{1,30}[＞>】〉》]$"
    r"|[^\s、。]{1,10}[ \u3000]+[0-9０-９][0-9０-９,，.]*[^\s、。0-9]{0,3}$"
)
_LABEL = re.compile(r"[^。、「」]{1,24}[：:]")


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column of text ends on the right, how far its lines are apart (in their size), and the short
    lines that come again and again in the document. `justified`: every full line ends there exactly."""

    right: float
    pitch: float = _LINE_SPACE
    labels: Collection[str] = ()
    justified: bool = False


def right_edge(pieces: Sequence[Piece], expected: float, slack: float | None = None) -> float:
    """Where full lines end: the furthest place at which several do, `expected` where none is to be seen.

    `slack`: by how much, in the size of the text, they may end before the expected place. Without it, they
    may end anywhere, if they are many.
    """
    size = max((piece.size for piece in pieces), default=0.0)
    ends = sorted((piece.limit for piece in pieces), reverse=True)
    nearest = expected - (_CLOSE if slack is None else slack) * size
    for index, end in enumerate(ends):
        near = sum(1 for other in ends[index:] if other >= end - _CLOSE * size)
        if near >= _FEW and (end >= nearest or (slack is None and near >= max(_MANY, _MOST * len(ends)))):
            return end
    return expected


def is_justified(pieces: Sequence[Piece], right: float) -> bool:
    """Whether full lines are stretched to one right edge. The last lines of paragraphs are not."""
    full = [
        piece
        for piece in pieces
        if piece.limit >= right - _CLOSE * piece.size and not piece.text.endswith(tuple(_ENDS))
    ]
    exact = sum(abs(piece.x1 - right) <= _EXACT * piece.size for piece in full)
    return len(full) >= _ENOUGH and exact >= _NEARLY_ALL * len(full)


def continues(paragraph: Sequence[Piece], following: Piece, column: Column) -> bool:
    """Whether a line goes on with the paragraph above it."""
    last = paragraph[-1]
    if not _fits_together(paragraph, following, column):
        return False
    text = "".join(piece.text for piece in paragraph[-3:])
    is_open = _is_open(text)
    left_over = column.right - last.x1 - following.lead
    if _begins_anew(paragraph, following, column) and not (is_open or text.endswith(("、", "，"))):
        return False
    if left_over <= _ROOM * last.size:
        return not (text.endswith("。") and (_is_last_line(last, column) or _LABEL.match(following.text)))
    return left_over <= _RAGGED * last.size and (is_open or text[-1] in _UNFINISHED)


def _fits_together(paragraph: Sequence[Piece], following: Piece, column: Column) -> bool:
    """Whether size, distance and left edge are those of one paragraph."""
    first, last = paragraph[0], paragraph[-1]
    if abs(following.size - last.size) > _SAME_SIZE * last.size:
        return False
    if following.page == last.page and following.base - last.base > 1.25 * column.pitch * last.size:
        return False
    if _has_same_axis(last, following):
        return True
    if len(paragraph) > 1:
        return abs(following.x0 - last.x0) <= _ALIGNED * last.size
    shift = following.x0 - first.x0
    if _SIGN.match(first.text):
        return -_ALIGNED * last.size <= shift <= _HANGING_SIGN * last.size
    return -_FIRST_LINE * last.size <= shift <= _FIRST_LINE * last.size


def _has_same_axis(last: Piece, following: Piece) -> bool:
    """Whether lines are centred on one another, or flush on the right."""
    centred = abs(last.x0 + last.x1 - following.x0 - following.x1) <= 2 * _CENTRED * last.size
    return centred or abs(last.x1 - following.x1) <= _CENTRED * last.size


def _begins_anew(paragraph: Sequence[Piece], following: Piece, column: Column) -> bool:
    """Whether a line has what the first line of a paragraph has."""
    if following.indented or following.text in column.labels:
        return True
    if following.text[0] in _DOTS and paragraph[0].text[0] not in _DOTS:
        # A dot within a word may come first in a line as well.
        return paragraph[-1].text.endswith(tuple(_ENDS)) or column.right - paragraph[-1].x1 > following.lead
    return _SIGN.match(following.text) is not None


def _is_last_line(last: Piece, column: Column) -> bool:
    """Whether a line, full as it is, shows by its end that it was not stretched."""
    return column.justified and column.right - last.x1 > _EXACT * last.size


def _is_open(text: str) -> bool:
    """Whether a bracket is open at the end of a text."""
    depth = 0
    for char in text:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
    return depth > 0


def join_lines(lines: Sequence[Piece], column: Column) -> list[list[Piece]]:
    """The paragraphs that lines of one column form."""
    paragraphs: list[list[Piece]] = []
    for piece in lines:
        if paragraphs and continues(paragraphs[-1], piece, column):
            paragraphs[-1].append(piece)
        else:
            paragraphs.append([piece])
    return paragraphs
