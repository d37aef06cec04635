"""The drawing of a sheet's comments (VML): a box for each, edited as text.

Office writes VML that no XML parser takes (an unclosed <br> in a form control), so what is there is not
parsed: boxes are found, put in and taken out as text, and the rest stays as it was. Which prefix a name
has is up to the program that wrote the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jisseki_check.formatters.text import wrap
from jisseki_check.marking.refusal import CannotMark
from jisseki_check.marking.worksheet import Worksheet

_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_TYPE = "_x0000_t202"
_SHAPE = re.compile(r"<(?P<prefix>\w+:)shape\s.*?</(?P=prefix)shape>\s*", re.DOTALL)
_ROOT = re.compile(r"<xml\b[^>]*>")
_END = re.compile(r"</xml>\s*\Z")
_MAP = re.compile(r"(<\w+:idmap\b[^>]*?\bdata\s*=\s*[\"'])([0-9, ]*)")
_ID = re.compile(r"_x0000_s([0-9]+)")
_ANCHOR = re.compile(r"(<\w+:Anchor>)[^<]*(</\w+:Anchor>)")
_ROW = re.compile(r"<(\w+:)Row>\s*([0-9]+)\s*</")
_IS_NOTE = re.compile(r"ObjectType\s*=\s*[\"']Note")
_COLUMN_OF = re.compile(r"<\w+:Column>\s*([0-9]+)\s*</")
_BLOCK = 1024  # shapes that one number of a drawing's map stands for

_NARROW, _WIDE = 360, 560  # pixels that a box is wide
_TALL = 640  # pixels; a box with more to say is a wide one
_LINE = 16  # pixels that a line of 9 points is high
_COLUMN = 6.2  # pixels that one column of 9 points is wide; full-width characters take two
_MARGIN = 20
_FAR = 500  # columns or rows; the rest of a sheet may be hidden to its end


class NoteBoxes:
    """The drawing of one sheet. `taken`: numbers that the maps of the workbook's other drawings name."""

    def __init__(self, data: bytes | None, taken: set[int]) -> None:
        text = _new() if data is None else _decoded(data)
        mapped = _MAP.search(text)
        self._blocks = [int(number) for number in re.findall("[0-9]+", mapped[2])] if mapped else []
        self._used = {int(number) for number in _ID.findall(text)}
        self._taken = taken | numbers(text)
        self._has_type = f'id="{_TYPE}"' in text
        self._pieces: list[str] = []
        self._boxes: dict[tuple[int, int], list[int]] = {}
        self._added: dict[tuple[int, int], str] = {}
        self._split(text)

    def _split(self, text: str) -> None:
        """Boxes, and what stands between them."""
        end = 0
        for found in _SHAPE.finditer(text):
            self._pieces += [text[end : found.start()], found[0]]
            end = found.end()
            row, column = _ROW.search(found[0]), _COLUMN_OF.search(found[0])
            if _IS_NOTE.search(found[0]) and row and column:
                at = int(row[2]) + 1, int(column[1]) + 1
                self._boxes.setdefault(at, []).append(len(self._pieces) - 1)
        self._pieces.append(text[end:])

    def remove(self, row: int, column: int) -> None:
        """Take the box of a cell out."""
        self._added.pop((row, column), None)
        for number in self._boxes.pop((row, column), ()):
            self._used -= {int(each) for each in _ID.findall(self._pieces[number])}
            self._pieces[number] = ""

    def show(self, row: int, column: int, text: str, sheet: Worksheet) -> None:
        """A box in which the whole text of a cell's comment can be read: a new one, or the old one larger."""
        anchor = _anchor(row, column, text, sheet)
        held = self._boxes.get((row, column), ())
        for number in held:
            self._pieces[number] = _enlarged(self._pieces[number], anchor)
        if not held:
            self._added[row, column] = _shape(self._next_id(), row, column, anchor)

    def bytes(self) -> bytes:
        """Raises CannotMark where there is no place for further boxes."""
        text = "".join(self._pieces)
        if self._added:
            root, end = _ROOT.search(text), _END.search(text)
            if root is None or end is None:
                raise CannotMark("コメントの図の形式が分かりません")
            missing = "".join(
                f' xmlns:{each}="{name}"' for each, name in _SPACES.items() if f":{each}=" not in root[0]
            )
            shapes = ("" if self._has_type else _SHAPE_TYPE) + "".join(self._added.values())
            inside = text[root.end() : end.start()]
            text = f"{text[: root.start()]}{root[0][:-1]}{missing}>{inside}{shapes}{text[end.start() :]}"
        blocks = ",".join(map(str, self._blocks))
        return _MAP.sub(rf"\g<1>{blocks}", text, count=1).encode("utf-8")

    def _next_id(self) -> int:
        """A number that no shape has, of those that belong to this drawing; it may take in further ones."""
        free = (
            number
            for block in self._blocks
            for number in range(block * _BLOCK + 1, (block + 1) * _BLOCK)
            if number not in self._used
        )
        number = next(free, None)
        if number is None:
            block = next(each for each in range(1, len(self._taken) + 2) if each not in self._taken)
            self._taken.add(block)
            self._blocks.append(block)
            number = block * _BLOCK + 1
        self._used.add(number)
        return number


def numbers(text: str) -> set[int]:
    """The numbers that a drawing's map names, and those of its shapes."""
    mapped = {int(number) for found in _MAP.finditer(text) for number in re.findall("[0-9]+", found[2])}
    return mapped | {int(number) // _BLOCK for number in _ID.findall(text)}


def _new() -> str:
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in _SPACES.items())
    return f'<xml {spaces}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'


_SHAPE_TYPE = (
    f'<v:shapetype id="{_TYPE}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def _shape(number: int, row: int, column: int, anchor: str) -> str:
    return (
        f'<v:shape id="_x0000_s{number}" type="#{_TYPE}" style="position:absolute;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _enlarged(box: str, anchor: str) -> str:
    if _ANCHOR.search(box):
        return _ANCHOR.sub(rf"\g<1>{anchor}\g<2>", box, count=1)
    return _ROW.sub(rf"<\g<1>Anchor>{anchor}</\g<1>Anchor>\g<0>", box, count=1)


def _anchor(row: int, column: int, text: str, sheet: Worksheet) -> str:
    """Left, top, right and bottom edge, each as a cell (from 0) and pixels within it."""
    width, height = _size(text)
    left, right = _edges(sheet.whole(row, column)[2] + 1, 12, width, sheet.width)
    top, bottom = _edges(max(1, row - 1), 2, height, sheet.height)
    return ", ".join(map(str, (*left, *top, *right, *bottom)))


def _edges(
    start: int, offset: int, pixels: int, size: Callable[[int], int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last pixel of so many from column or row `start` (from 1) on. Where the sheet's rest
    is hidden, they begin before it."""
    end, room = start, size(start)
    while room <= offset + pixels and end - start < _FAR:
        end += 1
        room += size(end)
    if room > offset + pixels:
        return (start - 1, offset), (end - 1, size(end) - (room - offset - pixels))
    while room <= offset + pixels and start > 1:
        start -= 1
        room += size(start)
    return (start - 1, 0), (end - 1, size(end))


def _size(text: str) -> tuple[int, int]:
    """Pixels that a text takes, in a narrow box if it is not too long for one."""
    for width in (_NARROW, _WIDE):
        columns = int((width - _MARGIN) / _COLUMN)
        lines = sum(len(wrap(line, columns)) for line in text.split("\n"))
        height = _LINE * (lines + 1) + _MARGIN  # one line more, for the reason to be written
        if height <= _TALL:
            break
    return width, height


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotMark("コメントの図の文字の形式が分かりません") from None
