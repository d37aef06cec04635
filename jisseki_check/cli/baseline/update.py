"""`baseline update`: gives up what is no longer found, and adopts more only when told to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.baseline.checking import Checked, checked, checking_options, left_out, unjudged, write
from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE
from jisseki_check.cli.exceptions import baseline_path
from jisseki_check.cli.options import project_settings
from jisseki_check.cli.output import write_stdout
from jisseki_check.formatters.words import known_name

if TYPE_CHECKING:
    from jisseki_check.exceptions.baseline import Update
    from jisseki_check.model import KnownFinding


@command(
    "update",
    "報告を点検し、なくなった指摘と、値の変わった指摘を一覧から除きます。件数が減っていれば減らします。"
    "点検しなかった報告のものは、そのまま残します。新しい指摘は、--add を付けたときだけ加えます。\n"
    "終了コード　0 終わった、2 コマンドや設定の誤り、3 終わったが、点検できなかったところがある",
    [
        ("jisseki-check baseline update 報告/", "直した指摘を一覧から除きます。"),
        ("jisseki-check baseline update 報告/ --add", "新しい指摘も既知とします。"),
    ],
)
@checking_options
@click.option(
    "--baseline",
    metavar="ファイル",
    help="更新する一覧のファイル。省略すると、設定の baseline、それもなければ jisseki-check-baseline.json",
)
@click.option("--add", is_flag=True, help="新しい指摘を一覧に加え、加えたものを全て表示します。")
def update(paths: tuple[str, ...], add: bool, **given: Any) -> int:
    from jisseki_check.exceptions.baseline import FILE_NAME, adoptable, updated

    settings = project_settings()
    named = baseline_path(given, settings)
    target = FILE_NAME if named is None else named
    run = checked(paths, given, settings, target, anew=False)
    before = run.known.entries if run.known is not None else ()
    adopted = adoptable(run.outcome, run.never)
    done = updated(run.outcome, before, adopted if add else ())
    write(target, done.entries)
    lines = [f"{run.target}: 既知の指摘 {len(done.entries):,}件（前は {len(before):,}件）", *_changes(done)]
    is_inconclusive = run.outcome.verdict.exit_code == INCONCLUSIVE
    if is_inconclusive:
        lines += unjudged(run.outcome, "点検できなかったところがあります。そこにある指摘は、そのままです。")
    lines += _left(run, 0 if add else len(adopted))
    write_stdout("\n".join(lines) + "\n")
    return INCONCLUSIVE if is_inconclusive else 0


def _changes(done: Update) -> Iterator[str]:
    yield from _listed("なくなったか、値が変わったため除いたもの", done.removed)
    if done.lowered:
        yield f"  件数の減ったもの {len(done.lowered):,}件"
        for each in done.lowered:
            yield f"    {known_name(each.known)}　{each.known.count:,}か所 → {each.now:,}か所"
    yield from _listed("加えたもの", done.added)
    if done.moved:
        yield f"  場所や名前を書き改めたもの {done.moved:,}件"
    if done.kept:
        yield f"  この点検では確かめられず、そのまま残したもの {len(done.kept):,}件"


def _listed(title: str, entries: Sequence[KnownFinding]) -> Iterator[str]:
    if entries:
        yield f"  {title} {len(entries):,}件"
        yield from (f"    {known_name(each)}" for each in entries)


def _left(run: Checked, adoptable: int) -> Iterator[str]:
    """New findings that were not adopted, and what can be done about them."""
    if adoptable:
        yield f"新しい指摘 {adoptable:,}件は加えていません。check で確かめ、直してください。"
    yield from left_out(run)
