"""Text in two columns, told from labels with text beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import mean, median

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.pdf.lines import Line, Piece

_MIDDLE = (0.25, 0.75)
_FEWEST = 6
_SHORTEST = 10
_GUTTER = 0.8
_ALIGNED = 0.8
_FULL = 1.3
_FULL_LEFT, _FULL_RIGHT = 0.5, 0.4
_APART = 1.6
_LEVEL = 0.6
_CHANCE, _SURE = 0.34, 0.8
_SIGN = re.compile(r"[◆◇■□●▲△▼★]|[（(][0-9０-９]{1,2}[）)]|[0-9０-９Ⅰ-Ⅻ]{1,2}[.．]")

Column = tuple[list[Line], float | None]
"""Lines below one another, and where they end on the right; None: where the page's lines end."""


def in_columns(lines: Sequence[Line]) -> list[Column]:
    """Lines from the top of a page, in the order in which they are read.

    Two columns are two only where both are full of lines and nothing crosses the gutter between them. Where
    what begins on the left, set apart or with a sign, begins on the right at the same height, both are read
    side by side; where it does not, the left column is read to its end. Raises Unreadable where it now does
    and now does not.
    """
    edge = _edge(lines)
    if edge is None:
        return [(list(lines), None)]
    columns: list[Column] = []
    plain: list[Line] = []
    for is_band, band in _bands(lines, edge):
        parts = list(_parts(band, edge)) if is_band else []
        if parts:
            columns += [(plain, None)] if plain else []
            columns += parts
            plain = []
        else:
            plain += band
    return columns + ([(plain, None)] if plain else [])


def _edge(lines: Sequence[Line]) -> float | None:
    """Where most lines begin that stand right of others, if that is near the middle."""
    pieces = [piece for line in lines for piece in line]
    if not pieces:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    starts = Counter(round(piece.x0) for piece in pieces if low <= piece.x0 <= high)
    if not starts:
        return None
    edge, count = starts.most_common(1)[0]
    return edge if count >= _FEWEST else None


def _bands(lines: Sequence[Line], edge: float) -> Iterator[tuple[bool, list[Line]]]:
    """Lines that leave the gutter free, and those that do not."""
    band: list[Line] = []
    was_free = False
    for line in lines:
        is_free = not any(piece.x0 < edge - _ALIGNED * piece.size and piece.x1 > edge - 1 for piece in line)
        if band and is_free != was_free:
            yield was_free, band
            band = []
        band.append(line)
        was_free = is_free
    if band:
        yield was_free, band


def _parts(band: Sequence[Line], edge: float) -> Iterator[Column]:
    """The columns of a band in reading order; nothing where it does not surely have two."""
    left, right = _side(band, edge, is_right=False), _side(band, edge, is_right=True)
    if not (_is_column(left, _FULL_LEFT) and _is_column(right, _FULL_RIGHT)):
        return
    ends = max(piece.limit for piece in left), max(piece.limit for piece in right)
    size = median(piece.size for piece in left)
    if edge - ends[0] < _GUTTER * size:
        return
    for sides in _pairs(left, right, ends):
        for side, end in zip(sides, ends, strict=True):
            if side:
                yield [[piece] for piece in side], end


def _side(lines: Sequence[Line], edge: float, *, is_right: bool) -> list[Piece]:
    pieces = [piece for line in lines for piece in line]
    return [piece for piece in pieces if (piece.x0 >= edge - _ALIGNED * piece.size) == is_right]


def _is_column(pieces: Sequence[Piece], share: float) -> bool:
    if len(pieces) < _FEWEST or mean(len(piece.text) for piece in pieces) < _SHORTEST:
        return False
    end = max(piece.limit for piece in pieces)
    full = sum(piece.limit >= end - _FULL * piece.size for piece in pieces)
    return full >= share * len(pieces)


def _pairs(
    left: list[Piece], right: list[Piece], ends: tuple[float, float]
) -> list[tuple[list[Piece], list[Piece]]]:
    """What is read side by side: the left and the right part of each stretch."""
    starts = [piece for piece in _starts(left, ends[0], strong=True) if piece is not left[0]]
    others = list(_starts(right, ends[1], strong=False))
    level = [
        start
        for start in starts
        if any(abs(start.base - other.base) <= _LEVEL * start.size for other in others)
    ]
    if len(level) <= _CHANCE * len(starts) or (
        len(level) < _SURE * len(starts) and _same_headings(left, right)
    ):
        return [(left, right)]
    if len(level) < _SURE * len(starts):
        raise Unreadable(
            f"{left[0].page}ページの2段組みの文を、どの順に読むかを決められません",
            rule="DOC004",
            fix="元の Word・Excel の文書を点検するか、1段組みに直して PDF を作り直してください。",
            at=Location(page=left[0].page, line=left[0].line, column=1),
        )
    tops = [start.base - _LEVEL * start.size for start in level]
    return [
        (
            [piece for piece in left if low <= piece.base < high],
            [piece for piece in right if low <= piece.base < high],
        )
        for low, high in pairwise([-inf, *tops, inf])
    ]


def _same_headings(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether items begin in both columns, not with the plan on the left and the result on the right."""
    signs = [Counter(piece.text[0] for piece in side if _SIGN.match(piece.text)) for side in (left, right)]
    return any(count >= 2 and signs[1][sign] >= 2 for sign, count in signs[0].items())


def _starts(pieces: Sequence[Piece], end: float, *, strong: bool) -> Iterator[Piece]:
    """The first lines of paragraphs; of those, if `strong`, only those that are set apart or have a sign."""
    pitch = median([below.base - above.base for above, below in pairwise(pieces)] or [0.0])
    yield pieces[0]
    for above, below in pairwise(pieces):
        is_apart = below.base - above.base > _APART * pitch or _SIGN.match(below.text)
        if is_apart or (not strong and above.limit < end - _FULL * above.size):
            yield below
