"""Numeric targets of the plan against the same thing's number in the result: `targets`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jisseki_check.facts.achievement import rated
from jisseki_check.facts.goals import Goal, scope_at
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.counts import Count
from jisseki_check.patterns import lazy_compile

Row = dict[str, Any]

# Of what a count of the whole year speaks that has no name right before it: 公園の見回りを年間12回.
_DONE_TO = lazy_compile(
    r"(?P<thing>[^、。，．\s「」（）()]{2,24})[をはがも]\s?(?:年間|年に|延べ|のべ|合計)[ \t\u3000]{0,4}$"
)
# Among so many numbers nothing is plain, and comparing each with each would cost their square.
_MOST_COUNTS = 200


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
        for target, goal in _targets(item.counts[name], item.goals[name]):
            name_of = _name(text, target)
            actuals = [
                count
                for count in item.counts.get("result", [])
                if count.counter == target.counter and _is_one(name_of, _name(item.result, count))
            ]
            if len(actuals) != 1 or actuals[0].bound is not None:
                continue
            (actual,) = actuals
            if scope_at(item.result, actual.start, item.year) != goal.scope:
                continue
            yield {
                "thing": name_of,
                "target": float(target.value),
                "actual": float(actual.value),
                "target_text": "".join(text[target.start : target.end].split()),
                "actual_text": "".join(item.result[actual.start : actual.end].split()),
                "met": _met(target, actual, at_most=goal.manner == "most"),
                "at_most": goal.manner == "most",
                "field": "result",
                "start": actual.start,
                "end": actual.end,
                "plan_field": name,
                "plan_start": target.start,
                "plan_end": target.end,
            }


def _targets(counts: list[Count], goals: list[Goal]) -> Iterator[tuple[Count, Goal]]:
    """The counts to be reached; what is only planned so many times (講座を12回開きます) is none."""
    at = {goal.start: goal for goal in goals}
    for count in counts:
        goal = at.get(count.start)
        if goal is not None and (count.bound is not None or not goal.is_done):
            yield count, goal


def _name(text: str, count: Count) -> str:
    """Of what a count of a text speaks."""
    if len(count.noun) > 1:
        return count.noun
    done_to = _DONE_TO.search(text, max(0, count.start - 40), count.start)
    return "" if done_to is None else done_to["thing"]


def _is_one(one: str, other: str) -> bool:
    """Whether two names are of the same thing."""
    return min(len(one), len(other)) > 1 and (one in other or other in one)


def _met(target: Count, actual: Count, *, at_most: bool) -> bool:
    if at_most:
        return actual.value < target.value if target.bound == "未満" else actual.value <= target.value
    return actual.value > target.value if target.bound == "超" else actual.value >= target.value
