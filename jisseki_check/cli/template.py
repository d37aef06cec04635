"""`template`: an empty form to fill in."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError, nearest
from jisseki_check.cli.options import project_settings
from jisseki_check.cli.output import refuse_bad_targets, write_files
from jisseki_check.cli.suggestions import suggest_profiles
from jisseki_check.cli.types import Count, FiscalYear

if TYPE_CHECKING:
    from jisseki_check.profiles import Profile

_ENDINGS = (".xlsx", ".docx", ".json")
_MOST_ROWS = 1_000


@command(
    "template",
    "記入用の様式を作ります。書き出し先のファイル名の終わりで形式を決めます。\n"
    ".xlsx は一覧で、選択肢、入力の制限、誤りを知らせる色と、記入要領のシートが付きます。"
    ".docx は様式の表で、記入欄と、達成状況の選択肢が付きます。.json はデータの雛形です。",
    [
        ("jisseki-check template 報告.xlsx", "Excel の様式を作ります。"),
        (
            "jisseki-check template 報告.docx --department 総務部 --year 平成29年度",
            "部と年度の入った Word の様式を作ります。",
        ),
    ],
)
@click.argument("target", metavar="書き出し先", help=f"作るファイル（{'、'.join(_ENDINGS)}）")
@click.option(
    "--profile",
    metavar="名前|ファイル",
    shell_complete=suggest_profiles,
    help="様式設定の名前かファイル。省略すると hirakata",
)
@click.option("--department", metavar="部名", help="表題に入れる部の名前")
@click.option(
    "--year",
    type=FiscalYear(),
    metavar="年度",
    help="表題と金額の見出しに入れる年度（平成29年度、2017 など）",
)
@click.option(
    "--rows",
    type=Count(),
    metavar="数",
    help="用意する項目の数。Excel では行の数（省略すると 60）、Word と JSON では節や小見出しごとの数"
    "（省略すると Word 3、JSON 1）",
)
@click.option("--overwrite", is_flag=True, help="書き出し先のファイルがすでにあれば置き換えます。")
def template(
    target: str,
    profile: str | None,
    department: str | None,
    year: int | None,
    rows: int | None,
    overwrite: bool,
) -> None:
    ending = os.path.splitext(target)[1].lower()
    if ending not in _ENDINGS:
        close = nearest(ending, _ENDINGS)
        raise CommandError(
            f"「{target}」の形式では様式を作れません。{close}"
            f"名前の終わりを {'・'.join(_ENDINGS)} のどれかにしてください。"
        )
    if rows is not None and rows > _MOST_ROWS:
        raise CommandError(f"--rows は {_MOST_ROWS:,} までです。")
    refuse_bad_targets([target], [])
    if os.path.lexists(target) and not overwrite:
        raise CommandError(f"「{target}」はすでにあります。置き換えるときは --overwrite を付けてください。")
    from jisseki_check.templates import Wishes, create  # --help needs none of it
    from jisseki_check.writers import CannotWrite

    wishes = Wishes((department or "").strip() or None, year, rows)
    try:
        data = create(_form(profile), wishes, ending)
    except CannotWrite as error:
        raise CommandError(f"「{target}」を作れませんでした。{error.message}", INCONCLUSIVE) from None
    write_files({target: data})


def _form(named: str | None) -> Profile:
    """The profile of the command line, else of the settings; the usual one is a form and no city."""
    from jisseki_check import profiles

    name = named or project_settings().profile
    try:
        return profiles.load(name) if name else replace(profiles.load(profiles.DEFAULT), municipality=None)
    except profiles.ProfileError as error:
        raise CommandError(str(error)) from None
