"""`profile`: a city's own profile, begun and looked at."""

from __future__ import annotations

from jisseki_check.cli.command import LazyGroup

profile = LazyGroup(
    "profile",
    help="様式設定（見出し、節、達成状況の記号など、市によって違うこと）を作り、確かめます。\n"
    "できた様式設定は、check の --profile で使います。",
    package="jisseki_check.cli.profile",
    commands_help={
        "new": "書き始めるための様式設定を作ります。",
        "check": "様式設定の誤りを、場所と直し方とともに示します。",
    },
    examples=[
        ("jisseki-check profile new aobano.yaml", "様式設定 aobano.yaml を作ります。"),
        ("jisseki-check profile check aobano.yaml", "書き直した様式設定を確かめます。"),
        ("jisseki-check check --profile aobano.yaml 報告/", "その様式設定で報告を点検します。"),
    ],
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
