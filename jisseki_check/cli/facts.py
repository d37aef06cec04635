"""`facts`: the tables that the rules judge, for DuckDB or a spreadsheet."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.options import (
    existing_paths,
    find_reports,
    form_chooser,
    form_option,
    project_settings,
    unreadable,
)
from jisseki_check.cli.output import make_folder, refuse_bad_targets, write_files
from jisseki_check.cli.progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from jisseki_check.facts.across.digests import ReportDigest
    from jisseki_check.facts.views import ReportView
    from jisseki_check.forms import Chooser
    from jisseki_check.model import Document
    from jisseki_check.profiles import Profile
    from jisseki_check.readers import Discovery

# A spreadsheet takes a text that begins so for a formula.
_FORMULA = r"^[=+\-@\t\r＝＋－＠]"


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
def facts(paths: tuple[str, ...], folder: str, profile: str | None) -> int:
    found = find_reports(existing_paths(paths))
    chooser = form_chooser(profile, project_settings())
    with Progress(quiet=False, doing="表を作っています") as progress:
        documents, unread = _documents(found, chooser, progress)
        unread += [f"「{path}」を読めませんでした。{why}。" for path, why in found.problems]
        if not documents:
            raise CommandError("\n".join(["表にできる報告がありません。", *unread]), INCONCLUSIVE)
        contents = _contents(documents, folder)
    make_folder(folder)
    refuse_bad_targets(list(contents), [str(path) for path in found.files])
    write_files(contents)
    for message in unread:
        click.echo(message, err=True)
    return INCONCLUSIVE if unread else 0


def _documents(
    found: Discovery, chooser: Chooser, progress: Progress
) -> tuple[list[tuple[Document, Profile]], list[str]]:
    """The reports that could be read, each with its profile, and a message for each file that could not."""
    from jisseki_check.engine.convert import load_report  # with what reads files; --help needs none of it
    from jisseki_check.engine.inputs import named
    from jisseki_check.model import Unreadable

    names = named(found)  # as an outcome has them, so that its findings can be joined to the tables
    documents: list[tuple[Document, Profile]] = []
    unread: list[str] = []
    for number, path in enumerate(found.files):
        progress(number, len(found.files))
        try:
            document, profile = load_report(path, chooser)
            documents.append((replace(document, path=names[path]), profile))
        except Unreadable as error:
            unread.append(unreadable(str(path), error))
    return documents, unread


def _contents(documents: list[tuple[Document, Profile]], folder: str) -> dict[str, bytes]:
    import polars as pl  # 0.25 s

    contents: dict[str, bytes] = {}
    for name, frame in _tables(documents).items():
        if name == "reports":  # the only table that says which file a report was
            paths = [documents[number][0].path for number in frame.get_column("report")]
            frame = frame.with_columns(pl.Series("path", paths, dtype=pl.String))
        contents[os.path.join(folder, f"{name}.parquet")] = _parquet(frame)
        contents[os.path.join(folder, f"{name}.csv")] = _csv(frame)
    return contents


def _tables(documents: list[tuple[Document, Profile]]) -> dict[str, pl.DataFrame]:
    """The facts of all reports, each as its own form has them, in the order of the reports."""
    import polars as pl

    from jisseki_check.facts import tables

    kept: list[ReportDigest] = []
    by_form: dict[str, list[int]] = {}
    for number, (_, profile) in enumerate(documents):
        by_form.setdefault(profile.name, []).append(number)
    parts: dict[str, list[pl.DataFrame]] = {}
    for numbers in by_form.values():
        held = [documents[number][0] for number in numbers]
        look = partial(_keep, kept)
        for name, frame in tables(held, documents[numbers[0]][1], look=look).items():
            renumbered = [numbers[at] for at in frame.get_column("report")]
            column = pl.Series("report", renumbered, dtype=frame.schema["report"])
            parts.setdefault(name, []).append(frame.with_columns(column))
    found = {name: pl.concat(frames).sort("report", maintain_order=True) for name, frames in parts.items()}
    return found | _across(kept, [document.path for document, _ in documents])


def _keep(kept: list[ReportDigest], view: ReportView) -> None:
    from jisseki_check.facts.across.digests import digest_of
    from jisseki_check.forms.report_json import JsonPlaces

    kept.append(digest_of(view, is_data=isinstance(view.document.places, JsonPlaces)))


def _across(kept: list[ReportDigest], paths: Sequence[str]) -> dict[str, pl.DataFrame]:
    """The tables that hold one report against another; their reports numbered as in the other tables."""
    import polars as pl

    from jisseki_check.facts.across.reports import Run
    from jisseki_check.facts.across.tables import tables

    run = Run(kept)
    places = {path: number for number, path in enumerate(paths)}
    numbers = {number: places[report.path] for number, report in enumerate(run.reports)}
    renumbered = pl.col("report", "other_report").replace_strict(numbers, return_dtype=pl.Int64)
    return {
        name: frame.with_columns(renumbered).sort("report", maintain_order=True)
        for name, frame in tables(run).items()
    }


def _parquet(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def _csv(frame: pl.DataFrame) -> bytes:
    import polars as pl

    texts = pl.col(pl.String)
    safe = frame.with_columns(
        pl.when(texts.str.contains(_FORMULA)).then("'" + texts).otherwise(texts).name.keep()
    )
    stream = io.BytesIO()
    safe.write_csv(stream, include_bom=True, line_terminator="\r\n")
    return stream.getvalue()
