"""`config`: what holds here, and who says so."""

from __future__ import annotations

from jisseki_check.cli.command import LazyGroup

config = LazyGroup(
    "config",
    help="設定（jisseki-check.toml、または pyproject.toml の [tool.jisseki-check]）を確かめます。",
    package="jisseki_check.cli.config",
    commands_help={"show": "それぞれの設定の値と、それがどこで決まったかを表示します。"},
    examples=[
        ("jisseki-check config show", "このフォルダーで使われる設定を表示します。"),
        ("jisseki-check config show 計画/総務部.txt", "そのファイルに使われる設定を表示します。"),
    ],
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
