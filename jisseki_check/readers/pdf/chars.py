"""The characters of a page of a PDF as the file places them: y upwards, turned as they are."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.pdf.drawing import Box, Drawing
from jisseki_check.readers.pdf.shapes import BLANKS
from jisseki_check.readers.pdf.signs import is_private, symbol_of, whole_character
from jisseki_check.readers.pdf.work import Work

_SMALLEST = 1.0
_LEAST = 0.1
_WHITE = 250
_INVISIBLE_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_HYPHEN = "\x02"  # what pdfium makes of a hyphen that ends a line
_LINE_BREAKS = "\r\n"
_NO_CHARACTERS = ("\ufffd", "\ufffe", "\uffff")
_QUARTER_TOLERANCE = 0.09  # radians
_LONGEST_NAME = 256


@dataclass(slots=True)
class Style:
    """What the characters of one text object have in common. `quarters`: by how many quarters they are turned
    to the left, None where they stand aslant; `order`: their place in the order of drawing."""

    run: int
    size: float
    quarters: int | None
    hidden: bool
    white: bool
    clip: Box | None
    order: int


@dataclass(slots=True)
class Char:
    """A character, its origin on the base line, and the box of its advance and its font's height."""

    text: str
    x: float
    y: float
    box: Box
    style: Style

    @property
    def is_blank(self) -> bool:
        return self.text in BLANKS


def read_chars(page: Any, number: int, drawing: Drawing, work: Work) -> list[Char]:
    """All characters of a page in the order of the file.

    Raises Unreadable for a character of which the file does not say which it is.
    """
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        raise Unreadable(
            f"{number}ページの文字を取り出せません",
            fix="ファイルが壊れていないかを確かめ、元の文書から PDF を作り直してください。",
            at=Location(page=number),
        )
    try:
        return _Reading(text_page, number, drawing, work).chars()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Reading:
    def __init__(self, text_page: Any, number: int, drawing: Drawing, work: Work) -> None:
        self._page = text_page
        self._number = number
        self._drawing = drawing
        self._work = work
        self._styles: dict[int, Style] = {}
        self._unknown = 0

    def chars(self) -> list[Char]:
        page, rect = self._page, pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        chars: list[Char] = []
        count = pdfium.FPDFText_CountChars(page)
        self._work.spend(max(count, 0))
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(page, index)
            if code <= 0x20 and pdfium.FPDFText_IsGenerated(page, index) == 1:
                continue
            holder = pdfium.FPDFText_GetTextObject(page, index)
            text = self._text(code, index)
            if not holder or not text:
                continue
            pdfium.FPDFText_GetLooseCharBox(page, index, rect)
            pdfium.FPDFText_GetCharOrigin(page, index, x, y)
            box = (rect.left, rect.bottom, rect.right, rect.top)
            style = self._style(holder, index)
            if chars and "\udc00" <= text <= "\udfff":
                _complete(chars, text, box)
            else:
                chars.append(Char(text, x.value, y.value, box, style))
        if self._unknown:
            raise _unknown_characters(self._number, self._unknown)
        return chars + list(self._blanks())

    def _blanks(self) -> Iterator[Char]:
        """The text objects of nothing but blanks, which the library leaves out; their width is unknown.
        What it leaves out as drawn twice lies on other characters, and makes no gap there."""
        for address, known in self._drawing.texts.items():
            if address not in self._styles:
                a, b, c, d, x, y = known.matrix
                size = max(known.size * math.hypot(c, d), _LEAST)
                style = Style(len(self._styles), size, _quarters(a, b), False, False, None, known.order)
                self._styles[address] = style
                yield Char(" ", x, y, (x, y, x, y), style)

    def _text(self, code: int, index: int) -> str:
        """The character; nothing for a line break, and for one that the file does not name."""
        text = chr(code)
        if text == _HYPHEN:
            return "-"
        named = pdfium.FPDFText_HasUnicodeMapError(self._page, index) != 1
        if named and text >= " " and text not in _NO_CHARACTERS:
            if not is_private(text):
                return whole_character(text)
            sign = symbol_of(text, self._font(index))
            if sign is not None:
                return sign
        if text in _LINE_BREAKS or self._draws_nothing(index):
            return " " if text not in _LINE_BREAKS else ""
        self._unknown += 1
        return ""

    def _draws_nothing(self, index: int) -> bool:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top):
            return True
        return right.value - left.value < 0.01 or top.value - bottom.value < 0.01

    def _font(self, index: int) -> str:
        name = ctypes.create_string_buffer(_LONGEST_NAME)
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self._page, index, name, _LONGEST_NAME, flags)
        return name.value.decode("utf-8", "replace") if 0 < length <= _LONGEST_NAME else ""

    def _style(self, holder: Any, index: int) -> Style:
        address = ctypes.addressof(holder.contents)
        style = self._styles.get(address)
        if style is None:
            style = self._styles[address] = self._read_style(holder, address, index)
        return style

    def _read_style(self, holder: Any, address: int, index: int) -> Style:
        known = self._drawing.texts.get(address)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._page, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(holder)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        coloured = pdfium.FPDFText_GetFillColor(self._page, index, red, green, blue, alpha)
        hidden = mode in _INVISIBLE_MODES or abs(size) < _SMALLEST or (bool(coloured) and alpha.value == 0)
        return Style(
            run=len(self._styles),
            size=max(abs(size), _LEAST),
            quarters=_quarters(matrix.a, matrix.b),
            hidden=hidden,
            white=bool(coloured) and min(red.value, green.value, blue.value) >= _WHITE,
            clip=known.clip if known is not None else None,
            order=known.order if known is not None else 0,
        )


def _complete(chars: list[Char], low: str, box: Box) -> None:
    """Join the second half of a character beyond the first 65 536 with its first."""
    last = chars[-1]
    if "\ud800" <= last.text <= "\udbff":
        last.text = (last.text + low).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        last.box = (last.box[0], last.box[1], max(last.box[2], box[2]), last.box[3])


def _quarters(a: float, b: float) -> int | None:
    quarters = math.atan2(b, a) / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) <= _QUARTER_TOLERANCE else None


def _unknown_characters(number: int, count: int) -> Unreadable:
    return Unreadable(
        f"{number}ページに、どの文字かを読み取れない文字が{count:,}字あります"
        "（見た目は正しくても、文字の情報が PDF に入っていません）",
        fix="元の Word・Excel の文書を点検するか、その「名前を付けて保存」で PDF を作り直してください。",
        at=Location(page=number),
    )
