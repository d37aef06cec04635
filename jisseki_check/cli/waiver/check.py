"""`waiver check`: whether each waiver still does what it is there for."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command, page_width
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.options import own_rules, project_settings
from jisseki_check.cli.output import wants_color, write_stdout
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.types import OneOf
from jisseki_check.cli.waiver.checking import DAYS_AHEAD, checked, checking_options, file_option, waiver_file
from jisseki_check.formatters import register
from jisseki_check.formatters.summary import reasons
from jisseki_check.formatters.text import clean, wrap
from jisseki_check.formatters.words import known_name, message

if TYPE_CHECKING:
    from jisseki_check.model import Outcome

_FAMILY = "WVR"
_WIDEST = 120  # columns


@command(
    "check",
    "報告を点検し、免除の一つずつについて、使われているか、期限が過ぎていないか、値が変わっていないかを示します。"
    "報告のそばに書かれた免除の注記も確かめます。\n"
    "なくなった報告の免除も確かめるには、免除のファイルのあるフォルダーごと指定してください。\n"
    "終了コード　0 直すものがない、1 直すものがある、2 コマンドや免除のファイルの誤り、"
    "3 点検できない報告がある",
    [
        ("jisseki-check waiver check .", "このフォルダーの報告で、全ての免除を確かめます。"),
        ("jisseki-check waiver check 報告/総務部.txt", "一つの報告の免除を確かめます。"),
    ],
)
@click.argument("paths", nargs=-1, required=True, metavar="パス...", help="報告のファイルかフォルダー")
@file_option
@checking_options
@click.option(
    "--output-format", type=OneOf(("table", "json")), default="table", help="表示の形式。省略すると table"
)
def check(paths: tuple[str, ...], waivers: str | None, output_format: str, **given: Any) -> int:
    settings = project_settings()
    path = waiver_file(waivers, settings)
    # Without a file, the comments beside the data are all that there is.
    is_meant = waivers is not None or settings.waivers is not None
    if is_meant and not os.path.exists(path):
        raise CommandError(f"免除のファイル「{path}」が見つかりません。場所と名前を確かめてください。")
    rules, _ = load_entries(own_rules(given["own"], settings), given["profile"] or settings.profile)
    outcome = checked(paths, given, settings, rules, path if os.path.exists(path) else None)
    if output_format == "json":
        write_stdout(_as_json(outcome), for_people=False)
    else:
        write_stdout(_as_text(outcome))
    if outcome.verdict.exit_code == INCONCLUSIVE:
        return INCONCLUSIVE
    return int(any(each.rule.startswith(_FAMILY) for each in outcome.findings))


def _as_json(outcome: Outcome) -> str:
    as_of = date.fromisoformat(outcome.as_of)
    problems = [each for each in outcome.findings if each.rule.startswith(_FAMILY)]
    told = {
        "as_of": outcome.as_of,
        "waivers": [register.data(use, as_of, is_checked=True) for use in outcome.waivers],
        "problems": [
            {
                "rule": each.rule,
                "path": each.location.path,
                "line": each.location.line,
                "message": each.message,
            }
            for each in problems
        ],
        "unjudged": reasons(outcome),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_text(outcome: Outcome) -> str:
    as_of, width = date.fromisoformat(outcome.as_of), page_width(_WIDEST)
    uses = outcome.waivers
    lines: list[str] = []
    problems = [each for each in outcome.findings if each.rule.startswith(_FAMILY)]
    if problems:
        lines += ["", "直すもの"]
    for each in problems:
        at = each.location
        first, *rest = wrap(f"{each.rule}　{message(each)}　{clean(at.path or '')}:{at.line}", width - 4)
        lines += [f"  ・{first}", *(f"    {line}" for line in rest)]
    soon = [use for use in uses if use.state == "used" and _ends_soon(register.days_left(use.waiver, as_of))]
    if soon:
        lines += ["", f"{DAYS_AHEAD}日以内に期限の来るもの"]
        lines += [
            f"  ・{known_name(use.known)}{register.left(use.waiver, as_of)}　{register.place(use.waiver)}"
            for use in soon
        ]
    unjudged = reasons(outcome)
    if unjudged:
        lines += ["", "点検できなかったもの", *(f"  ・{reason}" for reason in unjudged)]
    told = f"免除 {len(uses):,}件（{register.tally(uses)}）" if uses else "免除はありません"
    lines += ["", f"{told}　基準日 {outcome.as_of}"]
    shown = register.block(uses, as_of, width=width, color=wants_color("auto"))
    return shown + "\n".join(lines if shown else lines[1:]) + "\n"


def _ends_soon(days: int | None) -> bool:
    return days is not None and days <= DAYS_AHEAD
