"""Text that runs downwards or is turned aside, as in the narrow cells of a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from jisseki_check.readers.pdf.chars import Char
from jisseki_check.readers.pdf.frame import Frame
from jisseki_check.readers.pdf.shapes import Stack

_STEEP = 4


def falls(origins: Sequence[tuple[float, float]]) -> bool:
    """Whether characters that are drawn in one stroke, each upright, stand one below the other."""
    across = sum(abs(second[0] - first[0]) for first, second in pairwise(origins))
    down = sum(second[1] - first[1] for first, second in pairwise(origins))
    return down > _STEEP * across and down > 0


def stacks_of(chars: Sequence[Char], frame: Frame) -> Iterator[Stack]:
    """The stacks that characters form which are not read from left to right."""
    pieces = [_stack(list(run), frame) for _, run in groupby(chars, key=lambda char: char.style.run)]
    held: Stack | None = None
    for piece in pieces:
        if held is not None and _goes_on(held, piece):
            held = _joined(held, piece)
        else:
            if held is not None:
                yield held
            held = piece
    if held is not None:
        yield held


def _stack(run: list[Char], frame: Frame) -> Stack:
    areas = [frame.area(char.box) for char in run]
    quarters = run[0].style.quarters
    turned_left = quarters is not None and (quarters - frame.quarters) % 4 == 1
    return Stack(
        text="".join(char.text for char in run),
        x0=min(area[0] for area in areas),
        x1=max(area[2] for area in areas),
        top=min(area[1] for area in areas),
        bottom=max(area[3] for area in areas),
        falls=not turned_left,
    )


def _goes_on(first: Stack, second: Stack) -> bool:
    """Whether the second continues the first in the same column."""
    width = min(first.x1 - first.x0, second.x1 - second.x0)
    beside = min(first.x1, second.x1) - max(first.x0, second.x0)
    if first.falls != second.falls or beside < width / 2:
        return False
    gap = second.top - first.bottom if first.falls else first.top - second.bottom
    return -width <= gap <= 1.5 * width


def _joined(first: Stack, second: Stack) -> Stack:
    return Stack(
        first.text + second.text,
        min(first.x0, second.x0),
        max(first.x1, second.x1),
        min(first.top, second.top),
        max(first.bottom, second.bottom),
        first.falls,
    )
