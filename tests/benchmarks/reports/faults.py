"""Mistakes as offices make them, planted into a made-up report: one finding each, or two of a kind."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Values = dict[str, Any]
Fault = Callable[[list[Values], random.Random], None]


def _paid(items: list[Values], chance: random.Random) -> Values:
    """An item with both of its amounts; every report has some."""
    return chance.choice([item for item in items if len(item["amounts"]) == 2])


def _share(item: Values) -> float:
    """What was spent of the budget; 0 of an item without both amounts."""
    values = [amount["value"] for amount in item["amounts"]]
    return values[1] / values[0] if len(values) == 2 else 0


def _top(items: list[Values], chance: random.Random) -> Values:
    return chance.choice([item for item in items if item["mark"] == "◎"])


def _overspent(items: list[Values], chance: random.Random) -> None:
    budget, settlement = _paid(items, chance)["amounts"]
    settlement["value"] = budget["value"] + chance.randint(10, 90)


def _hardly_spent(items: list[Values], chance: random.Random) -> None:
    # Neither a remainder nor a delay that the result already accounts for.
    full = [item for item in items if item["mark"] == "◎" and _share(item) > 0.86]
    budget, settlement = _paid(full or items, chance)["amounts"]
    settlement["value"] = round(budget["value"] * chance.uniform(0.2, 0.45))


def _no_settlement(items: list[Values], chance: random.Random) -> None:
    del _paid(items, chance)["amounts"][1:]


def _other_unit(items: list[Values], chance: random.Random) -> None:
    settlement = _paid(items, chance)["amounts"][1]
    settlement.update(unit="円", value=settlement["value"] * 1_000)


def _other_year(items: list[Values], chance: random.Random) -> None:
    settlement = _paid(items, chance)["amounts"][1]
    settlement.update(label="平成28年度決算", fiscal_year=2016)


def _no_mark(items: list[Values], chance: random.Random) -> None:
    chance.choice(items)["mark"] = None


def _look_alike(items: list[Values], chance: random.Random) -> None:
    chance.choice([item for item in items if item["mark"] == "○"] or items)["mark"] = "〇"


def _lower_mark(items: list[Values], chance: random.Random) -> None:
    _top(items, chance)["mark"] = "○"


def _unfinished(items: list[Values], chance: random.Random) -> None:
    _top(items, chance)["result"] += "残る部分は、次年度に実施することとしました。"


def _no_such_day(items: list[Values], chance: random.Random) -> None:
    chance.choice(items)["result"] += "報告会は、平成30年2月30日に行いました。"


def _other_spelling(items: list[Values], chance: random.Random) -> None:
    chance.choice(items)["result"] += "職員および関係者で反省の会を行いました。"


def _placeholder(items: list[Values], chance: random.Random) -> None:
    chance.choice(items)["result"] += "（要確認）"


def _no_result(items: list[Values], chance: random.Random) -> None:
    _top(items, chance)["result"] = ""


def _same_number(items: list[Values], chance: random.Random) -> None:
    place = chance.randrange(1, 10)
    items[place]["number"] = items[place - 1]["number"]


FAULTS: tuple[Fault, ...] = (
    _overspent,
    _hardly_spent,
    _no_settlement,
    _other_unit,
    _other_year,
    _no_mark,
    _look_alike,
    _lower_mark,
    _unfinished,
    _no_such_day,
    _other_spelling,
    _placeholder,
    _no_result,
    _same_number,
)
