"""`profile check`: what is wrong with a profile."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import USAGE, CommandError
from jisseki_check.cli.options import own_rules, project_settings, rules_option
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.types import OneOf
from jisseki_check.formatters.text import clean

if TYPE_CHECKING:
    from jisseki_check.engine.own_files import Mistake


@command(
    "check",
    "様式設定に誤りがないかを確かめ、場所（行:列）と直し方を示します。報告の点検はしません。\n"
    "終了コード　0 誤りなし、2 誤りあり",
    [
        ("jisseki-check profile check aobano.yaml", "様式設定を確かめます。"),
        ("jisseki-check profile check aobano.yaml --rules 規則/", "自分の規則の設定も確かめます。"),
    ],
)
@click.argument("files", nargs=-1, required=True, metavar="ファイル...", help="様式設定のファイル（.yaml）")
@rules_option
@click.option(
    "--output-format", type=OneOf(("text", "json")), default="text", help="表示の形式。省略すると text"
)
def check(files: tuple[str, ...], own: str | None, output_format: str) -> int:
    missing = next((path for path in files if not os.path.isfile(path)), None)
    if missing is not None:
        raise CommandError(f"「{missing}」というファイルが見つかりません。場所と名前を確かめてください。")
    mistakes = _mistakes(files, own_rules(own, project_settings()))
    if output_format == "json":
        import json

        listing = [asdict(mistake) for mistake in mistakes]
        write_stdout(json.dumps(listing, ensure_ascii=False, indent=2) + "\n", for_people=False)
    else:
        write_stdout("".join(f"{clean(str(each))}\n" for each in mistakes) + _summary(files, mistakes))
    return USAGE if mistakes else 0


def _mistakes(files: tuple[str, ...], own: str | None) -> list[Mistake]:
    from pathlib import Path

    from jisseki_check.catalogue import CatalogueError, entries
    from jisseki_check.engine.profile_check import check as check_profile  # yaml and the forms

    try:
        rules, _ = entries(own=own)
    except CatalogueError as error:
        raise CommandError(str(error)) from None
    return [mistake for path in files for mistake in check_profile(Path(path), rules)]


def _summary(files: tuple[str, ...], mistakes: list[Mistake]) -> str:
    if not mistakes:
        return f"様式設定 {len(files)}件に誤りはありません。\n"
    faulty = len({mistake.path for mistake in mistakes})
    return f"\n様式設定 {len(files)}件のうち {faulty}件に、誤りが {len(mistakes)}か所あります。\n"
