"""`baseline create`: adopts the findings that there are."""

from __future__ import annotations

import os
from typing import Any

import click

from jisseki_check.cli.baseline.checking import checked, checking_options, left_out, unjudged, write
from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.options import project_settings
from jisseki_check.cli.output import write_stdout


@command(
    "create",
    "報告を点検し、いまある指摘を段階によらず全て、既知の指摘の一覧に書き出します。"
    "免除した指摘と、読み取れないことの指摘は加えません。\n"
    "終了コード　0 作った、2 コマンドや設定の誤り、3 作ったが、点検できなかったところがある",
    [
        ("jisseki-check baseline create 報告/", "jisseki-check-baseline.json を作ります。"),
        ("jisseki-check baseline create 報告/ --select FIN", "金額の規則の指摘だけを既知とします。"),
    ],
)
@checking_options
@click.option(
    "-o",
    "target",
    metavar="ファイル",
    help="書き出し先。省略すると、設定の baseline、それもなければ jisseki-check-baseline.json",
)
@click.option("--overwrite", is_flag=True, help="一覧がすでにあれば、初めから作り直します。")
def create(paths: tuple[str, ...], target: str | None, overwrite: bool, **given: Any) -> int:
    from jisseki_check.catalogue import LONGEST_WAIVER_DAYS
    from jisseki_check.exceptions.baseline import FILE_NAME, adoptable

    settings = project_settings()
    target = target if target is not None else settings.baseline or FILE_NAME
    if os.path.lexists(target) and not overwrite:
        raise CommandError(
            f"「{target}」はすでにあります。なくなった指摘を除くときは「jisseki-check baseline update」を"
            "使ってください。いまある指摘を全て既知として作り直すときは --overwrite を付けてください。"
        )
    run = checked(paths, given, settings, target, anew=True)
    entries = adoptable(run.outcome, run.never)
    write(target, entries)
    urgent = sorted({each.rule for each in entries if run.terms[each.rule] < LONGEST_WAIVER_DAYS})
    reports = len({each.path for each in entries})
    lines = [f"既知の指摘 {len(entries):,}件（{reports:,}ファイル）を {run.target} に書き出しました。"]
    lines += left_out(run)
    if entries:
        lines.append("直したものは「jisseki-check baseline update」で一覧から除いてください。")
    if urgent:
        lines.append(
            f"公表の前に必ず直す規則（{'・'.join(urgent)}）の指摘も含まれています。先に直してください。"
        )
    is_inconclusive = run.outcome.verdict.exit_code == INCONCLUSIVE
    if is_inconclusive:
        lines += unjudged(
            run.outcome,
            "点検できなかったところがあります。そこにある指摘は分からないため、一覧にありません。",
        )
    write_stdout("\n".join(lines) + "\n")
    return INCONCLUSIVE if is_inconclusive else 0
