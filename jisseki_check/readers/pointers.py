"""JSON Pointer (RFC 6901) → the place of that value in the text of a JSON or YAML document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jisseki_check.model import Location

_LINE_BREAK = re.compile(r"\r\n?|\n")


@dataclass(slots=True)
class Span:
    """A value: the offset of its first character, the one after its last, what it holds by key (of an
    array: by the index, written out), and where its own key stands, if the reader has kept that."""

    start: int
    end: int
    children: dict[str, Span] = field(default_factory=dict)
    key: int | None = None


def place_in(text: str, offset: int, path: str | None = None) -> Location:
    """The line and column of one character, without a table of all lines."""
    before = text[:offset]
    if "\r" in before:
        before = before.replace("\r\n", "\n").replace("\r", "\n")
    return Location(path=path, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))


def _held(span: Span) -> Mapping[str, Span]:
    return span.children


class SpanPointers:
    """`model.Pointers` over the spans of a text; `held` gives what a span holds, where a reader looks for
    that only when it is asked."""

    def __init__(self, text: str, root: Span, held: Callable[[Span], Mapping[str, Span]] = _held) -> None:
        self._text = text
        self._root = root
        self._held = held

    def locate(self, pointer: str) -> Location:
        """The place of the value, or of its nearest parent that exists; `pointer` is kept as asked."""
        span = self._span(pointer)
        line, column = self._line_column(span.start)
        end_line, end_column = self._line_column(span.end)
        return Location(line=line, column=column, end_line=end_line, end_column=end_column, pointer=pointer)

    def locate_key(self, pointer: str) -> Location:
        """The place of the value's key where it is known, else of the value."""
        span = self._span(pointer)
        line, column = self._line_column(span.start if span.key is None else span.key)
        return Location(line=line, column=column, pointer=pointer)

    def _span(self, pointer: str) -> Span:
        span = self._root
        for token in pointer.split("/")[1:]:
            child = self._held(span).get(token.replace("~1", "/").replace("~0", "~"))
            if child is None:
                break
            span = child
        return span

    def _line_column(self, offset: int) -> tuple[int, int]:
        if self._line_starts is None:
            return self._text.count("\n", 0, offset) + 1, offset - self._text.rfind("\n", 0, offset)
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> list[int] | None:
        """Where lines begin; None where they end as line feeds alone do, which are counted faster."""
        if "\r" not in self._text:
            return None
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self._text))]
