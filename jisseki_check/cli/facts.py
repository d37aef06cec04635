"""`facts`: the tables that the rules judge, for DuckDB or a spreadsheet."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import IO, TYPE_CHECKING

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.options import (
    existing_paths,
    find_reports,
    form_chooser,
    form_option,
    jobs_option,
    project_settings,
    unreadable,
)
from jisseki_check.cli.output import make_folder, refuse_bad_targets, write_files
from jisseki_check.cli.progress import Progress

if TYPE_CHECKING:
    from jisseki_check.engine.pieces import Pieces
    from jisseki_check.engine.tabulation import Tabulated
    from jisseki_check.forms import Chooser
    from jisseki_check.readers import Discovery


@command(
    "facts",
    "報告から取り出した表（規則が判定に使うもの）を、表ごとに Parquet と CSV で書き出します。\n"
    "CSV では、表計算ソフトが数式とみなす文字（= + - @ など）で始まる文の前に ' を付けます。\n"
    "表と列の意味は、この道具に付いている rules/facts.md にあります。",
    [("jisseki-check facts 報告/ -o 表/", "フォルダーの報告の表を「表」フォルダーに書き出します。")],
)
@click.argument("paths", nargs=-1, required=True, metavar="パス...", help="ファイルかフォルダー")
@click.option("-o", "folder", required=True, metavar="フォルダー", help="書き出す先。なければ作ります。")
@form_option
@jobs_option()
def facts(paths: tuple[str, ...], folder: str, profile: str | None, jobs: int | None) -> int:
    found = find_reports(existing_paths(paths))
    chooser = form_chooser(profile, project_settings())
    with Progress(quiet=False, doing="表を作っています") as progress:
        made = _tabulated(found, chooser, jobs, progress)
        unread = [unreadable(str(path), error) for path, error in made.unread]
        unread += [f"「{path}」を読めませんでした。{why}。" for path, why in found.problems]
        if not made.reports:
            raise CommandError("\n".join(["表にできる報告がありません。", *unread]), INCONCLUSIVE)
        contents = _contents(made.tables, folder)
        make_folder(folder)
        refuse_bad_targets(list(contents), [str(path) for path in found.files])
        write_files(contents)
    for message in unread:
        click.echo(message, err=True)
    return INCONCLUSIVE if unread else 0


def _tabulated(found: Discovery, chooser: Chooser, jobs: int | None, progress: Progress) -> Tabulated:
    from jisseki_check.engine.inputs import named  # with what reads files; --help needs none of it
    from jisseki_check.engine.tabulation import TabulationError, tabulate

    names = named(found)  # as an outcome has them, so that its findings can be joined to the tables
    try:
        return tabulate(found.files, names, chooser, jobs=jobs, progress=progress)
    except TabulationError as error:
        raise CommandError(f"{error}\n表は書き出していません。", INCONCLUSIVE) from None


def _contents(tables: Pieces, folder: str) -> dict[str, bytes | Callable[[IO[bytes]], None]]:
    """By path, how each file is written."""
    from jisseki_check.formatters.facts import write_csv, write_parquet  # polars: 0.25 s

    contents: dict[str, bytes | Callable[[IO[bytes]], None]] = {}
    for name in tables.names:
        frames = partial(tables.frames, name)
        contents[os.path.join(folder, f"{name}.parquet")] = partial(write_parquet, frames)
        contents[os.path.join(folder, f"{name}.csv")] = partial(write_csv, frames)
    return contents
