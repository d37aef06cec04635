"""The options of `check` that decide what comes out: as a record writes them, and as `check` takes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import STDIN

DECIDING = {
    "profile": "profile",
    "own": "rules",
    "select": "select",
    "ignore": "ignore",
    "extend_select": "extend-select",
    "fail_on": "fail-on",
    "as_of": "as-of",
    "engine": "engine",
    "waivers": "waivers",
    "no_waivers": "no-waivers",
    "baseline": "baseline",
    "prior": "prior",
    "expect": "expect",
    "changed_since": "changed-since",
    "stdin_filename": "stdin-filename",
    "max_bytes": "max-bytes",
    "max_inflated": "max-inflated",
    "max_cells": "max-cells",
    "max_pages": "max-pages",
}
"""The parameters of `check` by which its outcome can be another one, and the names of their options."""

_FILES = frozenset({"rules", "waivers", "baseline", "prior", "expect"})
_PROFILE_FILES = (".yaml", ".yml")
_ONCE = frozenset({"changed-since", "stdin-filename"})  # what was so then cannot be asked for again


def told(paths: Sequence[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """What the command line says, as plain data: `paths`, and options by their names, without those that were
    not given. `given`: its parameters by their names.

    Raises CommandError for a path that would say where on this machine the folders are: nobody could run
    that again in another place.
    """
    said: dict[str, Any] = {"paths": [each if each == STDIN else portable(each) for each in paths]}
    for parameter, name in DECIDING.items():
        value = given.get(parameter)
        if value is None or value is False or value == ():
            continue
        if isinstance(value, date):
            said[name] = value.isoformat()
        elif name == "stdin-filename":
            said[name] = _name(value)
        elif _is_path(name, value):
            said[name] = _each(value)
        else:
            said[name] = list(value) if isinstance(value, tuple) else value
    return said


def portable(path: str) -> str:
    """A path as it is from the working directory, with slashes. Raises CommandError where it is given from
    the root of a disk and leads out of that directory."""
    given = Path(path)
    if not given.anchor:
        return given.as_posix()
    try:
        return given.relative_to(Path.cwd()).as_posix()
    except ValueError:
        raise CommandError(
            f"「{path}」は、作業しているフォルダーの外を、ドライブやルートからのパス（絶対パス）で指定しています。"
            "このままでは、ほかの場所やコンピューターで点検の記録を確かめられません。"
            "報告や設定を全て含むフォルダーに移動（cd）し、そこからのパスで指定してください。"
        ) from None


def paths_in(said: Mapping[str, Any]) -> Iterator[str]:
    """All paths that the options of a record name."""
    yield from (path for path in said["paths"] if path != STDIN)
    for name, value in said.items():
        if _is_path(name, value):
            yield from value if isinstance(value, list) else [value]


def arguments(said: Mapping[str, Any]) -> list[str]:
    """The command line of `check` that says the same; without what is asked of git or of standard input."""
    options = []
    for name, value in said.items():
        if name == "paths" or name in _ONCE:
            continue
        if value is True:
            options.append(f"--{name}")
        else:
            options += [f"--{name}={each}" for each in (value if isinstance(value, list) else [value])]
    return [*options, "--", *said["paths"]]


def leads_out(path: str, folder: str) -> bool:
    """Whether a path, seen from the working directory, is or may be outside of a folder. A link that was made
    in the folder may lead anywhere: whoever made it meant it to."""
    pure = PurePath(path)
    is_plain = not pure.anchor and ".." not in pure.parts
    outer = os.path.realpath(folder)
    try:
        return os.path.commonpath([outer, os.path.realpath(os.curdir if is_plain else path)]) != outer
    except ValueError:  # another drive
        return True


def _name(path: str) -> str:
    """How the outcome calls what came by standard input: not by where it is on this machine."""
    from jisseki_check.engine.inputs import shown_name  # with the readers; --help needs none of them

    return shown_name(path)


def _is_path(name: str, value: object) -> bool:
    return name in _FILES or (name == "profile" and str(value).endswith(_PROFILE_FILES))


def _each(value: str | tuple[str, ...]) -> str | list[str]:
    return [portable(each) for each in value] if isinstance(value, tuple) else portable(value)
