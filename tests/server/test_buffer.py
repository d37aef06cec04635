"""Places in a buffer, against a count made in another way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import (
    Position,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
)

from jisseki_check.model import Location
from jisseki_check.readers.pointers import place_in
from jisseki_check.server.buffer import Buffer

ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXTS = st.text(st.sampled_from("aあ𠮷é\u0301\u3000\n\r\f\x85\u2028\t"), max_size=30)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def _expected(text: str, offset: int, encoding: str) -> Position:
    breaks = [each.end() for each in _LINE_BREAK.finditer(text) if each.end() <= offset]
    codec, size = ENCODINGS[encoding]
    before = text[breaks[-1] if breaks else 0 : offset]
    return Position(len(breaks), len(before.encode(codec)) // size)


def _within_break(text: str, offset: int) -> bool:
    return text[offset - 1 : offset + 1] == "\r\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, data=st.data())
def test_positions_and_characters_are_each_others_opposites(
    encoding: str, text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if _within_break(text, offset):
        offset += 1
    buffer = Buffer(text, encoding)
    position = buffer.position(offset)
    assert position == _expected(text, offset, encoding)
    assert buffer.offset(position) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, new=TEXTS, data=st.data())
def test_a_change_replaces_what_stood_there(encoding: str, text: str, new: str, data: st.DataObject) -> None:
    start, end = sorted(
        offset + _within_break(text, offset)
        for offset in (data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text))))
    )
    where = Range(_expected(text, start, encoding), _expected(text, end, encoding))
    changed = Buffer(text, encoding).changed(TextDocumentContentChangePartial(where, new))
    assert changed.text == text[:start] + new + text[end:]
    assert changed.encoding == encoding


def test_a_change_without_a_range_replaces_all() -> None:
    buffer = Buffer("前の文", "utf-8").changed(TextDocumentContentChangeWholeDocument("後の文"))
    assert buffer == Buffer("後の文", "utf-8")


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        (Position(0, 99), 2),  # behind the end of its line, which stands before the line break
        (Position(9, 0), 6),  # behind the end of the text
        (Position(1, 1), 4),  # within a character of two units
    ],
)
def test_a_position_where_nothing_stands(position: Position, offset: int) -> None:
    assert Buffer("ab\r\n𠮷c").offset(position) == offset


@given(text=TEXTS, data=st.data())
def test_the_place_of_a_finding_is_where_readers_see_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    at = place_in(text, offset)
    if not _within_break(text, offset):
        assert Buffer(text).span(at)[0] == offset


def test_what_a_place_leaves_open() -> None:
    buffer = Buffer("一行目\r\n二行目\n")
    assert buffer.span(Location()) == (0, 3)
    assert buffer.span(Location(line=2)) == (5, 8)
    assert buffer.span(Location(line=2, column=2)) == (6, 8)
    assert buffer.span(Location(line=1, column=2, end_line=2, end_column=2)) == (1, 6)
    assert buffer.span(Location(line=99, column=99)) == (9, 9)


def test_a_byte_order_mark_counts_for_the_editor_and_not_for_readers() -> None:
    buffer = Buffer("\ufeff一二三\n四")
    assert buffer.span(Location(line=1, column=2, end_line=1, end_column=3)) == (2, 3)
    assert buffer.span(Location(line=2, column=1)) == (5, 6)
    assert buffer.data.startswith(b"\xef\xbb\xbf")


def test_half_a_character_is_no_reason_to_fail() -> None:
    buffer = Buffer("a\ud842b")
    assert buffer.data.decode() == "a\ufffdb"
    assert buffer.position(2) == Position(0, 2)
