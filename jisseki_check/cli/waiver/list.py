"""`waiver list`: the waivers of a file, with the days that are left."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command, page_width
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.exceptions import waivers as read
from jisseki_check.cli.options import own_rules, project_settings
from jisseki_check.cli.output import wants_color, write_stdout
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.types import OneOf
from jisseki_check.cli.waiver.checking import checked, checking_options, waiver_file
from jisseki_check.formatters import register

if TYPE_CHECKING:
    from jisseki_check.exceptions import Granted
    from jisseki_check.model import WaiverUse

_WIDEST = 120  # columns


@command(
    "list",
    "免除のファイルの中の免除を、期限までの日数とともに一覧にします。"
    "報告も指定すると、点検して、それぞれが使われているかも示します。",
    [
        ("jisseki-check waiver list", "免除を一覧にします。"),
        ("jisseki-check waiver list jisseki-check-waivers.toml 報告/", "使われているかも示します。"),
        ("jisseki-check waiver list --output-format json", "プログラムで使うために JSON で書き出します。"),
    ],
)
@click.argument(
    "file",
    required=False,
    metavar="[ファイル]",
    help="免除のファイル。省略すると、設定の waivers、それもなければ jisseki-check-waivers.toml",
)
@click.argument("paths", nargs=-1, metavar="[報告]...", help="点検する報告のファイルかフォルダー")
@checking_options
@click.option(
    "--output-format", type=OneOf(("table", "json")), default="table", help="表示の形式。省略すると table"
)
def list_waivers(file: str | None, paths: tuple[str, ...], output_format: str, **given: Any) -> None:
    settings = project_settings()
    path = waiver_file(file, settings)
    if not os.path.exists(path):
        raise CommandError(
            f"免除のファイル「{path}」がありません。"
            "「jisseki-check waiver add」で免除を書き加えると作られます。"
        )
    rules, _ = load_entries(own_rules(given["own"], settings), given["profile"] or settings.profile)
    as_of: date = given["as_of"] or date.today()
    if paths:
        uses = checked(paths, {**given, "as_of": as_of}, settings, rules, path).waivers
    else:
        uses = tuple(_by_date(each, as_of) for each in read(path, rules))
    if output_format == "json":
        told = [register.data(use, as_of, is_checked=bool(paths)) for use in uses]
        listing = {"path": path, "as_of": as_of.isoformat(), "waivers": told}
        write_stdout(json.dumps(listing, ensure_ascii=False, indent=2) + "\n", for_people=False)
        return
    width, color = page_width(_WIDEST), wants_color("auto")
    shown = register.block(uses, as_of, width=width, color=color, is_checked=bool(paths))
    write_stdout(shown or "免除はありません。\n")


def _by_date(granted: Granted, as_of: date) -> WaiverUse:
    """A waiver of which only its days are known."""
    from jisseki_check.model import WaiverUse

    days = register.days_left(granted.waiver, as_of)
    state = "pending" if granted.begins is not None and as_of < granted.begins else ""
    return WaiverUse(granted.known, granted.waiver, "expired" if days is not None and days < 0 else state)


list = list_waivers  # noqa: A001  the group looks a command up by its name
