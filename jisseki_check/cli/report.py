"""`report`: a stored result in any format, without the files that it is about."""

from __future__ import annotations

from typing import Any

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.formats import NEEDS_FOLDER, refuse_formats, refuse_targets, show
from jisseki_check.cli.job_summary import add_job_summary
from jisseki_check.cli.options import color_option, own_rules, project_settings, rules_option
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.stored import stored
from jisseki_check.cli.types import OneOf, Target
from jisseki_check.formatters import FOLDERS, FORMATS
from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.view import View


@command(
    "report",
    "check -o json=… で残した結果を、ほかの形式で書き出します。報告のファイルは要りません。点検はし直さず、"
    "指摘も判定も残したときのままです。規則の題名や根拠は、いま入っている規則から取ります。\n"
    "終了コード　0 書き出した（判定は結果の中にあります）、2 コマンドや設定の誤り、3 結果を読めない",
    [
        ("jisseki-check report 結果.json", "結果を画面に表示します。"),
        ("jisseki-check report 結果.json -o html=結果.html -o xlsx=結果.xlsx", "会議の資料を作ります。"),
        ("jisseki-check report 結果.json --output-format concise", "1行に1件の形で表示します。"),
    ],
)
@click.argument("result", metavar="結果.json", help="check -o json=… で書き出したファイル")
@click.option(
    "-o",
    "outputs",
    type=Target((*FORMATS, *FOLDERS)),
    multiple=True,
    metavar="形式=ファイル",
    help="ファイルに書き出します。複数の指定もできます。parquet=フォルダー は、表のファイルのフォルダーを"
    "作ります。",
)
@click.option(
    "--output-format",
    type=OneOf(FORMATS, NEEDS_FOLDER),
    help="表示の形式。省略すると table",
)
@rules_option
@click.option("--statistics", is_flag=True, help="指摘の代わりに、規則ごとの件数を表示します。")
@click.option("-q", "--quiet", is_flag=True, help="指摘を表示せず、判定だけを表示します。")
@click.option("-v", "--verbose", is_flag=True, help="指摘を省略せず、規則ごとの判定範囲も表示します。")
@color_option
def report(result: str, outputs: tuple[tuple[str, str], ...], own: str | None, **given: Any) -> None:
    settings = project_settings()
    name = given["output_format"] or settings.output_format or "table"
    formats = {name, *(each for each, _ in outputs)}
    refuse_formats(formats, name)
    refuse_targets(outputs, [result])
    outcome = stored(result)
    rules, digest = load_entries(own_rules(own, settings), settings.profile)
    view = View(
        statistics=given["statistics"],
        verbose=given["verbose"],
        titles={rule["id"]: rule["title"] for rule in rules},
        rules=rules,
        rules_digest=digest,
    )
    for note in notes(outcome, view):
        click.echo(f"注意　{note}", err=True)
    show(outcome, view, outputs=outputs, screen=name, color=given["color"], quiet=given["quiet"])
    if "github" in formats:
        add_job_summary(outcome)
