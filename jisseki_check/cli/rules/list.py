"""`rules list`, and `rules` alone: the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.options import own_rules, project_settings, rules_option
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.rulebook import load_entries, require_known
from jisseki_check.cli.suggestions import suggest_codes
from jisseki_check.cli.types import OneOf, listed
from jisseki_check.formatters.text import pad
from jisseki_check.notation.width import display_width

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry


@command(
    "list",
    "規則の一覧を表示します。コードの先頭の文字（FIN、FIN1 など）で絞り込めます。",
    [
        ("jisseki-check rules list", "全ての規則を表示します（list は省けます）。"),
        ("jisseki-check rules FIN MRK", "金額と達成状況の規則を表示します。"),
        ("jisseki-check rules --output-format json", "プログラムで使うために JSON で書き出します。"),
    ],
)
@click.argument(
    "prefixes",
    nargs=-1,
    metavar="[コード]...",
    callback=listed,
    shell_complete=suggest_codes,
    help="規則のコード、またはその先頭の文字",
)
@click.option(
    "--output-format", type=OneOf(("table", "json")), default="table", help="表示の形式。省略すると table"
)
@rules_option
def list_rules(prefixes: tuple[str, ...], output_format: str, own: str | None) -> None:
    entries, digest = load_entries(own_rules(own, project_settings()))
    require_known(entries, prefixes, "rules")
    chosen = [rule for rule in entries if not prefixes or rule["id"].startswith(prefixes)]
    if output_format == "json":
        write_stdout(_as_json(chosen, digest), for_people=False)
    else:
        write_stdout(_as_table(chosen))


list = list_rules  # noqa: A001  the group looks a command up by its name


def _as_table(chosen: Sequence[Entry]) -> str:
    from jisseki_check.catalogue import LEVELS

    # By hand: tabulate costs more than the whole command.
    titles = max(display_width(rule["title"]) for rule in chosen)
    lines = [
        f"{rule['id']}  {LEVELS[rule['level']]}  {pad(rule['title'], titles)}  {rule['name']}"
        for rule in chosen
    ]
    return "\n".join([*lines, "", f"{len(chosen)}規則"]) + "\n"


def _as_json(chosen: Sequence[Entry], digest: str) -> str:
    import json

    listing = {"rules_digest": digest, "rules": chosen}
    return json.dumps(listing, ensure_ascii=False, indent=2) + "\n"
