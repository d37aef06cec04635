"""Which findings a run is told not to count: those that are waived, and those of the baseline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import find_reports

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry
    from jisseki_check.engine.waiver_file import WaiverFileError
    from jisseki_check.exceptions import Baseline, Exceptions, Granted
    from jisseki_check.model import KnownFinding
    from jisseki_check.settings import Settings

_SHOWN = 50  # mistakes that are listed


def baseline_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the known findings."""
    return click.option(
        "--baseline",
        metavar="ファイル",
        help="既知の指摘のファイル（baseline create で作る）。値の変わっていない既知の指摘は数えません。",
    )(command)


def waiver_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which waivers hold."""
    for option in (
        click.option(
            "--no-waivers",
            is_flag=True,
            help="免除を使わずに点検します（監査などのため）。報告のそばに書かれた免除の注記も使いません。",
        ),
        click.option(
            "--waivers",
            metavar="ファイル",
            help="免除のファイル（waiver add で作る）。期限内で値の変わっていない免除の指摘は数えません。",
        ),
    ):
        command = option(command)
    return command


def exceptions(
    given: Mapping[str, Any], settings: Settings, rules: Sequence[Entry], files: Sequence[str]
) -> Exceptions:
    """What the command line and the settings say; `files`: the files and folders given. Raises
    CommandError."""
    from jisseki_check.exceptions import Exceptions  # with the model; --help needs none of it

    known = baseline(baseline_path(given, settings), rules)
    entries = known.entries if known is not None else ()
    path, is_ignored = waivers_path(given, settings), bool(given.get("no_waivers"))
    return Exceptions(
        waivers=() if is_ignored else waivers(path, rules),
        baseline=known,
        covers_all=covers_all(files, entries),
        covers_waived=path is not None and holds(files, path),
        takes_comments=not is_ignored,
    )


def waivers_path(given: Mapping[str, Any], settings: Settings) -> str | None:
    """The waivers of the command line, else of the settings. Raises CommandError."""
    named: str | None = given.get("waivers")
    if named is not None and given.get("no_waivers"):
        raise CommandError("--waivers と --no-waivers は一緒に使えません。どちらかにしてください。")
    return settings.waivers if named is None else named


def waivers(path: str | None, rules: Sequence[Entry]) -> tuple[Granted, ...]:
    """The waivers of that file; none where there is no file to be used. Raises CommandError."""
    if path is None:
        return ()
    if not path:
        raise CommandError("--waivers が空です。免除のファイルを書いてください。")
    if not os.path.exists(path):
        raise CommandError(
            f"免除のファイル「{path}」がありません。"
            "名前を確かめるか、「jisseki-check waiver add」で作ってください。"
        )
    from jisseki_check.engine.inputs import shown_name  # with what reads files
    from jisseki_check.engine.waiver_file import WaiverFileError, load

    try:
        return load(Path(path), shown_name(path), terms(rules)).waivers
    except WaiverFileError as error:
        raise CommandError(refused_waivers(path, error)) from None


def refused_waivers(path: str, error: WaiverFileError) -> str:
    """What is wrong with a file of waivers, for people."""
    listed = "\n".join(map(str, error.mistakes[:_SHOWN]))
    rest = len(error.mistakes) - _SHOWN
    more = f"\nほか{rest:,}か所" if rest > 0 else ""
    return f"免除のファイル「{path}」に誤りがあるため、使えません。\n{listed}{more}"


def holds(files: Sequence[str], path: str) -> bool:
    """Whether a folder that is checked holds that file, and so all the reports of which it speaks."""
    own = os.path.realpath(path)
    folders = (os.path.realpath(each) for each in files if os.path.isdir(each))
    return any(own.startswith(os.path.join(folder, "")) for folder in folders)


def baseline_path(given: Mapping[str, Any], settings: Settings) -> str | None:
    """The baseline of the command line, else of the settings."""
    named: str | None = given["baseline"]
    return settings.baseline if named is None else named


def baseline(path: str | None, rules: Sequence[Entry]) -> Baseline | None:
    """The known findings of that file; None where there is none to be used. Raises CommandError."""
    if path is None:
        return None
    if not path:
        raise CommandError("--baseline が空です。既知の指摘のファイルを書いてください。")
    from jisseki_check.engine.baseline_file import BaselineError, read  # with what reads files
    from jisseki_check.engine.inputs import shown_name

    try:
        known = read(Path(path), shown_name(path), terms(rules))
    except BaselineError as error:
        raise CommandError(str(error)) from None
    named = {entry.path for entry in known.entries if entry.path}
    return replace(known, files=frozenset(filter(os.path.isfile, named)))


def terms(rules: Iterable[Entry]) -> dict[str, int]:
    """For how many days a finding of each rule may be excepted at most; 0: never."""
    from jisseki_check.catalogue import longest_waiver_days  # --help needs none of it

    return {rule["id"]: longest_waiver_days(rule) for rule in rules}


def own_files(named: Iterable[str | None], files: Sequence[str]) -> frozenset[Path]:
    """Those of the files below `files` that hold exceptions: they are no reports."""
    real = {os.path.realpath(path) for path in named if path}
    if not real:
        return frozenset()
    found = find_reports(files)
    return frozenset(
        path for path in (*found.files, *found.passed_over) if os.path.realpath(path) in real
    ) - frozenset(map(Path, files))


def covers_all(files: Sequence[str], entries: Iterable[KnownFinding]) -> bool:
    """Whether whole folders are checked in which all that the entries name stood, so that what is not there
    is gone. A folder that is not there may mean that the names are those from another working directory."""
    if not all(map(os.path.isdir, files)):
        return False
    try:
        folders = [os.path.relpath(path) for path in files]
    except ValueError:  # on another drive
        return False
    held = {os.path.dirname(os.path.normpath(entry.path)) for entry in entries if entry.path}
    return all(os.path.isdir(each or ".") and _is_below(each, folders) for each in held)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(
        folder == "." or path == folder or path.startswith(folder + os.sep) for folder in folders
    ) and not path.startswith((os.pardir, os.sep))
