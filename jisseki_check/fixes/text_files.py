"""Corrections in plain text: the characters of a line, and nothing else of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jisseki_check.fixes.corrections import Correction
from jisseki_check.readers.decoding import decode

_LINE_BREAK = re.compile(r"\r\n?|\n")
_BOM = b"\xef\xbb\xbf"


class Edits:
    """Replacements in one text, each at its offset; they are made together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._made: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, after: str) -> None:
        self._made.append((start, end, after))

    def result(self) -> str:
        text = self.text
        for start, end, after in sorted(self._made, reverse=True):
            text = text[:start] + after + text[end:]
        return text


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


def encoded(text: str, data: bytes) -> bytes:
    """The text in the encoding of the file that it was read from. Raises UnicodeEncodeError."""
    if data.startswith(_BOM):
        return _BOM + text.encode("utf-8")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("cp932")
    return text.encode("utf-8")


def corrected(data: bytes, name: str, corrections: Sequence[Correction]) -> tuple[bytes, list[Correction]]:
    """The file with the corrections made, and those of them that were. Lines and columns tell where."""
    edits = Edits(decode(data, name))
    made = list(_edit(edits, corrections))
    return encoded(edits.result(), data), made


def _edit(edits: Edits, corrections: Sequence[Correction]) -> Iterator[Correction]:
    starts = line_starts(edits.text)
    for correction in corrections:
        at = correction.at
        if at.line is None or at.column is None or at.line > len(starts):
            continue
        start = starts[at.line - 1] + at.column - 1
        end = start + len(correction.before)
        if edits.text[start:end] == correction.before:
            edits.replace(start, end, correction.after)
            yield correction
