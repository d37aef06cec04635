"""`check`: the main job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.annotate import annotate_options, plan
from jisseki_check.cli.caching import cache_folder, cache_option
from jisseki_check.cli.changed import changed_option, unchanged
from jisseki_check.cli.cluster import cluster_options, without_cluster
from jisseki_check.cli.command import command
from jisseki_check.cli.comparing import (
    comparing_options,
    expect_path,
    expected,
    prior_below,
    prior_paths,
)
from jisseki_check.cli.exceptions import (
    baseline_option,
    baseline_path,
    exceptions,
    own_files,
    waiver_options,
    waivers_path,
)
from jisseki_check.cli.formats import NEEDS_FOLDER, refuse_formats, refuse_targets, show
from jisseki_check.cli.job_summary import add_job_summary
from jisseki_check.cli.options import (
    LEVELS,
    color_option,
    existing_paths,
    find_reports,
    form_option,
    jobs_option,
    limit_options,
    limits,
    own_rules,
    project_settings,
    read_stdin,
    rules_option,
    run_options,
    selection_options,
)
from jisseki_check.cli.record import NEEDS_FILE, RECORD, record_of
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.running import run
from jisseki_check.cli.types import Day, OneOf, Target
from jisseki_check.cli.urls import apart
from jisseki_check.cli.watch import watch, watch_option
from jisseki_check.formatters import FOLDERS, FORMATS
from jisseki_check.formatters.view import View

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry
    from jisseki_check.engine.run import Options
    from jisseki_check.settings import Settings

# Formats that say what was judged of each file.
_BY_FILE = frozenset({"html", "json", "junit", "xlsx", RECORD})


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
        ("jisseki-check check 報告/ --waivers jisseki-check-waivers.toml", "免除を使って点検します。"),
        ("jisseki-check check 報告/ --prior 計画/ --prior 前の年度/", "計画や前の年度の報告と比べます。"),
        (
            "jisseki-check check 報告/ --expect 提出一覧.txt",
            "一覧にある部の報告がそろっているかも確かめます。",
        ),
        ("jisseki-check check 報告/ --changed-since main", "main から変わった報告だけを点検します。"),
        ("jisseki-check check 報告/ -o record=記録.jsonl", "後で verify で確かめるための記録を残します。"),
        ("jisseki-check check 報告.txt --watch", "書き換えるたびに点検し直します。"),
        ("jisseki-check check - --stdin-filename 報告.txt < 報告.txt", "標準入力から読みます。"),
    ],
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="パス...",
    help="ファイルかフォルダー。- は標準入力です。s3://… などの URL も渡せます（部品 remote が要ります）。",
)
@form_option
@rules_option
@selection_options
@click.option(
    "--fail-on", type=OneOf(LEVELS), help="この段階以上の指摘があれば不適合とします。省略すると error（誤り）"
)
@click.option(
    "--output-format", type=OneOf(FORMATS, NEEDS_FILE | NEEDS_FOLDER), help="表示の形式。省略すると table"
)
@click.option(
    "-o",
    "outputs",
    type=Target((*FORMATS, *FOLDERS, RECORD)),
    multiple=True,
    metavar="形式=ファイル",
    help="結果をファイルにも書き出します。複数の指定もできます。parquet=フォルダー は、表のファイルの"
    "フォルダーを作ります。record=ファイル は、前の記録を残したまま、"
    "この点検の記録を1件書き足します（verify で確かめられます）。",
)
@annotate_options
@click.option(
    "--as-of", type=Day(), metavar="日付", help="点検の基準とする日（例 2026-05-31）。省略すると今日"
)
@cluster_options
@jobs_option("クラスターにつなぐときは使いません。")
@cache_option
@click.option("--statistics", is_flag=True, help="指摘の代わりに、規則ごとの件数を表示します。")
@waiver_options
@baseline_option
@comparing_options
@changed_option
@watch_option
@click.option("--stdin-filename", metavar="名前", help="標準入力から読む報告のファイル名")
@limit_options
@click.option("-q", "--quiet", is_flag=True, help="指摘を表示せず、判定だけを表示します。")
@click.option("-v", "--verbose", is_flag=True, help="指摘を省略せず、規則ごとの判定範囲も表示します。")
@color_option
def check(paths: tuple[str, ...], **given: Any) -> int:
    here, urls = apart(paths, given, RECORD)
    given, told = without_cluster(given)
    told["remote"] = urls
    if given["watch"]:
        watch(partial(_check, here, given, told), here, given)
    return _check(here, given, told)


def _check(paths: Sequence[str], given: dict[str, Any], told: dict[str, Any]) -> int:
    """`told`: what the engine is told besides of where the reports are, and where they are judged."""
    settings = project_settings()
    files = existing_paths(paths) if paths or not told["remote"] else []
    outputs: tuple[tuple[str, str], ...] = given["outputs"]
    own = waivers_path(given, settings), baseline_path(given, settings), expect_path(given, settings)
    prior = prior_paths(given, settings)
    if outputs:
        profile = given["profile"] or settings.profile
        named = (*own, profile, *(file.path for file in settings.files))
        refuse_targets(outputs, [*map(str, find_reports((*files, *prior)).files), *filter(None, named)])
    rules, _ = load_entries(own_rules(given["own"], settings), given["profile"] or settings.profile)
    record = record_of(paths, given, settings)
    no_reports = own_files((*own, *record.books), files) | prior_below(files, prior)
    scope, left_out = unchanged(given, paths, files, settings, no_reports)
    stdin = read_stdin(paths, given["stdin_filename"], limits(given, settings).max_bytes)
    name = given["output_format"] or settings.output_format or "table"
    formats = {name, *(each for each, _ in outputs)}
    refuse_formats(formats - {RECORD}, name)
    options = replace(
        engine_options(given, settings, rules, files, stdin),
        **told,
        scope=scope,
        left_out=left_out | no_reports,
        coverage_by_file=not formats.isdisjoint(_BY_FILE),
        # What a record proves must have been judged by the run itself.
        cache=None if RECORD in formats else cache_folder(given, settings),
    )
    copies = plan(given, files, stdin, options.limits)
    outcome = run(files, options, quiet=given["quiet"])
    titles = {rule["id"]: rule["title"] for rule in rules}
    page = View(statistics=given["statistics"], verbose=given["verbose"], titles=titles, rules=rules)
    outputs = tuple(each for each in outputs if each[0] != RECORD)
    show(outcome, page, outputs=outputs, screen=name, color=given["color"], quiet=given["quiet"])
    if "github" in formats:
        add_job_summary(outcome)
    record.append(outcome, options)
    if copies is not None:
        copies.write(outcome, quiet=given["quiet"])
    return outcome.verdict.exit_code


def engine_options(
    given: Mapping[str, Any],
    settings: Settings,
    rules: Sequence[Entry],
    files: Sequence[str],
    stdin: tuple[bytes, str] | None,
) -> Options:
    """What the engine is told where all the reports given are checked, for the first time or once more.
    Raises CommandError."""
    from pathlib import Path  # --help needs none of it

    from jisseki_check.cli.evidence import deciding

    return replace(
        run_options(given, settings, rules, stdin),
        exceptions=exceptions(given, settings, rules, files),
        prior=tuple(map(Path, prior_paths(given, settings))),
        expected=expected(given, settings),
        sources=deciding(given, settings),
    )
