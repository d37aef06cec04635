"""Where the values of a JSON text stand, looked for one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.readers.json_places import pointers

STRINGS = st.text(max_size=5) | st.sampled_from(["a/b", "x~y", '"', "{[", "]}", ",", "\\", "題\n"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | STRINGS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=25,
)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


def held(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its JSON Pointer."""
    yield at, value
    below = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for key, each in below:
        yield from held(each, f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}")


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans(), BREAKS, st.sampled_from(["", " ", "\n"]))
def test_every_value_stands_where_it_is_said_to(
    value: Any, indent: int | None, escapes: bool, line_break: str, around: str
) -> None:
    text = f"{around}{json.dumps(value, indent=indent, ensure_ascii=escapes)}{around}".replace(
        "\n", line_break
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = pointers(text)
    for pointer, each in held(value):
        at = places.locate(pointer)
        assert at.line is not None
        assert at.end_line is not None
        assert at.column is not None
        assert at.end_column is not None
        rows = lines[at.line - 1 : at.end_line]
        rows[-1] = rows[-1][: at.end_column - 1]
        rows[0] = rows[0][at.column - 1 :]
        assert json.loads("\n".join(rows)) == each


def test_what_is_not_there_stands_at_what_would_hold_it() -> None:
    places = pointers('{"a": {"b": [1, {}]}}')
    assert places.locate("/a/b/7/c").column == places.locate("/a/b").column == 13
    assert places.locate("/a/b/1/c").column == places.locate("/a/b/1").column == 17
    assert places.locate("/z").column == 1


def test_deep_and_long_ones_are_passed_over() -> None:
    deep = "[" * 90 + '"]"' + "]" * 90
    long = json.dumps("「\n" * 100_000)
    text = f'{{"deep":{deep},"long":{long},"last":[{deep}]}}'
    at = pointers(text).locate("/last")
    assert at.column == text.index('"last":') + len('"last":') + 1
    assert at.end_column == len(text)
