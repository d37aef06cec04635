"""How high a row has to be for its texts. Only Excel fits rows by itself, and not on every way to paper."""

from __future__ import annotations

from collections.abc import Iterable

_LINE, _PADDING = 14.0, 5.0  # points
_MOST = 12  # lines; a row that fills the screen hides all others, and the cell holds the rest


def width_of(text: str) -> int:
    """Columns of half width that a text takes, near enough: characters of three bytes are wide ones."""
    return len(text) + (len(text.encode("utf-8", "replace")) - len(text)) // 2


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a cell of that width."""
    room = max(width - 1, 2)
    return -(-width_of(text) // room)


def height_of(lines: Iterable[int]) -> float | None:
    """The height in points of a row whose texts take so many lines; None where one line is enough."""
    most = min(max(lines, default=1), _MOST)
    return _LINE * most + _PADDING if most > 1 else None
