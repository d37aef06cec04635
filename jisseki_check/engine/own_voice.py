"""The rules by which the program itself speaks, whatever rules are judged by."""

from __future__ import annotations

from collections.abc import Sequence

from jisseki_check import catalogue
from jisseki_check.model import Rule
from jisseki_check.resources import installed, other_rules

_OF_PROGRAM = frozenset({"reader", "engine"})


def with_own_voice(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules with those by which the program itself speaks, where another version lacks them: that a file
    cannot be read must be said whatever is judged by."""
    if other_rules() is None:
        return tuple(rules)
    held = {rule.id for rule in rules}
    own = catalogue.load(installed("rules")).rules
    lacking = [rule for rule in own if rule.judged_by in _OF_PROGRAM and rule.id not in held]
    return tuple(sorted((*rules, *lacking), key=lambda rule: rule.id))
