"""`check --prior` and `--expect`: reports to compare with, and those that must be there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import find_reports

if TYPE_CHECKING:
    from jisseki_check.engine.expected import Expected
    from jisseki_check.settings import Settings


def comparing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name reports besides those that are checked."""
    return prior_option(
        click.option(
            "--expect",
            metavar="ファイル",
            help="提出されるはずの部名を1行に一つずつ書いたファイル。報告がない部があれば、判定不能とします。"
            "部名の後に、コンマかタブで区切って年度と種類（実績・計画）も書けます。"
            "--select XDC105 と一緒に使うと、報告がそろっているかだけを見ます。"
            "--ignore XDC105 と一緒に使うと、それを見ずに点検し、そのことを判定範囲に示します。",
        )(command)
    )


def prior_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names reports to compare with."""
    return click.option(
        "--prior",
        multiple=True,
        metavar="ファイル|フォルダー",
        help="比べるためだけに読む報告（公表した計画、前の年度の報告など）。複数の指定もできます。",
    )(command)


def prior_paths(given: Mapping[str, Any], settings: Settings) -> tuple[str, ...]:
    """The files and folders to compare with: those of the command line, else of the settings. Raises
    CommandError where one is not there."""
    named: tuple[str, ...] = given.get("prior") or settings.prior
    for path in named:
        if not path:
            raise CommandError("--prior が空です。比べる報告のファイルかフォルダーを書いてください。")
        if not os.path.lexists(path):
            raise CommandError(f"比べる報告「{path}」が見つかりません。場所と名前を確かめてください。")
    return named


def expect_path(given: Mapping[str, Any], settings: Settings) -> str | None:
    """The list of the command line, else of the settings."""
    named: str | None = given.get("expect")
    return settings.expect if named is None else named


def expected(given: Mapping[str, Any], settings: Settings) -> Expected | None:
    """The reports that must be there; None where nobody says so. Raises CommandError for a file that is not
    there or not right."""
    path = expect_path(given, settings)
    if path is None:
        return None
    if not path:
        raise CommandError("--expect が空です。提出されるはずの報告の一覧を書いてください。")
    from jisseki_check.engine.expected import ExpectedError, read  # with what reads files
    from jisseki_check.engine.inputs import shown_name

    try:
        return read(Path(path), shown_name(path))
    except ExpectedError as error:
        raise CommandError(str(error)) from None


def prior_below(files: Sequence[str], prior: Sequence[str]) -> frozenset[Path]:
    """Those of the files below the folders given that are to be compared with only, because they lie in a
    folder of their own there; `files`: the files and folders that are checked."""
    apart = list(_apart(files, prior))
    if not apart:
        return frozenset()
    found = find_reports(files)
    below = (path for path in (*found.files, *found.passed_over) if _is_below(path, apart))
    return frozenset(below) - frozenset(map(Path, files))


def _apart(files: Sequence[str], prior: Sequence[str]) -> Iterator[str]:
    folders = [os.path.realpath(path) for path in files if os.path.isdir(path)]
    for path in map(os.path.realpath, prior):
        if any(path.startswith(os.path.join(folder, "")) for folder in folders):
            yield path


def _is_below(path: Path, places: Sequence[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == place or real.startswith(os.path.join(place, "")) for place in places)
