"""JSON as programs write it, by a parser that is several times faster and says less of what it meets."""

from __future__ import annotations

import re

import orjson

# Where a blank stands there, names cannot be told apart from strings by what follows them.
_BLANK_BEHIND_NAME = re.compile(r'"[ \t\n\r]++:')
_LONG_NUMBER = re.compile(r"[0-9.eE+-]{1000}")
# Integers beyond 64 bits are rounded to such numbers.
_ROUNDED = 2.0**63
_LOOKED_INTO = frozenset({dict, list, float})


def parse_plain(data: bytes, text: str, max_depth: int) -> object | None:
    """The tree of a text, `data` as it stands in its file; None where it must be looked at more closely: it
    is no JSON, or may hold a name twice, a number that was rounded, or more levels than `max_depth`."""
    try:
        tree = _loaded(data, text)
    except orjson.JSONDecodeError:
        return None
    if _BLANK_BEHIND_NAME.search(text) is not None:
        return None
    # A string may hold such signs as well: then there are more of them than names.
    return tree if _names(tree, text, max_depth) == text.count('":') else None


def _loaded(data: bytes, text: str) -> object:
    try:
        return orjson.loads(data)  # of a long text the parser would make another copy
    except orjson.JSONDecodeError:
        return orjson.loads(text)  # in another encoding, or behind a byte order mark


def _names(tree: object, text: str, max_depth: int) -> int | None:
    """How many names there are in the tree; None where it is too deep or a number may have been rounded."""
    names = 0
    level = [tree]
    for _ in range(max_depth):
        below: list[object] = []
        for each in level:
            if isinstance(each, dict):
                names += len(each)
                below += [value for value in each.values() if type(value) in _LOOKED_INTO]
            elif isinstance(each, list):
                below += [value for value in each if type(value) in _LOOKED_INTO]
            elif not _is_exact(each, text):
                return None
        if not below:
            return names
        level = below
    return None


def _is_exact(value: object, text: str) -> bool:
    return isinstance(value, float) and abs(value) < _ROUNDED and _LONG_NUMBER.search(text) is None
