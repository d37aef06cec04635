"""`compare`: what has become of the findings between two stored results."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from jisseki_check.cli.command import command, page_width
from jisseki_check.cli.formats import WIDEST, refuse_formats
from jisseki_check.cli.options import color_option, own_rules, project_settings, rules_option
from jisseki_check.cli.output import encode, refuse_bad_targets, wants_color, write_files, write_stdout
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.stored import stored
from jisseki_check.cli.types import OneOf, Target
from jisseki_check.formatters.comparison import FOR_PEOPLE, FORMATS, render
from jisseki_check.formatters.view import View


@command(
    "compare",
    "check -o json=… で残した二つの結果を比べ、新しい指摘、残る指摘、直った指摘を示します。"
    "今回の点検で見ていない報告、判定していない規則、なくなった項目の指摘は「直った」とせず、"
    "「確かめられない」とします。"
    "ファイルを移しても、行が動いても、項目名が変わっても、同じ報告の同じ指摘は同じものとして扱います。"
    "規則や様式設定、基準日、ファイルの中身の違いも示します。\n"
    "終了コード　0 新しい指摘がない、1 新しい指摘がある（免除や既知でなくなった指摘を含み、"
    "免除した指摘と既知の指摘は含みません）、2 コマンドや設定の誤り、"
    "3 結果を読めない、または新しい指摘はないが今回の判定が判定不能",
    [
        ("jisseki-check compare 前.json 今回.json", "二つの結果を比べます。"),
        ("jisseki-check compare 前.json 今回.json -o html=比較.html", "会議の資料にします。"),
        ("jisseki-check compare 前.json 今回.json -v", "そのまま残る指摘も全て表示します。"),
    ],
)
@click.argument("old", metavar="前の結果", help="check -o json=… で書き出したファイル")
@click.argument("new", metavar="今回の結果", help="同じく、後で書き出したファイル")
@click.option(
    "-o",
    "outputs",
    type=Target(FORMATS),
    multiple=True,
    metavar="形式=ファイル",
    help="ファイルに書き出します。複数の指定もできます。",
)
@click.option("--output-format", type=OneOf(FORMATS), default="table", help="表示の形式。省略すると table")
@rules_option
@click.option("-q", "--quiet", is_flag=True, help="指摘を表示せず、件数と条件の違いだけを表示します。")
@click.option("-v", "--verbose", is_flag=True, help="そのまま残る指摘も含めて、全て表示します。")
@color_option
def compare(old: str, new: str, outputs: tuple[tuple[str, str], ...], own: str | None, **given: Any) -> int:
    settings = project_settings()
    name = given["output_format"]
    refuse_formats({name, *(each for each, _ in outputs)}, name)
    refuse_bad_targets([path for _, path in outputs], [old, new])
    before, after = stored(old), stored(new)
    rules, _ = load_entries(own_rules(own, settings), settings.profile)
    from jisseki_check.comparing import compare as compared  # with the model; --help needs none of it
    from jisseki_check.engine.inputs import shown_name
    from jisseki_check.formatters.comparison.told import Names

    comparison = compared(before, after)
    names = Names(shown_name(old), shown_name(new))
    titles = {rule["id"]: rule["title"] for rule in rules}
    view = View(verbose=given["verbose"], titles=titles, rules=rules)
    write_files({path: encode(render(each, comparison, names, view)) for each, path in outputs})
    screen = replace(
        view, width=page_width(WIDEST), color=wants_color(given["color"]), summary_only=given["quiet"]
    )
    write_stdout(render(name, comparison, names, screen), for_people=name in FOR_PEOPLE)
    return comparison.exit_code
