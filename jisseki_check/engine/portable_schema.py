"""What validators of JSON Schema read differently has no place in a schema of ours: a report that one of
them passes would be refused by another."""

from __future__ import annotations

import re
from collections.abc import Iterator

# [\s\S] is any character everywhere; a blank, a digit and the like mean other sets in each dialect.
_TOKEN = re.compile(r"\[\\s\\S\]|\\.|[\[\]$]", re.DOTALL)
_ALIKE = frozenset([r"\t", r"\n", r"\r", r"\f", r"\v"])
_OF_VALUES = frozenset({"examples", "enum", "const", "default"})


def refuse_unlike(schema: object) -> None:
    """Raises ValueError for multiples of a fraction, and for a pattern with \\d, \\w, \\s, \\b, \\p or $.

    Some let $ pass over a last line feed: `(?![\\s\\S])` is the end for all.
    """
    for pattern in _patterns(schema):
        unlike = _unlike(pattern)
        if unlike is not None:
            raise ValueError(f"validators read {unlike} differently: {pattern}")


def _patterns(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _patterns(each)
    elif isinstance(node, dict):
        yield from _own(node)
        for key, each in node.items():
            if key not in _OF_VALUES:
                yield from _patterns(each)


def _own(node: dict[str, object]) -> Iterator[str]:
    pattern, named, multiple = (node.get(key) for key in ("pattern", "patternProperties", "multipleOf"))
    if isinstance(pattern, str):
        yield pattern
    if isinstance(named, dict):
        yield from named
    if isinstance(multiple, float) and not multiple.is_integer():
        raise ValueError(f"validators compute multiples of {multiple} differently")


def _unlike(pattern: str) -> str | None:
    """The first piece that is read differently."""
    in_class = False
    for piece in _TOKEN.findall(pattern):
        if piece in "[]":
            in_class = piece == "["
        elif piece == "$":
            if not in_class:
                return "$"
        elif piece[0] == "\\" and piece[1].isalnum() and piece not in _ALIKE:
            return str(piece)
    return None
