"""Lines that no ruling line parts → paragraphs, and labels with the text beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from jisseki_check.readers.pdf.lines import Line, Piece
from jisseki_check.readers.pdf.paragraphs import Column, continues
from jisseki_check.readers.pdf.shapes import ABOVE

_ALIGNED = 0.8
_INDENT = 7.0
_BLANK_LINE = 1.75
_BLANK_SPACE = 0.8
_WIDEST_GUTTER = 3.0

Paragraph = list[Piece]


@dataclass(slots=True)
class Strip:
    """What stands below one another within a row: its left edge and its paragraphs."""

    x0: float
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class TextRow:
    """A paragraph (one strip), or a label and the text beside it. `apart`: a blank line stands before it."""

    strips: list[Strip]
    apart: bool

    @property
    def last(self) -> Piece:
        """The last of its lines: the lowest, and in that the rightmost."""
        ends = (strip.paragraphs[-1][-1] for strip in reversed(self.strips) if strip.paragraphs)
        return max(ends, key=lambda piece: (piece.page, piece.base))


@dataclass(frozen=True, slots=True)
class Margins:
    """Where full lines end on the right; `within`: of text that stands left of other text, by its left edge
    in whole points. `pitch`: how far lines are apart, in their size."""

    right: float
    within: dict[int, float]
    pitch: float
    labels: frozenset[str]
    justified: bool = False

    def column(self, piece: Piece, beside: Piece | None) -> Column:
        """The column of a piece; `beside` stands on its right."""
        if beside is None:
            return Column(self.right, self.pitch, self.labels, self.justified)
        edge = self.within.get(round(piece.x0), beside.x0 - piece.size)
        edge = min(max(edge, beside.x0 - _WIDEST_GUTTER * piece.size), beside.x0)
        return Column(edge, self.pitch, self.labels)


class Rows:
    """Takes line by line, over the ends of pages too, and gives the rows that they form."""

    def __init__(self) -> None:
        self._open: TextRow | None = None
        self._edges: list[float] = []

    def take(self, lines: Sequence[Line], margins: Margins, above: float | None) -> Iterator[TextRow]:
        """The rows that lines complete; the last one stays open. `above`: where a table ends above them."""
        for line in lines:
            if self._open is not None and _goes_on(self._open, line, margins):
                continue
            if self._open is not None:
                apart = _is_apart(self._open.last, line[0], margins)
            else:
                apart = above is not None and is_below(line[0], above)
            yield from self.finish()
            self._begin(line, apart)

    def finish(self) -> Iterator[TextRow]:
        """The row that is still open: what comes now is no text."""
        if self._open is not None:
            yield self._open
        self._open = None

    def _begin(self, line: Line, apart: bool) -> None:
        strips = [Strip(piece.x0, [[piece]]) for piece in line]
        if len(line) > 1:
            self._edges = [piece.x0 for piece in line[1:]]
        elif any(abs(edge - line[0].x0) <= _ALIGNED * line[0].size for edge in self._edges):
            strips.insert(0, Strip(-_INDENT * line[0].size))
        else:
            self._edges = []
        self._open = TextRow(strips, apart)


def is_below(piece: Piece, bottom: float) -> bool:
    """Whether a blank line stands between a line and the table above it."""
    return piece.base - ABOVE * piece.size - bottom > _BLANK_SPACE * piece.size


def _is_apart(last: Piece, piece: Piece, margins: Margins) -> bool:
    """Whether a blank line stands between two lines."""
    distance = piece.base - last.base
    return piece.page == last.page and distance > _BLANK_LINE * margins.pitch * piece.size


def _goes_on(row: TextRow, line: Line, margins: Margins) -> bool:
    """Add a line to a row, if it goes on with it."""
    if _wraps_back(row, line, margins):
        row.strips[-1].paragraphs[-1].append(line[0])
        return True
    places = [place for piece in line if (place := _strip_of(row, piece)) is not None]
    if len(places) < len(line) or len(set(places)) < len(places):
        return False
    joined = [_joins(row, place, piece, margins) for place, piece in zip(places, line, strict=True)]
    if 0 in places and not all(joined):
        return False
    if not all(joined) and (len(row.strips) == 1 or _is_apart(row.last, line[0], margins)):
        return False
    for place, piece, is_joined in zip(places, line, joined, strict=True):
        if is_joined:
            row.strips[place].paragraphs[-1].append(piece)
        else:
            row.strips[place].paragraphs.append([piece])
    return True


def _wraps_back(row: TextRow, line: Line, margins: Margins) -> bool:
    """Whether a line goes on with the last text of the row, though it begins at the row's left margin: had
    that text a column of its own, its next line would stand there."""
    piece, last = line[0], row.strips[-1].paragraphs[-1][-1] if row.strips[-1].paragraphs else None
    if (
        len(row.strips) == 1
        or len(line) > 1
        or last is None
        or row.last is not last
        or last.text.endswith("。")
    ):
        return False
    if abs(piece.x0 - row.strips[0].x0) > _ALIGNED * piece.size:
        return False
    return continues([last], replace(piece, x0=last.x0), margins.column(last, None))


def _joins(row: TextRow, place: int, piece: Piece, margins: Margins) -> bool:
    strip = row.strips[place]
    if not strip.paragraphs:
        return False
    beside = row.strips[place + 1].paragraphs[0][0] if place + 1 < len(row.strips) else None
    return continues(strip.paragraphs[-1], piece, margins.column(strip.paragraphs[0][0], beside))


def _strip_of(row: TextRow, piece: Piece) -> int | None:
    """The strip of a row in which a piece stands by its left edge."""
    for place in range(len(row.strips) - 1, -1, -1):
        shift = piece.x0 - row.strips[place].x0
        if shift >= -_ALIGNED * piece.size:
            overlaps = place + 1 < len(row.strips) and piece.x1 > row.strips[place + 1].x0 + piece.size
            return None if overlaps or (shift > _INDENT * piece.size and place > 0) else place
    # The first line of a paragraph may be indented.
    return 0 if len(row.strips) == 1 else None
