"""The fast parser gives what the slow one gives, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.readers.plain_json import parse_plain

NUMBERS = st.integers() | st.integers(-(2**65), 2**65) | st.floats(allow_nan=False, allow_infinity=False)
STRINGS = st.text() | st.sampled_from(['":', '" :', "\\", "\u2028", "題", '{"a":1}'])
SCALARS = st.none() | st.booleans() | NUMBERS | STRINGS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=20,
)


def parsed(text: str, max_depth: int) -> object | None:
    return parse_plain(text.encode(), text, max_depth)


def typed(value: Any) -> Any:
    """Told apart by their types as well: 1 is not 1.0, nor True."""
    if isinstance(value, dict):
        return {key: typed(each) for key, each in value.items()}
    return [typed(each) for each in value] if isinstance(value, list) else (type(value), repr(value))


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_the_tree_is_that_of_the_standard_library(value: Any, indent: int | None, escapes: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=escapes)
    tree = parsed(text, 100)
    assert tree is None or typed(tree) == typed(json.loads(text))


NAMES = st.text(st.characters(exclude_characters='":', exclude_categories=["Cs"]))


@given(st.dictionaries(NAMES, st.integers(0, 9) | st.lists(st.booleans()), min_size=1))
def test_what_reports_are_written_like_is_read(value: dict[str, Any]) -> None:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    assert parsed(text, 100) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a" :1,"a":1}',
        '{"a":{"b":1,"\\u0062":2},"c":"\\":"}',
        '[{"a":[],"a":"\\":"}]',
        "{'a': 1}",
        "[01]",
        "[NaN]",
        "[1e999]",
        '["\\ud83d"]',
        '[1] "',
        "",
        "[18446744073709551616]",
        "[-9223372036854775809]",
        f"[0.{'1' * 1_000}]",
        "[[[[[]]]]]",
    ],
)
def test_what_must_be_looked_at_more_closely_is_left(text: str) -> None:
    assert parsed(text, 4) is None


def test_the_last_level_is_read() -> None:
    assert parsed("[[[[]]]]", 4) == [[[[]]]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_encoding_of_offices_is_read(encoding: str) -> None:
    text = '{"部":"総務部","実績":"①を3回開きました。"}'
    assert parse_plain(text.encode(encoding), text, 4) == {"部": "総務部", "実績": "①を3回開きました。"}
