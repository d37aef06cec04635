"""The text of an open document, with places as the editor counts them and as findings do.

The protocol counts lines from 0 and columns in code units of the encoding that both sides agreed upon;
findings count both from 1, and columns in characters. For both a line ends in CR LF, LF or CR, and in
nothing else: a form feed or U+2028 stands within its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range, TextDocumentContentChangePartial
from lsprotocol.types import TextDocumentContentChangeEvent as Change

from jisseki_check.model import Location

_LINE_BREAK = re.compile(r"\r\n?|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOM = "\ufeff"


def _utf8_units(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_UNITS: dict[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: _utf8_units,
    PositionEncodingKind.Utf16: _utf16_units,
    PositionEncodingKind.Utf32: len,
}


@dataclass(frozen=True)
class Buffer:
    """A text at one moment; `encoding` is the one in whose units the editor counts columns."""

    text: str
    encoding: str = PositionEncodingKind.Utf16

    @property
    def data(self) -> bytes:
        """The file as which it would be saved. Half a character, which no file could hold, is U+FFFD."""
        return _SURROGATE.sub("\ufffd", self.text).encode()

    def changed(self, change: Change) -> Buffer:
        """The text after one change, of a range or of all."""
        if not isinstance(change, TextDocumentContentChangePartial):
            return Buffer(change.text, self.encoding)
        start, end = sorted((self.offset(change.range.start), self.offset(change.range.end)))
        return Buffer(self.text[:start] + change.text + self.text[end:], self.encoding)

    # --- as the editor counts -------------------------------------------------------------------

    def offset(self, position: Position) -> int:
        """The character at a position; one behind the end of a line or of the text stands for that end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self._line(position.line)
        line = self.text[start:end]
        units = _UNITS[self.encoding]
        if position.character >= units(line):
            return end
        low, high = 0, len(line) - 1  # the last character that begins at or before the position
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if units(line[:middle]) <= position.character else (low, middle - 1)
        return start + low

    def position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset) - 1
        start, end = self._line(line)
        return Position(line, _UNITS[self.encoding](self.text[start : min(offset, end)]))

    def range(self, start: int, end: int) -> Range:
        return Range(self.position(start), self.position(end))

    def line_end(self, line: int) -> int:
        """The character behind the last one of a line, counted from 0."""
        return self._line(line)[1]

    # --- as findings count ----------------------------------------------------------------------

    def span(self, at: Location) -> tuple[int, int]:
        """The characters of a place; all of its line where it names no column, the first where no line."""
        start = self._at(at.line or 1, at.column or 1)
        if at.end_line is not None and at.end_column is not None:
            return start, max(start, self._at(at.end_line, at.end_column))
        return start, max(start, self._line(self._clamped(at.line or 1))[1])

    def _at(self, line: int, column: int) -> int:
        start, end = self._line(self._clamped(line))
        # Readers take a byte order mark for no character of the text.
        hidden = 1 if start == 0 and self.text.startswith(_BOM) else 0
        return min(start + hidden + column - 1, end)

    def _clamped(self, line: int) -> int:
        return min(line, len(self._starts)) - 1

    def _line(self, number: int) -> tuple[int, int]:
        """Where a line begins and where it ends, without its line break."""
        start = self._starts[number]
        if number + 1 == len(self._starts):
            return start, len(self.text)
        return start, len(self.text[start : self._starts[number + 1]].rstrip("\r\n")) + start

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
