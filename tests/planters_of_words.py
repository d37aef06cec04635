"""Faults of wording, planted into a valid report: in a text of its own, so that the plan stays fulfilled."""

from __future__ import annotations

from jisseki_check.model import Report
from tests.planters import PLAIN, Planted, as_files, one, with_item
from tests.planters_of_plans import PLANTERS

__all__ = ["PLANTERS"]

_TOLD = PLAIN["result"]

# Added to the result of the plain item; the mistake is in the added sentence alone.
_SENTENCES = {
    "STY101": "倉庫の点検および清掃を2回行いました。",
    "STY103": "防災週間の一貫として、非常食を120食配りました。",
    "STY104": "住民の要望踏まえ、棚を2段増やしました。",
    "STY106": "点検の記録12件を次の整備に繋げました。",
    "STY107": "備蓄品の点検を2回実施。",
    "STY108": "㈱みずき倉庫に点検を2回委託しました。",
    "STY110": "スマホで見られる地図を1枚作りました。",
}


def _sentence(rule: str, text: str) -> None:
    def plant(report: Report, index: int) -> Planted:
        faulty = with_item(report, index, result=f"{_TOLD}{text}")
        return Planted(as_files(faulty), one(rule, index, "result"))

    PLANTERS[rule] = plant


for _rule, _text in _SENTENCES.items():
    _sentence(_rule, _text)


def _both(rule: str, goal: str, text: str) -> None:
    """One spelling in the goal, the other one in the result."""

    def plant(report: Report, index: int) -> Planted:
        faulty = with_item(report, index, goal=f"{PLAIN['goal']}{goal}", result=f"{_TOLD}{text}")
        return Planted(as_files(faulty), one(rule, index, "result"))

    PLANTERS[rule] = plant


_both("STY102", "備えの要はサーバーです。", "サーバの位置を2か所変えました。")
_both("STY105", "備蓄品にはA型、B型、C型、D型があります。", "Ｅ型を2台置きました。")
_both(
    "STY109",
    "「みずきの備え」は、「自助」と「共助」から成ります。",
    "“公助”の冊子を120部作りました。",
)
