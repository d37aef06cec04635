"""The place of every value of a JSON text that was read, looked for when somebody asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial

from jisseki_check.readers.pointers import Span, SpanPointers

# The closing quote is optional, so that a cut-off text is passed over once and not at each quote.
STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+'
SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"

_BLANKS = " \t\n\r"
# To the next bracket, past the strings before it.
_BRACKET = re.compile(rf'[^"{{}}\[\]]*+(?:{STRING}[^"{{}}\[\]]*+)*+([{{}}\[\]])', re.DOTALL)
# What holds nothing but scalars, or such as hold nothing else: an amount, an item with its amounts.
_FLAT = rf'[{{\[](?:[^"{{}}\[\]]++|{STRING})*+[}}\]]'
_SHALLOW = re.compile(rf'[{{\[](?:[^"{{}}\[\]]++|{STRING}|{_FLAT})*+[}}\]]', re.DOTALL)
_SCALAR = re.compile(rf'{STRING}|[^\s{{}}\[\]:,"]++', re.DOTALL)
_KEY = re.compile(rf"[\s,]*+({STRING})\s*+:", re.DOTALL)
_SPACE = re.compile(r"[\s,]*+")


def pointers(text: str) -> SpanPointers:
    """The places in a text that is well-formed JSON."""
    root = Span(len(text) - len(text.lstrip(_BLANKS)), len(text.rstrip(_BLANKS)))
    return SpanPointers(text, root, partial(_held, text))


def key_of(written: str) -> str:
    """A key as it is held, of its string as written."""
    if "\\" not in written:
        return written[1:-1]
    key: str = json.loads(written)
    return SURROGATE.sub(REPLACEMENT, key)


def _held(text: str, span: Span) -> Mapping[str, Span]:
    if not span.children and text[span.start] in "{[":
        members = _members if text[span.start] == "{" else _entries
        span.children.update(members(text, span))
    return span.children


def _members(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    at = span.start + 1
    while (key := _KEY.match(text, at, span.end)) is not None:
        value = _value(text, key.end())
        yield key_of(key[1]), value
        at = value.end


def _entries(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    at, count = _after_blanks(text, span.start + 1), 0
    while at < span.end - 1:
        value = _value(text, at)
        yield str(count), value
        at, count = _after_blanks(text, value.end), count + 1


def _value(text: str, at: int) -> Span:
    at = _after_blanks(text, at)
    if text[at] in "{[":
        return Span(at, _end_of(text, at))
    scalar = _SCALAR.match(text, at)
    assert scalar is not None
    return Span(at, scalar.end())


def _after_blanks(text: str, at: int) -> int:
    blanks = _SPACE.match(text, at)
    return blanks.end() if blanks else at


def _end_of(text: str, at: int) -> int:
    """The end of what opens at `at`; deep ones bracket by bracket."""
    shallow = _SHALLOW.match(text, at)
    if shallow is not None:
        return shallow.end()
    depth = 0
    for bracket in _BRACKET.finditer(text, at):
        depth += 1 if bracket[1] in "{[" else -1
        if not depth:
            return bracket.end()
    return len(text)
