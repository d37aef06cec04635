"""`check`: the main job."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.annotate import annotate_options, plan
from jisseki_check.cli.command import command, page_width
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import (
    LEVELS,
    existing_paths,
    find_reports,
    limit_options,
    limits,
    own_rules,
    project_settings,
    read_stdin,
    rules_option,
    run_options,
    selection_options,
)
from jisseki_check.cli.output import encode, refuse_bad_targets, wants_color, write_files, write_stdout
from jisseki_check.cli.progress import Progress
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.types import Day, OneOf, Target
from jisseki_check.formatters import FOR_PEOPLE, FORMATS, render
from jisseki_check.formatters.view import View

if TYPE_CHECKING:
    from jisseki_check.engine.run import Options
    from jisseki_check.model import Outcome

_WIDEST = 120  # columns; longer lines are hard to follow on any terminal


@command(
    "check",
    "報告のファイルやフォルダーを点検し、指摘と判定を表示します。フォルダーは中のフォルダーまで調べます。\n"
    "終了コード　0 適合、1 不適合、2 コマンドや設定の誤り、3 判定不能（点検できなかったところがある）",
    [
        ("jisseki-check check 報告.txt", "一つの報告を点検します。"),
        ("jisseki-check check 報告/ -o json=結果.json", "フォルダーを点検し、結果をファイルにも残します。"),
        ("jisseki-check check 報告.xlsx --annotate 点検済", "指摘を書き込んだ写しを作ります。"),
        ("jisseki-check check 報告/ --select FIN,MRK", "金額と達成状況の規則だけで点検します。"),
        ("jisseki-check check 報告/ --fail-on warning", "「確認」の指摘があっても不適合とします。"),
        ("jisseki-check check - --stdin-filename 報告.txt < 報告.txt", "標準入力から読みます。"),
    ],
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="パス...", help="ファイルかフォルダー。- は標準入力です。"
)
@click.option(
    "--profile", metavar="名前|ファイル", help="様式設定の名前かファイル。省略すると、文書から見分けます。"
)
@rules_option
@selection_options
@click.option(
    "--fail-on", type=OneOf(LEVELS), help="この段階以上の指摘があれば不適合とします。省略すると error（誤り）"
)
@click.option("--output-format", type=OneOf(FORMATS), help="表示の形式。省略すると table")
@click.option(
    "-o",
    "outputs",
    type=Target(FORMATS),
    multiple=True,
    metavar="形式=ファイル",
    help="結果をファイルにも書き出します。複数の指定もできます。",
)
@annotate_options
@click.option(
    "--as-of", type=Day(), metavar="日付", help="点検の基準とする日（例 2026-05-31）。省略すると今日"
)
@click.option(
    "--engine",
    type=OneOf(("local", "pandera")),
    default="local",
    help="判定の計算に使う部品。どちらでも結果は同じです。",
)
@click.option("--statistics", is_flag=True, help="指摘の代わりに、規則ごとの件数を表示します。")
@click.option("--stdin-filename", metavar="名前", help="標準入力から読む報告のファイル名")
@limit_options
@click.option("-q", "--quiet", is_flag=True, help="指摘を表示せず、判定だけを表示します。")
@click.option("-v", "--verbose", is_flag=True, help="指摘を省略せず、規則ごとの判定範囲も表示します。")
@click.option(
    "--color",
    type=OneOf(("auto", "always", "never")),
    default="auto",
    help="色を付けるかどうか。省略すると auto（画面のときだけ）",
)
def check(paths: tuple[str, ...], **given: Any) -> int:
    settings = project_settings()
    files = existing_paths(paths)
    outputs: tuple[tuple[str, str], ...] = given["outputs"]
    if outputs:
        refuse_bad_targets([path for _, path in outputs], [str(path) for path in find_reports(files).files])
    rules, _ = load_entries(own_rules(given["own"], settings), given["profile"] or settings.profile)
    stdin = read_stdin(paths, given["stdin_filename"], limits(given, settings).max_bytes)
    options = run_options(given, settings, rules, stdin)
    copies = plan(given, files, stdin, options.limits)
    outcome = _run(files, options, quiet=given["quiet"])
    titles = {rule["id"]: rule["title"] for rule in rules}
    page = View(statistics=given["statistics"], verbose=given["verbose"], titles=titles)
    write_files({path: encode(render(name, outcome, page)) for name, path in outputs})
    name = given["output_format"] or settings.output_format or "table"
    screen = replace(
        page, width=page_width(_WIDEST), color=wants_color(given["color"]), summary_only=given["quiet"]
    )
    write_stdout(render(name, outcome, screen), for_people=name in FOR_PEOPLE)
    if copies is not None:
        copies.write(outcome)
    return outcome.verdict.exit_code


def _run(files: list[str], options: Options, *, quiet: bool) -> Outcome:
    # Reports and findings hold no cycles; looking for some as often as usual takes a fifth of a long run.
    gc.set_threshold(50_000, 20, 50)
    from jisseki_check.engine import run  # polars: a wrong command should not wait for it

    with Progress(quiet=quiet) as progress:
        try:
            return run.check([Path(each) for each in files], options=options, progress=progress)
        except run.UsageError as error:
            raise CommandError(str(error)) from None
