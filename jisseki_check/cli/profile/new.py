"""`profile new`: a profile to begin with."""

from __future__ import annotations

import os
import re

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.output import encode, refuse_bad_targets, write_files, write_stdout
from jisseki_check.cli.types import OneOf

_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")


@command(
    "new",
    "説明の付いた様式設定を作ります。見出しや記号を自分の市のものに書き直して使います。\n"
    "書き出し先を省くか - とすると、画面に表示します。すでにあるファイルには書きません。",
    [
        ("jisseki-check profile new aobano.yaml", "様式設定 aobano.yaml を作ります。"),
        ("jisseki-check profile new | less", "何を書くものか、先に読みます。"),
        (
            "jisseki-check profile new aobano.yaml --layout json-tree",
            "JSON や YAML のデータを読む様式設定を作ります。",
        ),
    ],
)
@click.argument(
    "target", required=False, metavar="[書き出し先]", help="作るファイル（.yaml）。名前は半角の小文字"
)
@click.option(
    "--layout",
    type=OneOf(("labelled-blocks", "json-tree")),
    default="labelled-blocks",
    help="報告の配置。labelled-blocks は文書や一覧、json-tree は別の仕組みで作られた JSON や YAML のデータ。"
    "省略すると labelled-blocks",
)
def new(target: str | None, layout: str) -> None:
    from jisseki_check.profiles import beginning  # json and pathlib; --help needs neither

    if target in (None, "-"):
        write_stdout(beginning(layout=layout), for_people=False)
        return
    assert target is not None
    name, ending = os.path.splitext(os.path.basename(target))
    if ending not in {".yaml", ".yml"} or not _NAME.fullmatch(name):
        raise CommandError(
            f"「{target}」という名前では作れません。"
            "aobano.yaml のように、半角の小文字・数字・ハイフンの名前に .yaml を付けてください。"
        )
    refuse_bad_targets([target], [])
    if os.path.lexists(target):
        raise CommandError(f"「{target}」はすでにあります。別の名前にしてください。")
    write_files({target: encode(beginning(name, layout))})
    click.echo(
        f"{target} を作りました。書き直したら「jisseki-check profile check {target}」で確かめてください。",
        err=True,
    )
