"""What a waiver must keep to, wherever it stands: who may grant it, and for how long."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.exceptions.known import same_words
from jisseki_check.model import Waiver
from jisseki_check.notation.width import fold

_SIGNS = re.compile(r"[\W_]+")
# What stands for a reason where none is given: folded, without signs.
_PLACEHOLDERS = frozenset(
    (
        "なし", "無し", "無", "ない", "無い", "特になし", "特に無し", "特になしです", "特にない",
        "とくになし", "理由", "理由なし", "理由無し", "理由は特になし", "理由特になし", "免除理由",
        "未定", "未記入", "記入なし",
        "不明", "未入力", "空欄", "同上", "同じ", "略", "省略", "仮", "仮置き",
        "テスト", "その他", "あとで", "後で", "後日", "後日記入", "要記入", "要確認", "test",
        "todo", "tbd", "tba", "fixme", "none", "nil", "null", "na", "reason",
        "dummy",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a waiver cannot be granted, in words for people, and the part of it (`rule`, `until`, …) that is
    wrong."""

    key: str
    message: str


def says_nothing(reason: str) -> bool:
    """Whether a reason is nothing but signs, numbers, one letter over and over, or stands for a blank."""
    bare = _SIGNS.sub("", fold(reason)).casefold()
    return bare in _PLACEHOLDERS or not bare.strip("0123456789") or len(set(bare)) == 1


def refusals(
    waiver: Waiver, approved_on: dt.date | None, longest_days: int | None, rule: str, as_of: dt.date
) -> Iterator[Refusal]:
    """All that stands against granting it.

    `longest_days`: of its rule, None where there is no such rule. The term is counted from the day of
    approval; where a comment does not give it, from the day of the run.
    """
    if longest_days is None:
        yield Refusal("rule", f"「{rule}」という規則はありません")
    elif longest_days == 0:
        what = "免除" if rule.startswith("WVR") else "報告"
        yield Refusal("rule", f"{rule} の指摘は免除できません。{what}を直してください")
    if waiver.requested_by and waiver.approved_by and same_words(waiver.requested_by, waiver.approved_by):
        yield Refusal("approved_by", "申請した人と承認した人が同じです。承認は別の人が行ってください")
    if waiver.reason.strip() and says_nothing(waiver.reason):
        yield Refusal(
            "reason",
            f"理由が「{waiver.reason.strip()}」だけでは、免除できません。直さなくてよい理由を具体的に書いてください",
        )
    if waiver.until is None:
        return
    until, begins = dt.date.fromisoformat(waiver.until), approved_on or as_of
    if approved_on is not None and until < approved_on:
        yield Refusal("until", f"期限（{until}）が、承認した日（{approved_on}）より前です")
    elif longest_days and (until - begins).days > longest_days:
        since = "承認した日" if approved_on is not None else "基準とする日"
        last = begins + dt.timedelta(days=longest_days)
        yield Refusal(
            "until",
            f"期限が長すぎます。{rule} を免除できるのは、{since}から{longest_days}日までです。"
            f"{last} までにしてください",
        )
