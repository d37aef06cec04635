"""Numeric targets of the plan against the same thing's number in the result: `targets`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jisseki_check.facts.achievement import rated
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.counts import Count

Row = dict[str, Any]

# Among so many numbers nothing is plain, and comparing each with each would cost their square.
_MOST_COUNTS = 200
_AIMED = re.compile(r"\s*(?:を|の)?(?:目標|目指|達成|確保)")
_AT_MOST = frozenset({"以下", "以内", "未満"})


def target_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `targets`: an item's indicators, and what its texts count."""
    for item in view.items:
        rows = [*_indicators(item), *_counted(item)]
        rows = rated(item, rows) if view.profile.has_thresholds else _earning(rows, len(view.profile.signs))
        for row in rows:
            yield {
                "report": view.number,
                "item": item.item.index,
                **row,
                "mark": item.item.mark,
                "mark_rank": item.mark_rank,
            }


def _earning(rows: list[Row], lowest: int) -> list[Row]:
    """The rows with the ranks that one of them earns the item: the first target that was missed any but the
    top one, else the first of all that were met the top one."""
    decisive = next((row for row in rows if not row["met"]), next(iter(rows), None))
    ranks = (1, 1) if decisive is not None and decisive["met"] else (2, lowest)
    earned = {"earned_best": ranks[0], "earned_worst": ranks[1]}
    return [row | earned if row is decisive else row for row in rows]


def is_aimed_at(text: str, count: Count) -> bool:
    """Whether a number of the plan is one to be reached: 60店以上, 60店を目標, and not what is there."""
    return count.bound is not None or _AIMED.match(text, count.end) is not None


def _indicators(item: ItemView) -> Iterator[Row]:
    for position, indicator in enumerate(item.item.indicators):
        if indicator.target is None or indicator.actual is None:
            continue
        place = f"indicators/{position}"
        yield {
            "thing": indicator.name,
            "target": float(indicator.target),
            "actual": float(indicator.actual),
            "target_text": f"{indicator.target:g}{indicator.unit or ''}",
            "actual_text": f"{indicator.actual:g}{indicator.unit or ''}",
            "met": indicator.actual >= indicator.target,
            "at_most": False,
            "field": place,
            "plan_field": place,
        }


def _counted(item: ItemView) -> Iterator[Row]:
    if not item.result or sum(map(len, item.counts.values())) > _MOST_COUNTS:
        return
    for name, text in item.plan:
        for target in item.counts[name]:
            if not is_aimed_at(text, target):
                continue
            actuals = [count for count in item.counts.get("result", []) if _same(target, count)]
            if len(actuals) != 1 or actuals[0].bound is not None:
                continue
            (actual,) = actuals
            yield {
                "thing": target.noun,
                "target": float(target.value),
                "actual": float(actual.value),
                "target_text": "".join(text[target.start : target.end].split()),
                "actual_text": "".join(item.result[actual.start : actual.end].split()),
                "met": _met(target, actual),
                "at_most": target.bound in _AT_MOST,
                "field": "result",
                "start": actual.start,
                "end": actual.end,
                "plan_field": name,
                "plan_start": target.start,
                "plan_end": target.end,
            }


def _same(target: Count, actual: Count) -> bool:
    """The same unit, counting what has the same name."""
    if target.counter != actual.counter or len(target.noun) < 2 or len(actual.noun) < 2:
        return False
    return target.noun in actual.noun or actual.noun in target.noun


def _met(target: Count, actual: Count) -> bool:
    if target.bound in _AT_MOST:
        return actual.value < target.value if target.bound == "未満" else actual.value <= target.value
    return actual.value > target.value if target.bound == "超" else actual.value >= target.value
