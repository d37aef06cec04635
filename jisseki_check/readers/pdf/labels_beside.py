"""Texts side by side, one at half the height of the other, without ruling lines to tell what is whose."""

from __future__ import annotations

from collections.abc import Sequence

from jisseki_check.readers.pdf.flows import Margins
from jisseki_check.readers.pdf.lines import Line, Piece
from jisseki_check.readers.pdf.paragraphs import continues

_ALIGNED = 0.8
_OVERLAP = 1.6
_SAME_PITCH = 1.08


def to_the_top(lines: Sequence[Line], margins: Margins) -> list[Line]:
    """The lines with each such text beside the first line of the other one."""
    moved = [list(line) for line in lines]
    for at in range(1, len(moved) - 1):
        rows = _text_beside(moved, at, margins)
        if rows:
            label = moved[at].pop(0)
            moved[rows[0]] = sorted([label, *moved[rows[0]]], key=lambda piece: piece.x0)
    return [line for line in moved if line]


def _text_beside(lines: Sequence[Line], at: int, margins: Margins) -> list[int]:
    """The lines that the first piece of a line is in the middle of; none where they do not begin above it."""
    above, below = _alone(lines, at - 1), _alone(lines, at + 1)
    if not lines[at] or above is None or below is None:
        return []
    label, own = lines[at][0], lines[at][1] if len(lines[at]) > 1 else below
    beside = label if label.x0 > above.x1 else None
    if label.x1 > above.x0 and beside is None:
        return []
    if above.text.endswith("。") or not _is_beside(label, above, own):
        return []
    if not continues([above], own, margins.column(above, beside)):
        return []
    return _around(lines, at, above, own)


def _alone(lines: Sequence[Line], at: int) -> Piece | None:
    """The piece of a line that has one only."""
    return lines[at][0] if 0 <= at < len(lines) and len(lines[at]) == 1 else None


def _is_beside(label: Piece, above: Piece, own: Piece) -> bool:
    """Whether a text stands level with the second of two lines below one another, or between them."""
    if abs(above.x0 - own.x0) > _ALIGNED * own.size and not label.x0 > above.x1:
        return False
    between = above.base < label.base < own.base and own.base - above.base < _OVERLAP * own.size
    return own.line == label.line or between


def _around(lines: Sequence[Line], at: int, above: Piece, own: Piece) -> list[int]:
    """As many lines above as below, one close to the other."""
    pitch = own.base - above.base
    has_own = len(lines[at]) > 1
    rows = [at] if has_own else []
    upper, lower = (own, own) if has_own else (own, above)
    for step in range(1, len(lines)):
        up, down = _alone(lines, at - step), _alone(lines, at + step)
        if up is None or down is None or not (_is_aligned(up, above) and _is_aligned(down, own)):
            break
        if max(upper.base - up.base, down.base - lower.base) > _SAME_PITCH * pitch:
            break
        rows = [at - step, *rows, at + step]
        upper, lower = up, down
    return rows


def _is_aligned(piece: Piece, other: Piece) -> bool:
    shift = min(abs(piece.x0 - other.x0), abs(piece.x0 + piece.x1 - other.x0 - other.x1) / 2)
    return shift <= _ALIGNED * other.size
