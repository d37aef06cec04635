"""What a waiver must keep to, wherever it stands: who may grant it, and for how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.exceptions.known import same_words
from jisseki_check.model import Waiver


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a waiver cannot be granted, in words for people, and the part of it (`rule`, `until`, …) that is
    wrong."""

    key: str
    message: str


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
        yield Refusal("rule", f"{rule} の指摘は免除できません。報告を直してください")
    if waiver.requested_by and waiver.approved_by and same_words(waiver.requested_by, waiver.approved_by):
        yield Refusal("approved_by", "申請した人と承認した人が同じです。承認は別の人が行ってください")
    if waiver.until is None:
        return
    until, begins = dt.date.fromisoformat(waiver.until), approved_on or as_of
    if approved_on is not None and until < approved_on:
        yield Refusal("until", f"期限（{until}）が、承認した日（{approved_on}）より前です")
    elif longest_days and (until - begins).days > longest_days:
        last = begins + dt.timedelta(days=longest_days)
        yield Refusal(
            "until",
            f"期限が長すぎます。{rule} を免除できるのは{longest_days}日までなので、{last} までにしてください",
        )
