"""What is drawn on a page of a PDF apart from its text: ruling lines, images, filled grounds, clips.

Coordinates are the file's own: y upwards."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from jisseki_check.readers.pdf.work import Work

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST_FORM = 12
_THIN = 4.0
_SLANT = 0.6
_LIGHT = 240
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class TextObject:
    """Characters that are drawn in one stroke: their place in the order of drawing, their matrix, the size of
    their font before it, and the rectangle outside of which nothing of them is shown."""

    order: int
    matrix: Matrix
    size: float
    clip: Box | None


@dataclass(slots=True)
class Drawing:
    """`lines` are level or upright; `images` and `grounds` (filled with a colour) come with their place in
    the order of drawing. `texts`: the text objects by their address. `curves`: how many lines are neither."""

    lines: list[Box] = field(default_factory=list)
    images: list[tuple[int, Box]] = field(default_factory=list)
    grounds: list[tuple[int, Box]] = field(default_factory=list)
    texts: dict[int, TextObject] = field(default_factory=dict)
    curves: int = 0


def read_drawing(page: Any, work: Work) -> Drawing:
    """Everything that is drawn on a page. Raises Unreadable where that is too much."""
    drawing = Drawing()
    for at, (shape, matrix) in enumerate(_shapes(page)):
        work.spend(1)
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            _take_text(drawing, shape, matrix, at)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.images.append((at, _bounds(shape, matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _take_path(drawing, shape, matrix, at, work)
    return drawing


def _shapes(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The objects of a page and of the forms in it, in the order of drawing, each with its form's matrix."""
    waiting = [(IDENTITY, iter(range(pdfium.FPDFPage_CountObjects(page))), pdfium.FPDFPage_GetObject, page)]
    while waiting:
        matrix, indexes, get, holder = waiting[-1]
        index = next(indexes, None)
        if index is None:
            waiting.pop()
            continue
        shape = get(holder, index)
        if pdfium.FPDFPageObj_GetType(shape) == pdfium.FPDF_PAGEOBJ_FORM and len(waiting) < _DEEPEST_FORM:
            inner = iter(range(pdfium.FPDFFormObj_CountObjects(shape)))
            placed = _product(_matrix_of(shape), matrix)
            waiting.append((placed, inner, pdfium.FPDFFormObj_GetObject, shape))
        else:
            yield shape, matrix


def _take_text(drawing: Drawing, shape: Any, matrix: Matrix, at: int) -> None:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(shape, size)
    clip = _clip_of(shape) if matrix == IDENTITY else None
    placed = _product(_matrix_of(shape), matrix)
    drawing.texts[ctypes.addressof(shape.contents)] = TextObject(at, placed, size.value, clip)


def _take_path(drawing: Drawing, shape: Any, matrix: Matrix, at: int, work: Work) -> None:
    fill_mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, fill_mode, is_stroked)
    fills = fill_mode.value != pdfium.FPDF_FILLMODE_NONE and _shows(pdfium.FPDFPageObj_GetFillColor, shape)
    strokes = bool(is_stroked.value) and _shows(pdfium.FPDFPageObj_GetStrokeColor, shape)
    if not (fills or strokes):
        return
    placed = _product(_matrix_of(shape), matrix)
    outlines = list(_outlines(shape, placed, drawing, work))
    if strokes:
        for outline in outlines:
            drawing.lines.extend(_straight(outline, drawing))
    if fills:
        for outline in outlines:
            _take_filled(drawing, outline, at)


def _outlines(shape: Any, matrix: Matrix, drawing: Drawing, work: Work) -> Iterator[list[Point]]:
    """The corners of each part of a path; parts with bent lines are counted and left out, and so is the
    rest of a path that begins with nothing else, as of a map."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    bent = 0
    count = pdfium.FPDFPath_CountSegments(shape)
    for index in range(count):
        if index == _SAMPLE and 2 * bent > _SAMPLE:
            drawing.curves += count
            return
        work.spend(1)
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            bent += 1
            drawing.curves += 1
            points = []
            continue
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_moved(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _straight(outline: list[Point], drawing: Drawing) -> Iterator[Box]:
    """The level and upright ones of the lines between the corners."""
    for (x0, y0), (x1, y1) in pairwise(outline):
        if abs(y0 - y1) <= _SLANT or abs(x0 - x1) <= _SLANT:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        else:
            drawing.curves += 1


def _take_filled(drawing: Drawing, outline: list[Point], at: int) -> None:
    """A thin rectangle is a line, be it drawn with a fill; all else is a ground."""
    if len(outline) < 3:
        return
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    bottom, top = min(y for _, y in outline), max(y for _, y in outline)
    width, height = right - left, top - bottom
    if min(width, height) > _THIN:
        drawing.grounds.append((at, (left, bottom, right, top)))
    elif width >= height:
        drawing.lines.append((left, (bottom + top) / 2, right, (bottom + top) / 2))
    else:
        drawing.lines.append(((left + right) / 2, bottom, (left + right) / 2, top))


def _shows(get_colour: Any, shape: Any) -> bool:
    """Whether a line or ground of that colour can be seen on white paper."""
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    if not get_colour(shape, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _LIGHT


def _matrix_of(shape: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, matrix):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does first the one, then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _moved(x: float, y: float, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(shape: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
    corners = [_moved(x, y, matrix) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _clip_of(shape: Any) -> Box | None:
    """The rectangle outside of which nothing of a text object is shown; None where nothing is cut."""
    clip = pdfium.FPDFPageObj_GetClipPath(shape)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else -1
    if count <= 0:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    left, bottom, right, top = -1e9, -1e9, 1e9, 1e9
    for path in range(min(count, _SAMPLE)):
        points: list[Point] = []
        for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), _SAMPLE)):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, index), x, y)
            points.append((x.value, y.value))
        if points:
            left, right = max(left, min(x for x, _ in points)), min(right, max(x for x, _ in points))
            bottom, top = max(bottom, min(y for _, y in points)), min(top, max(y for _, y in points))
    return left, bottom, right, top
