"""What goes wrong with a report: slips of the hand, and what is done with last year's papers."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reports import Data

City = dict[str, Data]
"""Reports by their path, without its ending."""

Change = Callable[[Data], None]
"""Turns an item, or a report, into the faulty one. Raises ValueError where there is nothing to change."""


@dataclass(frozen=True)
class Fault:
    """One fault. `report` is the path of the report in which it is found, `item` the title of its item (None:
    the report as a whole), `field` where in it, `other` the report that shows it. The change is made in the
    reports of `also` too, in which nothing is to be found."""

    rule: str
    report: str
    item: str | None
    field: str | None
    what: str
    change: Change
    other: str | None = None
    also: tuple[str, ...] = ()


def plant(city: City, fault: Fault) -> dict[str, Any]:
    """Change the city, and say what stands where. Raises ValueError where there is nothing to change."""
    index = None
    for path in (*fault.also, fault.report):
        report = city[path]
        target = report if fault.item is None else item_of(report, fault.item)
        before = copy.deepcopy(target)
        fault.change(target)
        if target == before:
            raise ValueError(f"{fault.rule} {path} {fault.item}")
        index = None if fault.item is None else target["index"]
    return {
        "rule": fault.rule,
        "path": fault.report,
        "item": index,
        "title": fault.item,
        "field": fault.field,
        "what": fault.what,
        "other": fault.other,
    }


def item_of(report: Data, title: str) -> Data:
    """The item of that title. Raises ValueError where there is none, or more than one."""
    found = [item for item in report["items"] if item["title"] == title]
    if len(found) != 1:
        raise ValueError(f"{title}: {len(found)}")
    item: Data = found[0]
    return item


# --- changes ------------------------------------------------------------------------------------


def said(field: str, old: str, new: str) -> Change:
    """Other words in a text."""

    def change(target: Data) -> None:
        if old not in (target[field] or ""):
            raise ValueError(f"{field}: {old}")
        target[field] = target[field].replace(old, new)

    return change


def put(field: str, value: object) -> Change:
    """Another value."""

    def change(target: Data) -> None:
        target[field] = value

    return change


def amount(stage: str, turn: Callable[[int], int | None] = lambda value: value, **other: object) -> Change:
    """Another value of an amount, and what else is named."""

    def change(target: Data) -> None:
        held = next(each for each in target["amounts"] if each["stage"] == stage)
        held["value"] = turn(held["value"])
        held.update(other)

    return change


def without(stage: str) -> Change:
    """An amount that was left out."""

    def change(target: Data) -> None:
        target["amounts"] = [each for each in target["amounts"] if each["stage"] != stage]

    return change


def of_budget(share: float) -> Change:
    """A settlement that is so much of the budget."""

    def change(target: Data) -> None:
        held = {each["stage"]: each for each in target["amounts"]}
        held["settlement"]["value"] = round(held["initial_budget"]["value"] * share)

    return change


def counted(field: str, behind: str, turn: Callable[[int], int]) -> Change:
    """Another number in front of the first `behind` of a text."""
    pattern = re.compile(rf"([0-9][0-9,]*)(?={re.escape(behind)})")

    def change(target: Data) -> None:
        target[field] = pattern.sub(
            lambda found: f"{turn(int(found[1].replace(',', ''))):,}", target[field], count=1
        )

    return change


# A year later. 平成31年 is followed by 令和2年 in results whose year begins with April 平成30年.
_NEXT_YEAR = {"平成29年": "平成30年", "平成30年": "平成31年", "平成31年": "令和2年"}
_YEAR = re.compile("|".join(_NEXT_YEAR))


def copied(last: Data, title: str) -> Change:
    """Last year's result, with nothing but its years changed."""

    def change(target: Data) -> None:
        target["result"] = _YEAR.sub(lambda found: _NEXT_YEAR[found[0]], item_of(last, title)["result"])

    return change
