"""`test`: the examples of the rules, run as a report is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import own_rules, profile_option, project_settings, rules_option
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.progress import Progress
from jisseki_check.cli.rulebook import load_entries, require_known
from jisseki_check.cli.suggestions import suggest_codes
from jisseki_check.cli.types import listed
from jisseki_check.formatters.text import clean

if TYPE_CHECKING:
    from jisseki_check.engine.trial import Trial


@command(
    "test",
    "規則の例が、期待どおりの結果になるかを確かめます。"
    "悪い例ではその規則の指摘だけが出て、良い例では判定されて指摘が出ないことを見ます。\n"
    "自分の規則（--rules）の例は --profile の様式で、"
    "初めから入っている規則の例は hirakata の様式で試します。\n"
    "終了コード　0 全て期待どおり、1 期待どおりでない例がある、2 コマンドや規則の誤り",
    [
        ("jisseki-check test", "全ての規則の例を試します。"),
        ("jisseki-check test FIN MRK101", "金額の規則と MRK101 の例を試します。"),
        (
            "jisseki-check test AOB --rules 規則/ --profile aobano.yaml",
            "自分の規則の例を、自分の様式で試します。",
        ),
    ],
)
@click.argument(
    "codes",
    nargs=-1,
    metavar="[コード]...",
    callback=listed,
    shell_complete=suggest_codes,
    help="規則のコード、またはその先頭の文字。省くと全ての規則",
)
@rules_option
@profile_option
def test(codes: tuple[str, ...], own: str | None, profile: str | None) -> int:
    from jisseki_check.profiles import DEFAULT  # json and pathlib; --help needs neither

    settings = project_settings()
    own = own_rules(own, settings)
    profile = profile or settings.profile or DEFAULT
    rules, _ = load_entries(own, profile)
    require_known(rules, codes, "test")
    trial = _run(codes, own, profile)
    write_stdout(_page(trial))
    return 1 if trial.failures else 0


def _run(codes: tuple[str, ...], own: str | None, profile: str) -> Trial:
    from jisseki_check.engine.run import UsageError  # polars: a wrong command should not wait for it
    from jisseki_check.engine.trial import try_examples

    with Progress(quiet=False, doing="例を試しています") as progress:
        try:
            return try_examples(codes, own=own, profile=profile, progress=progress)
        except UsageError as error:
            raise CommandError(str(error)) from None


def _page(trial: Trial) -> str:
    lines = []
    for failure in trial.failures:
        kind = "悪い例" if failure.kind == "bad" else "良い例"
        lines.append(f"{failure.rule}　{kind}「{clean(failure.example)}」")
        lines += [f"  {clean(fault)}。" for fault in failure.faults]
    counts = f"規則 {trial.rules:,}件、例 {trial.examples:,}件"
    if trial.failures:
        return "\n".join(
            [*lines, "", f"{counts}のうち、{len(trial.failures):,}件が期待どおりではありません。\n"]
        )
    return f"{counts}、すべて期待どおりです。\n"
