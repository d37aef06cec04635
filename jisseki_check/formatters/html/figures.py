"""Numbers that charts and their tables show: 執行率, and marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from jisseki_check.formatters.fields import AMOUNTS
from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.view import View
from jisseki_check.model import ItemFigures, ReportFigures, Severity
from jisseki_check.notation.marks import LOOK_ALIKES
from jisseki_check.notation.percent import percent

UNMARKED = "記載なし"
OTHER = "その他"
_ORDER = "◎○△×－☆◇□"
_FILLED = frozenset("●▲★■◆")  # which nobody takes for their outlined signs
_UNSEEN = re.compile("[\ufe00-\ufe0f\u200b-\u200f\u2060\ufeff]")
_MOST_MARKS = 6  # kinds of marks that can still be told apart; the rest are one


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of the budget at which a rule begins to ask; `rule` is its code."""

    share: float
    rule: str

    @property
    def percent(self) -> str:
        return percent(self.share)


@dataclass(frozen=True, slots=True)
class Rates:
    """執行率 (settlement by budget, 1 = all of it) of some items. `zones`: how many lie below the first
    threshold, between each and the next, up to 100 %, and above it. `whole`: of all their amounts together;
    `middle`: the median. None where there is no item with both amounts."""

    number: int
    zones: tuple[int, ...]
    whole: float | None
    middle: float | None


def rate(item: ItemFigures) -> float | None:
    """None where an amount is missing or nothing was budgeted; no item spends less than nothing."""
    if not item.budget_yen or item.budget_yen < 0 or item.settlement_yen is None or item.settlement_yen < 0:
        return None
    return item.settlement_yen / item.budget_yen


def thresholds(view: View) -> tuple[Threshold, ...]:
    """Of the rules on low 執行率, as far as their data are at hand; lowest first."""
    params = {str(each["id"]): each.get("params") or {} for each in view.rules}
    wanted = (("FIN105", "low_rate"), ("FIN106", "moderate_rate"))
    found = [Threshold(float(params[code][key]), code) for code, key in wanted if key in params.get(code, {})]
    return tuple(sorted((each for each in found if 0 < each.share < 1), key=lambda each: each.share))


def zone(value: float, limits: Sequence[float]) -> int:
    """In which of the zones that `limits` and 100 % part a rate lies; the last is above 100 %."""
    return sum(value >= each for each in limits) + (value > 1)


def faulty_items(group: Group) -> frozenset[int]:
    """The items (`index`) whose amounts an error is found in, unless it is waived."""
    return frozenset(
        each.item.index
        for each in group.findings
        if each.item is not None
        and each.field in AMOUNTS
        and each.severity is Severity.ERROR
        and each.status != "waived"
    )


def parted(items: Iterable[ItemFigures], faulty: Set[int]) -> tuple[list[ItemFigures], list[ItemFigures]]:
    """Items that have a rate: those whose amounts nobody doubts, and those (`faulty`, by `index`) whose
    amounts are said to be wrong, and belong in no sum."""
    rated = [each for each in items if rate(each) is not None]
    return (
        [each for each in rated if each.index not in faulty],
        [each for each in rated if each.index in faulty],
    )


def rates(items: Iterable[ItemFigures], limits: Sequence[float]) -> Rates:
    held = [(value, each) for each in items if (value := rate(each)) is not None]
    number = Counter(zone(value, limits) for value, _ in held)
    budget = sum(each.budget_yen or 0 for _, each in held)
    spent = sum(each.settlement_yen or 0 for _, each in held)
    return Rates(
        number=len(held),
        zones=tuple(number[at] for at in range(len(limits) + 2)),
        whole=spent / budget if budget else None,
        middle=median(value for value, _ in held) if held else None,
    )


def zone_names(limits: Sequence[Threshold]) -> list[str]:
    """`50％未満`, `50％以上80％未満`, `80％以上100％以下`, `100％超`."""
    edges = [*(each.percent for each in limits), "100％"]
    between = [f"{low}以上{high}未満" for low, high in pairwise(edges[:-1])]
    if len(edges) == 1:
        return ["100％以下", "100％超"]
    return [f"{edges[0]}未満", *between, f"{edges[-2]}以上100％以下", "100％超"]


def marks_of(items: Iterable[ItemFigures]) -> Mapping[str, int]:
    """How many items have which mark, by what it is called."""
    return Counter(_called((each.mark or "").strip()) for each in items)


def _called(mark: str) -> str:
    """A sign that looks like one of the usual marks has its code beside it: 〇（U+3007）."""
    bare = _UNSEEN.sub("", mark)
    is_plain = bare == mark and (mark not in LOOK_ALIKES or mark in _FILLED)
    return mark + ("" if is_plain else f"（{' '.join(f'U+{ord(each):04X}' for each in mark)}）") or UNMARKED


def mark_order(counts: Iterable[Mapping[str, int]]) -> list[str]:
    """The marks that occur, best known first; where there are too many kinds, the rarest are named OTHER."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    unmarked = total.pop(UNMARKED, 0)
    known = sorted((each for each in total if each in _ORDER and len(each) == 1), key=_ORDER.index)
    others = sorted((each for each in total if each not in known), key=lambda each: (-total[each], each))
    room = max(_MOST_MARKS - len(known), 1)
    shown = [*known, *(others if len(others) <= room else [*others[: room - 1], OTHER])]
    return [*shown, *([UNMARKED] if unmarked else [])]


def in_order(counts: Mapping[str, int], order: Sequence[str]) -> list[int]:
    """How many of each mark; what is not among them counts as OTHER."""
    rest = sum(number for mark, number in counts.items() if mark not in order)
    return [counts.get(mark, 0) + (rest if mark == OTHER else 0) for mark in order]


def results(reports: Iterable[ReportFigures]) -> list[ReportFigures]:
    """Those that can hold marks and settlements."""
    return [each for each in reports if each.kind == "results"]
