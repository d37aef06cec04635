"""`across_years` and `across_targets`: an item's result and numeric targets against last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jisseki_check.facts.across.digests import ItemDigest
from jisseki_check.facts.across.goals import same_goals
from jisseki_check.facts.across.items import Pair
from jisseki_check.facts.across.reports import Run, key_of
from jisseki_check.facts.goals import Goal
from jisseki_check.notation.fiscal import label

Row = dict[str, Any]

_NO_YEAR = "前の年度（{}）の報告が渡されていないため"
_NO_DEPARTMENT = "渡された前の年度の報告に、同じ部のものがないため"
_NO_ITEM = "前の年度の報告に同じ項目が見当たらないため"
_NO_RESULT = "実績の文がないため"
_NO_LAST_RESULT = "前の年度の報告に実績の文がないため"
_NO_TARGET = "数値目標がないため"
_NO_LAST_TARGET = "前の年度に、同じものの数値目標が見当たらないため"
_MOST_MOVED = 2  # days; who has set more of them anew has not just copied
_OTHER_KIND = {"results": "plan", "plan": "results"}
_REASON = re.compile(
    r"見直|改定|改訂|改正|下方修正|変更|縮小|廃止|統合|統廃合|終了|休止|中止|減少|減る|減った|踏まえ|勘案|考慮|伴い|伴う"
    r"|休館|閉館|休業|改修|工事|引き上げ|値上げ|ことから|たため"
)


def year_rows(run: Run) -> Iterator[Row]:
    """The rows of `across_years`: each item with a result against last year's."""
    for number, report in enumerate(run.reports):
        if report.kind != "results" or report.is_prior:
            continue
        last, why = _last(run, number, ("results",))
        found = _pairs(run, number, last)
        for place, item in enumerate(report.items):
            row: Row = {"report": number, "item": item.index}
            if item.result is None:
                yield row | {"absent": _NO_RESULT}
            elif place not in found:
                yield row | {"absent": why if last is None else _NO_ITEM}
            elif found[place].other.result is None:
                yield row | {"absent": _NO_LAST_RESULT}
            else:
                yield (
                    row
                    | _result(found[place])
                    | {
                        "other_report": last,
                        "last_year": _year_before(run, number),
                    }
                )


def target_rows(run: Run) -> Iterator[Row]:
    """The rows of `across_targets`: each numeric target against last year's of the same thing."""
    for number, report in enumerate(run.reports):
        if report.is_prior or _is_told_by_results(run, number):
            continue
        last, why = _last(run, number, (report.kind, _OTHER_KIND.get(report.kind, report.kind)))
        found = _pairs(run, number, last)
        for place, item in enumerate(report.items):
            row: Row = {"report": number, "item": item.index}
            if not item.goals:
                yield row | {"absent": _NO_TARGET}
                continue
            if place not in found:
                yield row | {"absent": why if last is None else _NO_ITEM}
                continue
            rows = list(_targets(found[place]))
            shared: Row = {"other_report": last, "last_year": _year_before(run, number)}
            yield from (row | shared | each for each in rows)
            if not rows:
                yield row | {"absent": _NO_LAST_TARGET}


def _is_told_by_results(run: Run, number: int) -> bool:
    """Whether the plan's results are judged too: they hold the same targets."""
    report = run.reports[number]
    key = key_of(report)
    if report.kind != "plan" or key is None:
        return False
    return any(run.is_judged(each) for each in run.counterparts(number, key[1], "results"))


def _last(run: Run, number: int, kinds: tuple[str, ...]) -> tuple[int | None, str | None]:
    """Last year's report of the same department, of the first of these kinds that is there."""
    why = run.unfit(number)
    if why is not None:
        return None, why
    year = _year_before(run, number)
    for kind in kinds:
        found = run.counterparts(number, year, kind)
        last = found[0] if found else run.only_one(number, year, kind)
        if last is not None:
            return last, None
    is_there = any(run.has(year, kind) for kind in kinds)
    return None, _NO_DEPARTMENT if is_there else _NO_YEAR.format(label(year))


def _year_before(run: Run, number: int) -> int:
    year = run.reports[number].fiscal_year
    assert year is not None
    return year - 1


def _pairs(run: Run, number: int, last: int | None) -> Mapping[int, Pair]:
    if last is None:
        return {}
    return run.paired(number, last)


def _result(pair: Pair) -> Row:
    item, other = pair.item, pair.other
    as_before = item.result == other.result and _go_on(item.ordinals, other.ordinals)
    moved = sum(day != last for day, last in zip(item.days, other.days, strict=as_before))
    return {
        "other_item": other.index,
        "result": item.opening,
        "last_result": other.opening,
        "verbatim": item.verbatim is not None and item.verbatim == other.verbatim,
        "same": as_before and not moved,
        "redated": as_before and 0 < moved <= _MOST_MOVED,
        "length": item.length,
        "undated_length": item.length - sum(map(len, item.days)),
        "figures": item.figures,
        "volumes": item.volumes,
        "known_by": pair.known_by,
    }


def _go_on(ordinals: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether each ordinal is last year's, or the one that comes next."""
    return all(number in {before, before + 1} for number, before in zip(ordinals, last, strict=False))


def _targets(pair: Pair) -> Iterator[Row]:
    """The goals that both reports have, each against last year's."""
    for (field, goal), (other_field, last) in same_goals(pair.item.goals, pair.other.goals):
        yield {
            "other_item": pair.other.index,
            "thing": goal.thing or None,
            "target": goal.value,
            "last_target": last.value,
            "difference": round((goal.value - last.value) / goal.size, 6),
            "counter": _counter_of_difference(goal),
            "at_most": goal.manner == "most",
            "target_text": goal.text,
            "last_text": last.text,
            "explained": bool(_reasons(pair.item) - _reasons(pair.other)),
            "field": field,
            "start": goal.start,
            "end": goal.end,
            "other_field": other_field,
            "other_start": last.start,
            "other_end": last.end,
            "known_by": pair.known_by,
        }


def _counter_of_difference(goal: Goal) -> str | None:
    """In what a difference of two such goals is told; None for money. One of per cents is told in points."""
    if goal.unit == "円":
        return None
    return "ポイント" if goal.counter == "%" else goal.counter


def _reasons(item: ItemDigest) -> set[str]:
    """The words that tell why a target was set anew; those that stood there last year are none."""
    return {match[0] for _, text in item.plan for match in _REASON.finditer(text)}
