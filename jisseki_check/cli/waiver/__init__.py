"""`waiver`: findings that need not be put right, with reason, approver and end."""

from __future__ import annotations

from jisseki_check.cli.command import LazyGroup

waiver = LazyGroup(
    "waiver",
    help="直さなくてよい指摘の「免除」を、理由、申請した人、承認した人、期限とともに記録し、確かめます。\n"
    "免除は check に --waivers で渡すか、設定の waivers に書いたときに効きます。"
    "期限が過ぎるか、報告の値が変わると、効かなくなります。",
    package="jisseki_check.cli.waiver",
    commands_help={
        "add": "報告を点検し、選んだ指摘の免除を書き加えます。",
        "list": "免除を、期限までの日数とともに一覧にします。",
        "check": "報告を点検し、使われていない免除や、期限の過ぎた免除がないかを確かめます。",
    },
    examples=[
        (
            'jisseki-check waiver add 報告.txt --rule FIN105 --item 7 --reason "入札の差金による" '
            '--requested-by "総務課 山田" --approved-by "財政課長 佐藤" --until 2027-03-31',
            "項目7の指摘を免除します。",
        ),
        ("jisseki-check check 報告/ --waivers jisseki-check-waivers.toml", "免除を使って点検します。"),
        ("jisseki-check waiver check .", "免除が今も要るかを確かめます。"),
    ],
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
