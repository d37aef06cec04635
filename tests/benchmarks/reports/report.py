"""One made-up report, by its number: 35 items and some 75 KB as JSON, right but for a fault or two.

A number gives the same report everywhere and always. No two numbers share a municipality and a department.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tests.benchmarks.reports import words
from tests.benchmarks.reports.faults import FAULTS
from tests.benchmarks.reports.fields import ACTIONS, DEPARTMENTS, ITEMS, SECTIONS
from tests.benchmarks.reports.sentences import (
    BULLETS,
    DONE,
    GOALS,
    INDICATORS,
    LEADS,
    OUTCOMES,
    SHORTFALLS,
    SPENT,
    TOLD,
    UNDERTAKINGS,
)

YEAR = 2017
_LABEL = "平成29年度"
_LEGEND = (
    "※達成状況の記号　◎：計画どおり、または計画を上回って達成した　○：おおむね達成した　"
    "△：一部を達成した　×：達成できなかった"
)
_UNDERTAKINGS = 4
# How many faults are planted, as often as this says.
_PLANTED = (0,) * 15 + (1,) * 40 + (2,) * 30 + (3,) * 15
_FULL = 0.82  # the share of items that reached the top mark
_GOALS = {"priority": 2, "reform": 1, "improvement": 1}  # sentences, of an item of each kind
_PAID = 0.75  # the share of priorities with amounts

Values = dict[str, Any]
Card = TypeVar("Card")


class _Stock:
    """The sentences that a report is put together from; each is used again only when all have been used."""

    def __init__(self, chance: random.Random) -> None:
        self.undertaking = _deal(chance, UNDERTAKINGS)
        self.lead = _deal(chance, LEADS)
        self.told = _deal(chance, TOLD)
        self.outcome = _deal(chance, OUTCOMES)
        self.goal = _deal(chance, GOALS)
        self.shortfall = _deal(chance, SHORTFALLS)


def report(number: int) -> Values:
    """The report of this number, as the report schema has it."""
    chance = random.Random(number)
    place, kind = divmod(number, len(DEPARTMENTS))
    department, divisions, fields = DEPARTMENTS[kind]
    items = _items(chance, divisions, fields)
    for fault in chance.sample(FAULTS, chance.choice(_PLANTED)):
        fault(items, chance)
    return {
        "format": "jisseki-report/1",
        "municipality": municipality(place),
        "department": department,
        "divisions": list(divisions),
        "title": f"{_LABEL}{department}の取り組み実績",
        "kind": "results",
        "fiscal_year": YEAR,
        "fiscal_year_label": _LABEL,
        "legend": _LEGEND,
        "items": items,
    }


def municipality(number: int) -> str:
    number, ending = divmod(number, len(words.ENDINGS))
    forename, stem = divmod(number, len(words.STEMS))
    return f"{words.FORENAMES[forename]}{words.STEMS[stem]}{words.ENDINGS[ending]}市"


def _items(chance: random.Random, divisions: Sequence[str], fields: Sequence[str]) -> list[Values]:
    """Every field once and some twice, each time with something else done in it."""
    subjects = [*fields, *chance.sample(fields, ITEMS - len(fields))]
    chance.shuffle(subjects)
    actions = {field: chance.sample(ACTIONS, 2) for field in fields}
    stock = _Stock(chance)
    out: list[Values] = []
    for section, section_title, group, kind, count in SECTIONS:
        plan_number = 0
        for place in range(count):
            subject = subjects[len(out)]
            plan_number += chance.randint(1, 4)
            item: Values = {
                "index": len(out) + 1,
                "section": section,
                "section_title": section_title,
                "group": group,
                "kind": kind,
                "number": {"priority": str(place + 1), "reform": str(plan_number)}.get(kind),
                "title": subject + actions[subject].pop(),
                "division": chance.choice(divisions),
                "goal": None,
                "initiative": None,
                "result": None,
                "mark": "◎" if chance.random() < _FULL else "○",
                "amounts": [],
                "indicators": [],
            }
            _fill(item, subject, place, stock, chance)
            out.append(item)
    return out


def _fill(item: Values, subject: str, place: int, stock: _Stock, chance: random.Random) -> None:
    """Plan, result, amounts and indicators."""
    section, kind = item["section"], item["kind"]
    slots = _Slots(subject, chance)
    plans: list[str] = []
    results: list[str] = []
    goals: list[str] = []
    if section in BULLETS:
        plans.append(BULLETS[section][place].format_map(slots))
        results.append(DONE[section][place].format_map(slots))
    for _ in range(_UNDERTAKINGS - len(plans)):
        own = _Slots(subject, chance)
        lead, (plan, result) = stock.lead(), stock.undertaking()
        plans.append((lead + plan).format_map(own))
        results.append((lead + result).format_map(own))
        results.append((stock.told() + stock.outcome()).format_map(own))
        if len(goals) < _GOALS.get(kind, 0):
            goals.append((lead + stock.goal()).format_map(own))
    plan, goal = "".join(plans), "".join(goals)
    if section in BULLETS:
        item["title"] = plan
    elif kind == "bullet":
        item["initiative"] = plan
    elif kind == "priority":
        item["goal"], item["initiative"] = goal, plan
    else:
        item["goal"] = goal + plan
    if kind == "priority" and chance.random() < _PAID:
        results += _pay(item, slots, chance)
    if item["mark"] == "○":
        results.append(stock.shortfall().format_map(slots))
    item["result"] = ("\n" if chance.random() < 0.3 else "").join(results)
    item["indicators"] = _indicators(item["mark"], slots, chance)


def _pay(item: Values, slots: _Slots, chance: random.Random) -> list[str]:
    """Gives the item amounts; the sentence that they call for."""
    budget = chance.randint(300, 9_900) * chance.choice((1, 1, 1, 4))
    share, said = 0.88 + chance.random() * 0.12, []
    if chance.random() < 0.1:
        share, said = 0.55 + chance.random() * 0.3, [chance.choice(SPENT).format_map(slots)]
    item["amounts"] = [
        _amount("initial_budget", "当初予算", budget),
        _amount("settlement", "決算", round(budget * share) - 1),
    ]
    return said


def _amount(stage: str, label: str, value: int) -> Values:
    return {
        "stage": stage,
        "label": f"{_LABEL}{label}",
        "fiscal_year": YEAR,
        "value": value,
        "unit": "千円",
        "note": None,
    }


def _indicators(mark: str, slots: _Slots, chance: random.Random) -> list[Values]:
    """Figures that go with the mark."""
    out = []
    for name, unit in chance.sample(INDICATORS, chance.randint(1, 3)):
        target = chance.randint(10, 70)
        gained = chance.randint(0, 20)
        actual = target + gained if mark == "◎" else target - 1 - gained // 3
        out.append({"name": name.format_map(slots), "unit": unit, "target": target, "actual": actual})
    return out


def _deal(chance: random.Random, cards: Sequence[Card]) -> Callable[[], Card]:
    """Gives one after the other, in a new order each time that all have been given."""
    held: list[Card] = []
    draw = chance.random

    def give() -> Card:
        if not held:
            held.extend(sorted(cards, key=lambda _: draw()))
        return held.pop()

    return give


_WORDS: dict[str, Sequence[object]] = {
    "a": words.PLACES[::2],
    "a2": words.PLACES[1::2],
    "v": words.VENUES,
    "g": words.GROUPS,
    "b": words.PARTNERS,
    "c": words.PAPERS,
    "w": words.CHANNELS,
    "j": words.WORK,
    "r": words.REASONS,
    "y": [f"平成29年{month}月" for month in range(4, 13)] + [f"平成30年{month}月" for month in (1, 2, 3)],
    "d": range(1, 29),
    "n": range(10, 50),
    "k": range(2, 9),
    "m": [f"{round(100 + (step / 1_000) ** 3 * 9_000):,}" for step in range(1_000)],  # mostly small
}


class _Slots(dict[str, object]):
    """A word for each place in a sentence, drawn when it is first asked for."""

    def __init__(self, subject: str, chance: random.Random) -> None:
        super().__init__(o=subject)
        self._draw = chance.random

    def __missing__(self, place: str) -> object:
        held = _WORDS[place]
        word = self[place] = held[int(self._draw() * len(held))]
        return word
