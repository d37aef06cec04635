"""`baseline`: the findings that a project has adopted as known."""

from __future__ import annotations

from jisseki_check.cli.command import LazyGroup

baseline = LazyGroup(
    "baseline",
    help="すでにある指摘を「既知の指摘」として一覧にします。"
    "check に --baseline で渡すと、値の変わっていない既知の指摘は数えず、新しい指摘だけで判定します。",
    package="jisseki_check.cli.baseline",
    commands_help={
        "create": "いまある指摘を全て、既知の指摘の一覧にします。",
        "update": "なくなった指摘を一覧から除きます。新しい指摘は加えません。",
        "show": "一覧を、報告と規則ごとの件数で表示します。",
    },
    examples=[
        ("jisseki-check baseline create 報告/", "jisseki-check-baseline.json を作ります。"),
        ("jisseki-check check 報告/ --baseline jisseki-check-baseline.json", "新しい指摘だけを数えます。"),
        ("jisseki-check baseline update 報告/", "直した指摘を一覧から除きます。"),
    ],
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
