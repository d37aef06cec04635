"""What a document's lines tell of its margins, its line spacing and its labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from jisseki_check.readers.pdf.flows import Margins
from jisseki_check.readers.pdf.layout import Flow, PageLayout, Table
from jisseki_check.readers.pdf.lines import Line, Piece
from jisseki_check.readers.pdf.paragraphs import is_justified, right_edge
from jisseki_check.readers.pdf.table_rows import CellColumns

_USUAL_PITCH = 1.45
_WIDEST_PITCH = 2.7
_LONGEST_LABEL = 15
_OFTEN = 3
_FREE = 0.5


class Measures:
    """`cells`: where text ends in the cells of the tables."""

    def __init__(self, pages: Sequence[PageLayout]) -> None:
        tables = list(_tables(pages))
        self.cells = CellColumns(
            tables, _pitch(pieces for table in tables for pieces in table.cells.values())
        )
        self._margins: dict[int, Margins] = {}
        sizes: dict[int, list[PageLayout]] = defaultdict(list)
        for page in pages:
            sizes[round(page.width)].append(page)
        for width, alike in sizes.items():
            self._margins[width] = _margins_of(alike)

    def margins(self, page: PageLayout, right: float | None = None) -> Margins:
        """Those of a page; of a column or frame in it that ends at `right`."""
        own = self._margins[round(page.width)]
        return own if right is None else replace(own, right=right, justified=False)


def _tables(pages: Sequence[PageLayout]) -> Iterator[Table]:
    waiting = [part for page in pages for part in page.parts if isinstance(part, Table)]
    while waiting:
        table = waiting.pop()
        waiting += [inner for _, inner in table.inner]
        yield table


def _margins_of(pages: Sequence[PageLayout]) -> Margins:
    flows = [part for page in pages for part in page.parts if isinstance(part, Flow)]
    own = [line for flow in flows if flow.right is None for line in flow.lines]
    last = [line[-1] for line in own]
    lefts = sorted(line[0].x0 for line in own)
    left = lefts[len(lefts) // 20] if lefts else 0.0
    right = right_edge(last, pages[0].width - left)
    pitch = _pitch([line[0] for line in flow.lines] for flow in flows)
    return Margins(right, _within(own), pitch, _labels(flows, right), is_justified(last, right))


def _pitch(columns: Iterable[Sequence[Piece]]) -> float:
    """How far the lines of a text are apart, in their size."""
    distances = [
        (below.base - above.base) / below.size
        for column in columns
        for above, below in pairwise(column)
        if 0.8 * below.size < below.base - above.base < _WIDEST_PITCH * below.size
    ]
    return median(distances) if distances else _USUAL_PITCH


def _within(lines: Sequence[Line]) -> dict[int, float]:
    """Where text ends that stands left of other text, by its left edge."""
    strips: dict[int, list[tuple[Piece, float]]] = defaultdict(list)
    for line in lines:
        for piece, beside in pairwise(line):
            strips[round(piece.x0)].append((piece, beside.x0 - piece.size))
    return {
        left: right_edge([piece for piece, _ in strip], median(right for _, right in strip))
        for left, strip in strips.items()
    }


def _labels(flows: Iterable[Flow], right: float) -> frozenset[str]:
    """Short texts that come again and again: beside other text, or alone and mostly below a line that had
    room for them."""
    times: Counter[str] = Counter()
    free: Counter[str] = Counter()
    for flow in flows:
        for above, line in pairwise(flow.lines):
            text = line[0].text
            if len(text) <= _LONGEST_LABEL and not text.endswith("。"):
                times[text] += 1
                had_room = above[-1].x1 + line[0].lead < right and above[-1].x0 < line[0].x1
                free[text] += len(line) > 1 or had_room
    return frozenset(text for text, count in times.items() if count >= _OFTEN and free[text] >= _FREE * count)
