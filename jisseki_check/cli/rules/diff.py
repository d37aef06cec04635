"""`rules diff`: which reports would be judged otherwise by another choice of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import click

from jisseki_check.cli.command import command, page_width
from jisseki_check.cli.comparing import comparing_options
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.formats import WIDEST
from jisseki_check.cli.options import STDIN, color_option, existing_paths, find_reports, rules_option
from jisseki_check.cli.output import wants_color, write_stdout
from jisseki_check.cli.rules.sides import Side, no_reports, side_of, suggest_sides, told
from jisseki_check.cli.running import run
from jisseki_check.cli.suggestions import suggest_profiles
from jisseki_check.cli.types import Day, OneOf
from jisseki_check.formatters.rules_diff import FOR_PEOPLE, FORMATS, Named, render
from jisseki_check.formatters.view import View

_FEW = 100  # files that are kept in memory, so that they are read but once


@command(
    "diff",
    "同じ報告を A と B の二通りの規則や設定で点検し、判定の変わる報告、新しく出る指摘、出なくなる指摘を"
    "示します。新しい設定や規則を使い始める前に、影響を確かめられます。\n"
    "A と B には、設定ファイル（.toml）、様式設定の名前かファイル（.yaml）、自分の規則のフォルダー、"
    "別の版の規則一式のフォルダー、standard（初めから入っている規則。標準 とも書けます）のどれかを書きます。"
    "作業しているフォルダーの設定は使いません。今の設定と比べるときは、その設定ファイルを A に書きます。\n"
    "終了コード　0 新しく不適合になる報告がない、1 新しく不適合になる報告がある、"
    "2 コマンドや設定、規則の誤り、3 新しく不適合になる報告は見つからないが、判定できない報告がある",
    [
        (
            "jisseki-check rules diff jisseki-check.toml 新しい設定.toml --on 報告/",
            "今の設定を新しい設定と比べます。",
        ),
        ("jisseki-check rules diff standard 規則/ --on 報告/", "自分の規則を加えた点検と比べます。"),
        ("jisseki-check rules diff 前の版/rules standard --on 報告/", "前の版の規則と比べます。"),
        (
            "jisseki-check rules diff 規則A/ 規則B/ --profile mizuki.yaml --on 報告/",
            "どちらも同じ様式設定で点検します。",
        ),
    ],
)
@click.argument("old", metavar="A", shell_complete=suggest_sides, help="今の規則や設定")
@click.argument("new", metavar="B", shell_complete=suggest_sides, help="比べる規則や設定")
@click.argument("more", nargs=-1, metavar="[パス]...", help="--on に続けて書いたファイルやフォルダー")
@click.option(
    "--on",
    "paths",
    multiple=True,
    required=True,
    metavar="パス",
    help="点検する報告のファイルかフォルダー。後に続けて、いくつでも書けます。",
)
@click.option(
    "--profile",
    metavar="名前|ファイル",
    shell_complete=suggest_profiles,
    help="A・B に様式設定の定めがないときの、様式設定の名前かファイル。省略すると、文書から見分けます。",
)
@rules_option
@comparing_options
@click.option(
    "--as-of", type=Day(), metavar="日付", help="点検の基準とする日（例 2026-05-31）。省略すると今日"
)
@click.option("--output-format", type=OneOf(FORMATS), default="table", help="表示の形式。省略すると table")
@click.option("-v", "--verbose", is_flag=True, help="報告を省略せず、全て表示します。")
@color_option
def diff(old: str, new: str, paths: tuple[str, ...], more: tuple[str, ...], **given: Any) -> int:
    if STDIN in (*paths, *more):
        raise CommandError("標準入力（-）の報告は比べられません。ファイルかフォルダーを指定してください。")
    files = existing_paths((*paths, *more))
    sides = [side_of(each, given["profile"], given["own"]) for each in (old, new)]
    from jisseki_check.comparing.rules import diff as compared  # with the model; --help needs none of it

    alike = {
        "as_of": given["as_of"] or date.today(),
        "prior": given["prior"],
        "expect": given["expect"],
    }
    of_a, of_b = _outcomes(sides, files, alike)
    found = compared(of_a, of_b)
    titles = {each.code: each.rule.title for each in found.rules}
    view = View(
        width=page_width(WIDEST),
        color=wants_color(given["color"]),
        verbose=given["verbose"],
        titles=titles,
    )
    named = [Named(side.name, side.kind, side.meaning) for side in sides]
    name = given["output_format"]
    write_stdout(render(name, found, (named[0], named[1]), view), for_people=name in FOR_PEOPLE)
    return found.exit_code


def _outcomes(sides: Sequence[Side], files: Sequence[str], alike: Mapping[str, Any]) -> list[Any]:
    """What comes out of each side. Raises CommandError before any report is checked, if it can."""
    from jisseki_check import readers
    from jisseki_check.comparing.rules import Side as Judged

    left_out = frozenset(path for side in sides for path in no_reports(side, alike, files))
    runs = [told(side, alike, files, left_out) for side in sides]
    read = cache(readers.read) if len(find_reports(files).files) <= _FEW else readers.read
    return [Judged(run(files, replace(each.options, read=read)), each.rules) for each in runs]
