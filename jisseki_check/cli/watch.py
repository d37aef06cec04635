"""`check --watch`: the check again whenever a report, or what its verdict rests on, has changed.

The files are looked at every so often, rather than reported by the operating system: on a network drive,
where offices keep their reports, nothing would report what a colleague's computer has written.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

import click

from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import STDIN, find_reports, project_settings
from jisseki_check.cli.sources import from_here, settings_places, sources
from jisseki_check.formatters.text import clean

_PAUSE = 0.5  # seconds between two looks
_QUIET = 0.3  # seconds in which nothing may change before a file is taken for whole
_SHARE = 0.05  # of the time may be spent with looking; many files are looked at less often
_LISTED = 3

# Size and time of the last change of each file; None where it is not there.
_State = Mapping[str, tuple[int, int] | None]


def watch_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of `check` that goes on until it is interrupted."""
    return click.option(
        "--watch",
        is_flag=True,
        help="報告や設定が書き換えられるたびに点検し直します。終えるときは Ctrl+C を押します。",
    )(command)


def watch(check: Callable[[], int], paths: Sequence[str], given: Mapping[str, Any]) -> NoReturn:
    """Checks, and again after each change, until KeyboardInterrupt.

    Raises CommandError where the command itself is wrong; what goes wrong later is shown, because the next
    change may mend it.
    """
    _refuse(paths, given)
    look = _Look(paths, given)
    seen = look()
    check()
    _tell("報告が書き換えられたら、点検し直します。終えるときは Ctrl+C を押してください。")
    while True:
        now = _after_a_change(seen, look)
        _tell(_what_changed(seen, now))
        seen = now
        try:
            check()
        except CommandError as error:
            _tell(f"jisseki-check: {error.message}")


class _Look:
    """Called, it gives the state of all files that matter."""

    def __init__(self, paths: Sequence[str], given: Mapping[str, Any]) -> None:
        self._paths = paths
        self._given = given
        self._sources: list[str] = []
        self.seconds = 0.0

    def __call__(self) -> _State:
        began = time.monotonic()
        state = {path: _state(path) for path in self._places() if not _is_where_we_write(path)}
        self.seconds = time.monotonic() - began
        return state

    def _places(self) -> Iterator[str]:
        found = find_reports(self._paths)
        yield from (os.fspath(path) for path in (*found.files, *found.passed_over))
        yield from (os.fspath(path) for path, _ in found.problems)
        yield from settings_places()
        # Of settings that are just being written, what they named before still matters.
        with contextlib.suppress(CommandError):
            self._sources = sources(self._given, project_settings())
        for path in self._sources:
            yield from _below(path)


def _refuse(paths: Sequence[str], given: Mapping[str, Any]) -> None:
    """Raises CommandError for what cannot be done over and over."""
    if STDIN in paths:
        raise CommandError("--watch は、標準入力（-）と一緒には使えません。ファイルを指定してください。")
    if given["annotate"] is not None:
        raise CommandError("--watch と --annotate は一緒に使えません。写しは、書き終えてから作ってください。")
    folders = [os.path.realpath(path) for path in paths if os.path.isdir(path)]
    for _, target in given["outputs"]:
        place = os.path.realpath(target)
        if any(place.startswith(os.path.join(folder, "")) for folder in folders):
            raise CommandError(
                f"書き出し先「{target}」が点検するフォルダーの中にあり、書き出すたびに点検し直すことになります。"
                "外のフォルダーを指定してください。"
            )


def _after_a_change(seen: _State, look: _Look) -> _State:
    """The state once it is another than before and no longer changes."""
    while True:
        time.sleep(max(_PAUSE, look.seconds / _SHARE))
        now = look()
        while now != seen:
            time.sleep(_QUIET)
            before, now = now, look()
            if now == before:
                return now


def _is_where_we_write(path: str) -> bool:
    """Whether it is the file that our own output goes to: each look at it would find it changed."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        held = os.stat(path)
        return any(os.path.samestat(held, os.fstat(each.fileno())) for each in (sys.stdout, sys.stderr))
    return False


def _below(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    for folder, _, names in os.walk(path):
        yield from (os.path.join(folder, name) for name in names)


def _state(path: str) -> tuple[int, int] | None:
    try:
        held = os.stat(path)
    except OSError:
        return None
    return held.st_size, held.st_mtime_ns


def _what_changed(before: _State, now: _State) -> str:
    paths = before.keys() | now.keys()
    names = sorted({clean(from_here(path)) for path in paths if before.get(path) != now.get(path)})
    listed = "、".join(f"「{name}」" for name in names[:_LISTED])
    rest = f"など{len(names):,}件" if len(names) > _LISTED else ""
    return f"\n── {time.strftime('%H:%M:%S')}　{listed}{rest}が変わったので、点検し直します ──"


def _tell(message: str) -> None:
    click.echo(message, err=True)
