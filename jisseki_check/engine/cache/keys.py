"""By what it is known that nothing has changed: the program, what it judges by, and the files.

A file counts as unchanged by its size and the times of its last change; where these differ, by its content.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata

from jisseki_check import __version__
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.options import Options
from jisseki_check.resources import installed

_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_LIBRARIES = ("polars", "jsonschema-rs", "SudachiPy", "sudachidict-core", "lxml", "pypdfium2")
# A file that changes twice within a tick of the disk's clock may keep its time of change.
_TICK = 2_000_000_000  # nanoseconds
_BLOCK = 1 << 20


def basis(options: Options, digest: str) -> bytes:
    """What every entry depends on. `digest`: that of the rules."""
    told = (
        __version__,
        digest,
        sys.version,
        [(name, _version(name)) for name in _LIBRARIES],
        options.as_of,
        options.profile,
        options.select,
        options.ignore,
        options.extend_select,
        options.engine,
        options.limits,
        options.selection,
        options.coverage_by_file,
        options.compares,
        options.is_traced,
        options.exceptions.covers_all,
        options.exceptions.covers_waived,
    )
    held = hashlib.sha256(repr(told).encode("utf-8", "backslashreplace"))
    for root in (_PACKAGE, installed("rules"), installed("schemas")):
        held.update(repr(sorted(_states(root))).encode())
    profiles = (entry.profile for entry in options.selection.entries)
    for path in (options.profile, options.own_rules, options.rules, *profiles):
        held.update(repr(sorted(_contents(path))).encode("utf-8", "backslashreplace"))
    return held.digest()


def by_state(basis: bytes, tasks: Sequence[Task]) -> tuple[bytes, bool] | None:
    """The key of files by their states, and whether these tell for sure that a file has not changed since;
    None where one cannot be looked at."""
    held = hashlib.sha256(basis)
    latest = 0
    for task in tasks:
        try:
            state = os.stat(task.path)
        except (OSError, ValueError):
            return None
        changed = state.st_mtime_ns, state.st_ctime_ns
        latest = max(latest, *changed)
        told = (task.name, task.path, task.is_prior, state.st_size, state.st_ino, *changed)
        held.update(repr(told).encode("utf-8", "backslashreplace"))
    return held.digest(), latest + _TICK < time.time_ns()


def by_content(basis: bytes, tasks: Sequence[Task], hashes: Mapping[tuple[bool, str], str]) -> bytes | None:
    """The key of files by their contents. `hashes`: theirs; None where one is not known."""
    held = hashlib.sha256(basis)
    for task in tasks:
        name = task.is_prior, task.name
        if name not in hashes:
            return None
        # Settings may speak of the place.
        held.update(repr((name, task.path, hashes[name])).encode("utf-8", "backslashreplace"))
    return held.digest()


def hashes_of(tasks: Iterable[Task]) -> dict[tuple[bool, str], str]:
    """The contents' hashes, of those that can be read."""
    found = {}
    for task in tasks:
        held = hashlib.sha256()
        try:
            with open(task.path, "rb") as stream:
                while block := stream.read(_BLOCK):
                    held.update(block)
        except (OSError, ValueError):
            continue
        found[task.is_prior, task.name] = held.hexdigest()
    return found


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _states(root: str) -> Iterator[tuple[str, int, int]]:
    """The files below a folder of ours: who changes one of them, by hand or by an update, changes these."""
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _states(entry.path)
            else:
                state = entry.stat()
                yield entry.path, state.st_size, state.st_mtime_ns


def _contents(path: str | None) -> Iterator[tuple[str, str]]:
    """The files at or below a path that was given, by content; none where it is a name."""
    if path is None:
        return
    if os.path.isdir(path):
        for name in os.listdir(path):
            yield from _contents(os.path.join(path, name))
    elif os.path.isfile(path):
        with open(path, "rb") as stream:
            yield path, hashlib.file_digest(stream, "sha256").hexdigest()
