"""One page of a PDF, read: what stands where, and what of it no reader sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.data_faults import shortened
from jisseki_check.readers.pdf.chars import Char, Style, read_chars
from jisseki_check.readers.pdf.drawing import Box, Drawing, read_drawing
from jisseki_check.readers.pdf.frame import Frame
from jisseki_check.readers.pdf.shapes import Glyph, Rule, Sheet
from jisseki_check.readers.pdf.stacks import falls, stacks_of
from jisseki_check.readers.pdf.work import Work

_LARGE = 0.3
_MOST_ASIDE = 0.3
_FEW_ASIDE = 40
_EDGE = 2.0
_INSIDE = 1.0


def read_sheet(page: Any, number: int, work: Work, before: Sheet | None = None) -> Sheet:
    """A page; `before` is the one before it, whose `below` loses what this one shows.

    Raises Unreadable for a page whose characters are not known or cut off, or that has no order of reading.
    """
    drawing = read_drawing(page, work)
    chars = read_chars(page, number, drawing, work)
    frame = Frame(_box_of(page), _quarters(page, chars))
    width, height = frame.size
    sheet = Sheet(number, width, height, curves=drawing.curves)
    sheet.rules = [_rule(frame.area(line)) for line in drawing.lines]
    sheet.images = min(1.0, sum(_share(frame, box) for _, box in drawing.images))
    runs = _Runs(sheet, drawing, frame).sorted(chars)
    _take(sheet, _without_repeated(runs, sheet, before), frame)
    return sheet


def _box_of(page: Any) -> Box:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return box.left, box.bottom, box.right, box.top


def _quarters(page: Any, chars: Sequence[Char]) -> int:
    """How the page is to be turned for most of its text to stand upright."""
    counts = Counter(char.style.quarters for char in chars if char.style.quarters is not None)
    if not counts:
        return int(pdfium.FPDFPage_GetRotation(page)) % 4
    return max(counts, key=lambda quarters: (counts[quarters], -quarters))


def _rule(area: Box) -> Rule:
    left, top, right, bottom = area
    if right - left >= bottom - top:
        return Rule(upright=False, at=(top + bottom) / 2, start=left, end=right)
    return Rule(upright=True, at=(left + right) / 2, start=top, end=bottom)


def _share(frame: Frame, box: Box) -> float:
    """How much of the page a box covers."""
    width, height = frame.size
    left, top, right, bottom = frame.area(box)
    across = min(right, width) - max(left, 0.0)
    down = min(bottom, height) - max(top, 0.0)
    return max(across, 0.0) * max(down, 0.0) / max(width * height, 1.0)


# --- what can be seen ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """Characters that are drawn in one stroke; `cut`: above or below, where the end of the page cuts all of
    them off with their cell."""

    chars: list[Char]
    cut: str = ""

    @property
    def style(self) -> Style:
        return self.chars[0].style

    @property
    def marks(self) -> list[Char]:
        return [char for char in self.chars if not char.is_blank]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars).strip()


class _Runs:
    """Sorts the strokes of a page by whether they can be seen."""

    def __init__(self, sheet: Sheet, drawing: Drawing, frame: Frame) -> None:
        self._sheet = sheet
        self._frame = frame
        self._grounds = [*drawing.grounds, *drawing.images]
        self._large = [(order, box) for order, box in drawing.images if _share(frame, box) >= _LARGE]
        left, bottom, right, top = frame.box
        self._page = (left - _EDGE, bottom - _EDGE, right + _EDGE, top + _EDGE)

    def sorted(self, chars: Sequence[Char]) -> Iterator[_Run]:
        """Those that belong to the page; what cannot be seen of them is noted in its sheet."""
        for _, group in groupby(chars, key=lambda char: char.style.run):
            run = _Run(list(group))
            if run.style.quarters is None or self._is_beyond(run):
                self._sheet.aside.append(run.text)
            else:
                self._note_unseen(run)
                yield run

    def _is_beyond(self, run: _Run) -> bool:
        """Whether a stroke lies outside of the page. Raises Unreadable where the page's edge cuts it."""
        within = [_holds(self._page, *_middle(char)) for char in run.marks or run.chars]
        if any(within) and not all(within):
            raise _cut_off(self._sheet.number, run.text)
        return not any(within)

    def _note_unseen(self, run: _Run) -> None:
        marks = run.marks
        self._sheet.behind += sum(self._is_behind(char) for char in marks)
        unseen = [char for char in marks if self._is_hidden(char)]
        if run.style.hidden and self._large:
            self._sheet.behind += len(unseen)
            return
        if unseen and len(unseen) == len(marks):
            run.cut = self._cut(run)
        if len(unseen) < len(marks):
            self._sheet.seen.add(run.text)
        if unseen and not run.cut:
            self._sheet.hidden.append("".join(char.text for char in unseen))

    def _is_behind(self, char: Char) -> bool:
        """Whether a large image lies over it, as in a page whose text was recognised."""
        return any(order > char.style.order and _holds(box, *_middle(char)) for order, box in self._large)

    def _is_hidden(self, char: Char) -> bool:
        style = char.style
        if style.hidden or (style.clip is not None and not _holds(style.clip, *_middle(char))):
            return True
        if not style.white:
            return False
        return not any(order <= style.order and _holds(box, *_middle(char)) for order, box in self._grounds)

    def _cut(self, run: _Run) -> str:
        if run.style.clip is None:
            return ""
        _, top, _, bottom = self._frame.area(run.style.clip)
        heights = [self._frame.point(*_middle(char))[1] for char in run.marks]
        if min(heights) > bottom:
            return "below"
        return "above" if max(heights) < top else ""


def _middle(char: Char) -> tuple[float, float]:
    left, bottom, right, top = char.box
    return (left + right) / 2, (bottom + top) / 2


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _without_repeated(runs: Iterator[_Run], sheet: Sheet, before: Sheet | None) -> list[_Run]:
    """The strokes of a page without those of a cell that the page's end cut: such a cell is drawn on both
    pages, each time with all of its text, and is read on the first one."""
    kept: list[_Run] = []
    carried = Counter(before.below if before is not None else ())
    for run in sorted(runs, key=lambda run: -run.chars[0].y):
        if not run.cut and carried[run.text] > 0:
            carried[run.text] -= 1
            continue
        if run.cut == "above" and before is not None and run.text in before.seen:
            continue
        if run.cut == "below":
            sheet.below.append(run.text)
        elif run.cut:
            sheet.hidden.append(run.text)
        kept.append(run)
    if before is not None:
        before.hidden += carried.elements()
        before.below = []
    return kept


def _cut_off(number: int, text: str) -> Unreadable:
    return Unreadable(
        f"{number}ページの端で文が切れています（「{shortened(text)}」）",
        rule="DOC004",
        fix="元の Word・Excel の文書を点検するか、ページに収まるように PDF を作り直してください"
        "（Excel では「ページ設定」で「すべての列を1ページに印刷」を選びます）。",
        at=Location(page=number),
    )


# --- what is read -------------------------------------------------------------------------------


def _take(sheet: Sheet, runs: Sequence[_Run], frame: Frame) -> None:
    aside: list[Char] = []
    for run in sorted(runs, key=lambda run: run.style.run):
        if run.style.quarters != frame.quarters or falls([frame.point(char.x, char.y) for char in run.chars]):
            aside += run.chars
        else:
            sheet.glyphs += (_glyph(char, frame) for char in run.chars)
    if len(aside) > max(_FEW_ASIDE, _MOST_ASIDE * (len(aside) + len(sheet.glyphs))):
        raise Unreadable(
            f"{sheet.number}ページに、縦書きか、向きを変えた文が多く、読む順を決められません",
            rule="DOC004",
            fix="元の Word・Excel の文書を点検するか、横書きで同じ向きにそろえた PDF を作り直してください。",
            at=Location(page=sheet.number),
        )
    sheet.stacks = list(stacks_of(aside, frame))


def _glyph(char: Char, frame: Frame) -> Glyph:
    left, _, right, _ = frame.area(char.box)
    _, base = frame.point(char.x, char.y)
    glyph = Glyph(char.text, left, right, base, char.style.size, char.style.run)
    if char.style.clip is not None:
        x, y = glyph.place
        x0, top, x1, bottom = frame.area(char.style.clip)
        near = min(max(x, x0 + _INSIDE), x1 - _INSIDE), min(max(y, top + _INSIDE), bottom - _INSIDE)
        glyph.shown = None if near == (x, y) else near
    return glyph
