"""What all charts are drawn with: names for those who cannot see them, labels, patterns, axes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import drawsvg
from markupsafe import Markup

from jisseki_check.formatters.text import clean, shorten
from jisseki_check.notation.width import display_width

WIDTH = 860  # units of every chart; the page scales it down to its own width
ROW = 26  # height of a department's line
LABELS = 206  # width kept for the names on the left
TEXT = 13
SMALL = 11
INK, FAINT, LINE = "#1b2733", "#4a5866", "#c9d2db"
_LEADING = 12.5  # from one line of a name to the next
_BREAK = re.compile(r"(?<=\S)(?:\s|（)")
_HALF_WIDTH = 0.52  # of the size of a letter: what a half-width one takes


@dataclass(frozen=True, slots=True)
class Look:
    """How a category is filled: a colour that all can tell from its neighbours, and a hatch for those who
    see none. `ink`: the colour of what is written on it. `hatch`: none, rising, falling, cross, dots, bars.
    """

    colour: str
    ink: str = INK
    hatch: str = "none"
    line: str = "#ffffff"


# Of Okabe and Ito's palette and its neighbours, told apart without colour by their brightness and hatch.
LEVELS = {
    "error": Look("#a3271e", "#ffffff"),
    "warning": Look("#f0b64c", INK, "rising", "#c98a14"),
    "info": Look("#c3ddf2", INK, "dots", "#5b93bf"),
}


class Canvas:
    """A chart of WIDTH × `height` units. `name` tells its parts from those of other charts of the page;
    `title` and `description` say what a reader who does not see it should know."""

    def __init__(self, name: str, title: str, description: str, height: float) -> None:
        self._drawing = drawsvg.Drawing(
            WIDTH,
            _short(height),
            id_prefix=f"chart-{name}-",
            role="img",
            aria_labelledby=f"chart-{name}-title",
            aria_describedby=f"chart-{name}-description",
            class_="chart",
        )
        self._drawing.append(drawsvg.Title(clean(title), id=f"chart-{name}-title"))
        self._drawing.append(_Description(clean(description), id=f"chart-{name}-description"))
        self._fills: dict[Look, Any] = {}

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        size: float = TEXT,
        fill: str = INK,
        strong: bool = False,
        room: float | None = None,
    ) -> None:
        """Words whose middle stands at height `y`. `room`: the units that they may take at most."""
        told = clean(words)
        if room is not None:
            told = _fitted(told, _columns(room, size))
        weight = {"font_weight": "bold"} if strong else {}
        self._drawing.append(
            drawsvg.Text(
                told, size, _short(x), _short(y + size * 0.36), text_anchor=anchor, fill=fill, **weight
            )
        )

    def label(self, x: float, y: float, words: str, *, room: float) -> None:
        """A name that ends at `x`, on two lines where it does not fit on one of `room` units."""
        told = clean(words)
        if display_width(told) <= _columns(room, TEXT):
            self.text(x, y, told, anchor="end")
            return
        first, second = _halves(told, _columns(room, SMALL))
        self.text(x, y - _LEADING / 2, first, anchor="end", size=SMALL, room=room)
        self.text(x, y + _LEADING / 2, second, anchor="end", size=SMALL, room=room)

    def box(
        self, x: float, y: float, width: float, height: float, look: Look | str, *, title: str = ""
    ) -> None:
        fill = look if isinstance(look, str) else self._fill(look)
        box = drawsvg.Rectangle(_short(x), _short(y), _short(width), _short(height), fill=fill)
        self._append(box, title)

    def frame(self, x: float, y: float, width: float, height: float, stroke: str = LINE) -> None:
        self._drawing.append(
            drawsvg.Rectangle(_short(x), _short(y), _short(width), _short(height), fill="none", stroke=stroke)
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, *, dashes: str | None = None
    ) -> None:
        dashed = {"stroke_dasharray": dashes} if dashes else {}
        self._drawing.append(
            drawsvg.Line(_short(x1), _short(y1), _short(x2), _short(y2), stroke=stroke, **dashed)
        )

    def shape(
        self, path: str, *, fill: str, stroke: str = "none", width: int | None = None, title: str = ""
    ) -> None:
        wide = {"stroke_width": width} if width is not None else {}
        self._append(drawsvg.Path(d=path, fill=fill, stroke=stroke, **wide), title)

    def legend(self, y: float, entries: list[tuple[str, Look]], x: float = LABELS) -> None:
        """Names beside a sample of each look, on one line."""
        for words, look in entries:
            self.box(x, y - 7, 20, 14, look)
            self.frame(x, y - 7, 20, 14, FAINT)
            self.text(x + 26, y, words, size=TEXT)
            x += 26 + width_of(words, TEXT) + 22

    def svg(self) -> Markup:
        # drawsvg escapes what stands between tags; what stands in attributes is ours.
        return Markup(self._drawing.as_svg(header=""))  # noqa: S704

    def _append(self, element: Any, title: str) -> None:
        if title:
            element.append_title(clean(title))
        self._drawing.append(element)

    def _fill(self, look: Look) -> Any:
        if look.hatch == "none":
            return look.colour
        if look not in self._fills:
            self._fills[look] = _pattern(look)
        return self._fills[look]


class _Description(drawsvg.Title):  # type: ignore[misc]
    """drawsvg has no element of this name."""

    TAG_NAME = "desc"


def width_of(words: str, size: float) -> float:
    """About as wide as the words are drawn."""
    return display_width(words) * size * _HALF_WIDTH


def _columns(room: float, size: float) -> int:
    """How many half-width letters fit."""
    return max(5, int(room / (size * _HALF_WIDTH)))


def _halves(words: str, columns: int) -> tuple[str, str]:
    """The beginning, as much of it as a line has room for, and the rest: parted before a bracket or at a
    blank (市民部 平成29年度／（citizens.json）), else where the line is full."""
    places = [found.start() for found in _BREAK.finditer(words)]
    fitting = [at for at in places if display_width(words[:at]) <= columns]
    at = max(fitting, default=0) or len(shorten(words, columns + 1).removesuffix("…"))
    return words[:at], words[at:].strip()


def _fitted(words: str, columns: int) -> str:
    """Cut in the middle where they are too long: what tells alike names apart mostly stands at their end."""
    if display_width(words) <= columns:
        return words
    tail = shorten(words[::-1], columns // 2)[::-1]
    return shorten(words, columns - display_width(tail) + 1).removesuffix("…") + tail


def _pattern(look: Look) -> Any:
    side = 6
    pattern = drawsvg.Pattern(side, side, patternUnits="userSpaceOnUse")
    pattern.append(drawsvg.Rectangle(0, 0, side, side, fill=look.colour))
    if look.hatch == "dots":
        pattern.append(drawsvg.Circle(3, 3, 1, fill=look.line))
        return pattern
    paths = {
        "rising": "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2",
        "falling": "M-1,5 l2,2 M0,0 l6,6 M5,-1 l2,2",
        "cross": "M0,0 l6,6 M0,6 l6,-6",
        "bars": "M3,0 v6",
    }
    pattern.append(drawsvg.Path(d=paths[look.hatch], stroke=look.line, fill="none"))
    return pattern


def _short(value: float) -> float:
    """Tenths of a unit: more cannot be seen, and every figure takes room."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
