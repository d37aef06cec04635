"""Patterns of paths, as .gitignore writes them: `計画/**`, `*.csv`, `**/下書き/`, `!計画/済/`.

A pattern with a slash that is not its last character is anchored at the folder; one without matches a
name at any depth. What matches a folder matches all that is in it. Names are compared as people see them:
composed and decomposed kana are the same, and so are / and \\.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from fnmatch import translate
from functools import lru_cache
from unicodedata import normalize

_ANY_DEPTH = None


def matches(patterns: Sequence[str], relative: str) -> bool:
    """Whether the patterns take in a path. A later one goes before an earlier one, and `!` takes out; where
    the first one takes out, all else is taken in."""
    names = _names(relative)
    is_in = patterns[0].startswith("!")
    for pattern in patterns:
        if _match(_compiled(pattern.removeprefix("!")), names):
            is_in = not pattern.startswith("!")
    return is_in


def misses_all(pattern: str) -> bool:
    """Whether a pattern can match nothing: it is empty, or leads out of its folder."""
    names = _names(pattern.removeprefix("!"))
    return not any(names) or ".." in names


def relative_to(folder: str, path: str) -> str:
    """A path as patterns see it: from the folder; that of a file outside, from the root of its drive."""
    absolute = os.path.abspath(path)
    parent, name = os.path.split(absolute)
    for candidate in (absolute, os.path.join(os.path.realpath(parent), name)):
        try:
            relative = os.path.relpath(candidate, folder)
        except ValueError:  # another drive
            continue
        if relative.split(os.sep, 1)[0] != os.pardir:
            return relative
    return os.path.splitdrive(absolute)[1]


def _names(path: str) -> list[str]:
    path = normalize("NFC", os.path.normcase(path)).replace("\\", "/")
    return [name for name in path.split("/") if name not in ("", ".")]


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[re.Pattern[str] | None, ...]:
    """What each name of a path must be; None: any number of names."""
    pattern = pattern.replace("\\", "/")
    names = _names(pattern)
    is_anchored = "/" in pattern.removeprefix("./").rstrip("/")
    inside = pattern.endswith("/")
    while len(names) > 1 and names[-1] == "**":
        names.pop()
        inside = True
    if inside:
        names.append("*")
    if not is_anchored:
        names.insert(0, "**")
    return (*map(_part, names), _ANY_DEPTH)


def _part(name: str) -> re.Pattern[str] | None:
    return _ANY_DEPTH if name == "**" else re.compile(translate(name.replace("[^", "[!")))


def _match(parts: Sequence[re.Pattern[str] | None], names: Sequence[str]) -> bool:
    """Whether the names are what the parts ask for. It goes back to the last "any number" only: time grows
    with the product of both lengths at most."""
    at = part = 0
    retry: tuple[int, int] | None = None
    while at < len(names):
        wanted = parts[part] if part < len(parts) else None
        if part < len(parts) and wanted is _ANY_DEPTH:
            retry = (part, at)
            part += 1
        elif wanted is not None and wanted.match(names[at]):
            at, part = at + 1, part + 1
        elif retry is not None:
            retry = (retry[0], retry[1] + 1)
            part, at = retry[0] + 1, retry[1]
        else:
            return False
    return all(wanted is _ANY_DEPTH for wanted in parts[part:])
