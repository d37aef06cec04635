"""Which goals of two years are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from jisseki_check.facts.across.texts import bigrams, likeness, plain
from jisseki_check.facts.goals import Goal

Placed = tuple[str, Goal]
"""A goal, behind the field that it stands in."""

# How like the words before two numbers must be: where the things have one name, and where they have not.
_LIKE_OF_ONE_NAME, _LIKE = 0.4, 0.7
_NUMBER = re.compile("[0-9]+")


def same_goals(goals: Sequence[Placed], others: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """The goals of one item that the same item of another year has as well: in the same unit, of the same
    scope, to be reached in the same manner, and told in the same clause or of the same thing."""
    here, there = _by_measure(goals), _by_measure(others)
    for measure in here:
        if measure in there:
            yield from _paired(here[measure], there[measure])


def _by_measure(goals: Sequence[Placed]) -> dict[tuple[object, ...], list[Placed]]:
    found: defaultdict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for placed in goals:
        goal = placed[1]
        found[goal.unit, goal.manner, goal.scope, goal.approximate].append(placed)
    return found


def _paired(here: list[Placed], there: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    for key_of in (_clause, _thing):
        ours, theirs = _by_key(here, key_of), _by_key(there, key_of)
        for key in [key for key in ours if key in theirs]:
            yield from _single(ours[key], theirs[key])
            here = [placed for placed in here if placed not in ours[key]]
            there = [placed for placed in there if placed not in theirs[key]]
    if len(here) == len(there) == 1 and _are_alike(here[0][1], there[0][1]):
        yield here[0], there[0]


def _by_key(goals: list[Placed], key_of: Callable[[Goal], str]) -> dict[str, list[Placed]]:
    found: defaultdict[str, list[Placed]] = defaultdict(list)
    for placed in goals:
        key = key_of(placed[1])
        if key:
            found[key].append(placed)
    return found


def _single(here: list[Placed], there: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """The first of each, unless one of the years has two that differ."""
    if all(len({goal.value for _, goal in goals}) == 1 for goals in (here, there)):
        yield here[0], there[0]


def _clause(goal: Goal) -> str:
    return plain(goal.frame)


def _thing(goal: Goal) -> str:
    return plain(goal.thing) if len(goal.thing) > 1 else ""


def _are_alike(goal: Goal, other: Goal) -> bool:
    """Whether two goals that are the only ones of their measure are told of one thing in other words."""
    if _NUMBER.findall(goal.subject) != _NUMBER.findall(other.subject):
        return False
    of_one_name = bool(goal.kind) and goal.kind == other.kind
    alike = likeness(bigrams(plain(goal.subject)), bigrams(plain(other.subject)))
    return alike >= (_LIKE_OF_ONE_NAME if of_one_name else _LIKE)
