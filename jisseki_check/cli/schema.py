"""`schema`: a JSON Schema, as it stands in the project."""

from __future__ import annotations

import click

from jisseki_check import resources
from jisseki_check.cli.command import command
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.types import OneOf

_SCHEMAS = (
    "report",
    "outcome",
    "rule",
    "profile",
    "settings",
    "baseline",
    "waivers",
    "record",
    "verification",
    "comparison",
    "rules-diff",
)


@command(
    "schema",
    "JSON Schema（2020-12）を表示します。エディターやほかのプログラムで使えます。",
    [("jisseki-check schema report > report.schema.json", "報告の JSON Schema を保存します。")],
)
@click.argument("name", type=OneOf(_SCHEMAS), metavar="名前", help="、".join(_SCHEMAS) + " のどれか")
def schema(name: str) -> None:
    path = resources.file("schemas", f"{name}.schema.json")
    with open(path, encoding="utf-8") as stream:
        write_stdout(stream.read(), for_people=False)
