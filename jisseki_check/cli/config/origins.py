"""Each value that holds, and who says so: nobody, a settings file, or a profile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.selection import Layer
from jisseki_check.settings import Settings, SettingsFile
from jisseki_check.settings.keys import PATHS
from jisseki_check.settings.lines import line_of

Value = str | int | tuple[str, ...]

_USUAL: dict[str, Value | None] = {
    "profile": None,
    "rules": None,
    "select": None,
    "ignore": None,
    "extend-select": None,
    "levels": None,
    "fail-on": "error",
    "output-format": "table",
    "waivers": None,
    "baseline": None,
    "expect": None,
    "prior": None,
    "max-bytes": DEFAULT_LIMITS.max_bytes,
    "max-inflated": DEFAULT_LIMITS.max_inflated,
    "max-cells": DEFAULT_LIMITS.max_cells,
    "max-pages": DEFAULT_LIMITS.max_pages,
    "allow-looser": None,
}
_ADDING = frozenset({"ignore", "extend-select", "levels", "prior"})
_WHOLE: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says it: a file (its path from the working directory), and in it the entry for paths, counted from
    1; nobody where there is no file, so that it is as usual. `is_extended`: the nearest file extends it."""

    file: str | None = None
    line: int | None = None
    is_extended: bool = False
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A key, its value and who says so. A key of which several say something has several rows. `name`: the
    codes of a level, after their profile where it is for one (`hirakata-h28.FIN105`)."""

    key: str
    name: str | None
    value: Value | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry for paths. `holds`: for the file that was asked for; None without one."""

    paths: tuple[str, ...]
    holds: bool | None
    rows: tuple[Row, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """What a profile says of one rule; settings go before it."""

    profile: str
    rule: str
    enabled: bool
    level: str | None
    params: dict[str, float | str | bool]


def rows(settings: Settings, path: str | None = None) -> list[Row]:
    """What holds for all files or, where a path is given, for its file."""
    said = [row for file in settings.files for row in _of_file(settings, file)]
    said += [row for entry in entries(settings, path) if entry.holds for row in entry.rows]
    found: list[Row] = []
    for key, usual in _USUAL.items():
        held = [row for row in said if row.key == key]
        found += (held if key in _ADDING else held[-1:]) or [Row(key, None, usual, Origin())]
    return found


def entries(settings: Settings, path: str | None = None) -> list[Entry]:
    """The entries for paths, in the order in which they hold."""
    found = []
    for file in settings.files:
        for number, entry in enumerate(file.entries):
            place = ("per-path", number)
            said = list(_of_layer(settings, file, entry.layer, place))
            if entry.profile is not None:
                origin = _origin(settings, file, *place, "profile")
                said.insert(0, Row("profile", None, from_here(entry.profile), origin))
            holds = entry.holds_for(path) if path is not None else None
            found.append(Entry(entry.paths, holds, tuple(said), _origin(settings, file, *place)))
    return found


def of_profiles(named: Value | None) -> list[ProfileRule]:
    """What the profile of that name or path says of rules; all of our own where none is named: each file is
    read by the one that it shows. Raises ProfileError."""
    from jisseki_check.profiles import load, names  # pathlib: --help needs none of it

    return [
        ProfileRule(
            profile=profile.name,
            rule=code,
            enabled=setting.enabled,
            level=setting.level.value if setting.level else None,
            params=dict(setting.params or {}),
        )
        for profile in map(load, [str(named)] if named is not None else names())
        for code, setting in sorted(profile.rules.items())
    ]


def _of_file(settings: Settings, file: SettingsFile) -> Iterator[Row]:
    for key, word in file.words.items():
        if key != "extends":
            is_path = key in PATHS or key == "profile"
            yield Row(key, None, from_here(word) if is_path else word, _origin(settings, file, key))
    for key, paths in file.lists.items():
        yield Row(key, None, tuple(map(from_here, paths)), _origin(settings, file, key))
    for key, number in file.numbers.items():
        yield Row(key, None, number, _origin(settings, file, key))
    yield from _of_layer(settings, file, file.layer)
    if file.allows is not None:
        yield Row("allow-looser", None, file.allows, _origin(settings, file, "allow-looser"))


def _of_layer(
    settings: Settings, file: SettingsFile, layer: Layer, place: tuple[str | int, ...] = _WHOLE
) -> Iterator[Row]:
    for key, codes in (
        ("select", layer.select),
        ("ignore", layer.ignore),
        ("extend-select", layer.extend_select),
    ):
        if codes:
            yield Row(key, None, codes, _origin(settings, file, *place, key))
    tables = [(_WHOLE, layer.levels.general), *(((name,), own) for name, own in layer.levels.by_profile)]
    for profile, grades in tables:
        for code, level in grades:
            origin = _origin(settings, file, *place, "levels", *profile, code)
            yield Row("levels", ".".join(map(str, (*profile, code))), level, origin)


def _origin(settings: Settings, file: SettingsFile, *place: str | int) -> Origin:
    return Origin(
        file=from_here(file.path),
        line=line_of(file.path, *place),
        is_extended=file is not settings.files[-1],
        entry=int(place[1]) + 1 if place[0] == "per-path" else None,
    )


def from_here(path: str) -> str:
    """An absolute path as the reader would write it; a name stays."""
    if not os.path.isabs(path):
        return path
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # on another drive
        return path
