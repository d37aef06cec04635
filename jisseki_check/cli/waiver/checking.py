"""The check by which waivers are looked at, and the options that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.comparing import prior_below, prior_option, prior_paths
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.exceptions import exceptions, own_files
from jisseki_check.cli.options import (
    STDIN,
    existing_paths,
    form_option,
    limit_options,
    rules_option,
    run_options,
)
from jisseki_check.cli.running import run
from jisseki_check.cli.types import Day
from jisseki_check.settings import Settings

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry
    from jisseki_check.model import Outcome

DAYS_AHEAD = 30
"""So many days before its end, a waiver is said to end soon."""

_UNASKED: Mapping[str, Any] = {
    "select": (), "ignore": (), "extend_select": (), "fail_on": None, "engine": "local", "baseline": None
}  # fmt: skip


def checking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `check` that decide how reports are read and judged."""
    for option in (
        limit_options,
        prior_option,
        click.option(
            "--as-of", type=Day(), metavar="日付", help="基準とする日（例 2026-05-31）。省略すると今日"
        ),
        rules_option,
        form_option,
    ):
        command = option(command)
    return command


def file_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the file of waivers."""
    return click.option(
        "--file",
        "waivers",
        metavar="ファイル",
        help="免除のファイル（.toml か .yaml）。省略すると、設定の waivers、それもなければ "
        "jisseki-check-waivers.toml",
    )(command)


def waiver_file(given: str | None, settings: Settings) -> str:
    """The file that is named, else that of the settings, else the usual one. Raises CommandError."""
    from jisseki_check.engine.waiver_file import DEFAULT_NAME, ENDINGS  # yaml; --help needs none of it

    if given == "":
        raise CommandError("免除のファイルの名前が空です。")
    path = given or settings.waivers or DEFAULT_NAME
    if not path.lower().endswith(ENDINGS):
        raise CommandError(
            f"免除のファイル「{path}」の名前の終わりを {'・'.join(ENDINGS)} のどれかにしてください。"
        )
    return path


def checked(
    paths: Sequence[str],
    given: Mapping[str, Any],
    settings: Settings,
    rules: Sequence[Entry],
    path: str | None,
) -> Outcome:
    """Checks the reports with the waivers of `path`, and without a baseline. Raises CommandError."""
    if STDIN in paths:
        raise CommandError("標準入力（-）の報告では確かめられません。ファイルを指定してください。")
    files = existing_paths(paths)
    told = {**_UNASKED, **given, "waivers": path}
    without = replace(settings, baseline=None, waivers=None)
    options = run_options(told, settings, rules, None)
    prior = prior_paths(given, settings)
    own = own_files([path, settings.waivers, settings.baseline], files)
    options = replace(
        options,
        exceptions=exceptions(told, without, rules, files),
        left_out=own | prior_below(files, prior),
        prior=tuple(map(Path, prior)),
    )
    return run(files, options)
