"""In which line of a settings file a key stands. TOML's own reader does not say; it is asked, line by line,
what it makes of the file so far."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jisseki_check.settings.files import SHARED, TABLE

Place = tuple[str | int, ...]
_OURS: Place = ("tool", TABLE)
_ENTRIES = "per-path"


def line_of(path: str, *key: str | int) -> int | None:
    """The line (from 1) in which a key begins, as `"levels", "FIN105"` or `"per-path", 0`; None where it
    stands nowhere."""
    return _lines(path).get(key)


@lru_cache(maxsize=8)
def _lines(path: str) -> Mapping[Place, int]:
    """The line of each key. The file was read before: it is TOML."""
    with open(path, "rb") as stream:
        lines = stream.read().decode("utf-8-sig").split("\n")
    ours = _OURS if os.path.basename(path) == SHARED else ()
    found: dict[Place, int] = {}
    entry = -1
    for start, section in _sections(lines):
        whole = _below(_parsed(section), ours)
        if not whole:
            continue
        entry += isinstance(whole.get(_ENTRIES), list) and section[0].lstrip().startswith("[[")
        for number, key in _first_lines(section, ours):
            found.setdefault(_counted(key, entry), start + number)
    return found


def _sections(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The tables of a file, each with its header, and the number of its first line."""
    start = 0
    for number, line in enumerate(lines):
        # What looks like a header within a list or a text leaves what stands before it unfinished.
        if line.lstrip().startswith("[") and number > start and _parsed(lines[start:number]) is not None:
            yield start + 1, lines[start:number]
            start = number
    yield start + 1, lines[start:]


def _first_lines(section: list[str], ours: Place) -> Iterator[tuple[int, Place]]:
    """The keys of one table, and where each begins: in the first line with which there is more to be read
    than without, and which is neither empty nor a comment."""
    known: set[Place] = set()
    begun = 0
    for end in range(1, len(section) + 1):
        table = _parsed(section[:end])
        if table is None:
            continue
        said = (at for at in range(begun, end) if section[at].strip() and section[at].lstrip()[0] != "#")
        first = next(said, begun)
        keys = set(_keys(_below(table, ours)))
        yield from ((first, key) for key in keys - known)
        known |= keys
        begun = end


def _parsed(lines: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines) + "\n")
    except tomllib.TOMLDecodeError:
        return None


def _below(table: object, place: Place) -> dict[str, Any]:
    for key in place:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _keys(table: object, at: Place = ()) -> Iterator[Place]:
    children = enumerate(table) if isinstance(table, list) else ()
    for key, value in table.items() if isinstance(table, dict) else children:
        yield (*at, key)
        yield from _keys(value, (*at, key))


def _counted(key: Place, entry: int) -> Place:
    """A key within an entry for paths, with the entry's number in the whole file, not in its own section."""
    if key[0] != _ENTRIES or entry < 0 or len(key) == 1:
        return key
    return (_ENTRIES, entry, *key[2 if isinstance(key[1], int) else 1 :])
