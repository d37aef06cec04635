"""`completion`: the script by which a shell completes command lines."""

from __future__ import annotations

import click

from jisseki_check.cli.command import COMPLETION, command
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.types import OneOf

_SHELLS = ("bash", "zsh", "fish", "powershell")


@command(
    "completion",
    "Tab キーでコマンドの続きを補うための設定を表示します。\n"
    "コマンド、オプション、規則のコード、結果の形式、様式設定の名前、ファイルの名前を補えます。"
    "例のとおりに一度実行すると、次に開いたシェルから使えます（bash は 4.4 以降）。",
    [
        ("jisseki-check completion bash >> ~/.bashrc", "bash で使います。"),
        ("jisseki-check completion zsh >> ~/.zshrc", "zsh で使います（compinit の後に書きます）。"),
        (
            "jisseki-check completion fish > ~/.config/fish/completions/jisseki-check.fish",
            "fish で使います。",
        ),
        ("jisseki-check completion powershell >> $PROFILE", "PowerShell で使います。"),
    ],
)
@click.argument("shell", type=OneOf(_SHELLS), metavar="シェル", help="、".join(_SHELLS) + " のどれか")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    from jisseki_check.cli.completing import script  # --help needs none of it

    root = ctx.find_root()
    write_stdout(script(shell, root.command, str(root.info_name), COMPLETION), for_people=False)
