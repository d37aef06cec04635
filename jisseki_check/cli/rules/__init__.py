"""`rules`: the catalogue, and what another choice of rules would change."""

from __future__ import annotations

from jisseki_check.cli.command import ListingGroup

rules = ListingGroup(
    "rules",
    help="規則の一覧を表示します。コードの先頭の文字（FIN、FIN1 など）で絞り込めます。\n"
    "別の規則や設定にすると報告の判定がどう変わるかは、diff で確かめられます。",
    package="jisseki_check.cli.rules",
    commands_help={
        "list": "規則の一覧を表示します（省けます）。",
        "diff": "二通りの規則や設定で点検し、どの報告の判定が変わるかを示します。",
    },
    usual="list",
    examples=[
        ("jisseki-check rules", "全ての規則を表示します。"),
        ("jisseki-check rules FIN MRK", "金額と達成状況の規則を表示します。"),
        ("jisseki-check rules --output-format json", "プログラムで使うために JSON で書き出します。"),
        ("jisseki-check rules diff standard 規則/ --on 報告/", "自分の規則を加えた点検と比べます。"),
    ],
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True},
)
