"""Whoever changes a rule's condition breaks one of its examples."""

from __future__ import annotations

import pytest

from jisseki_check import catalogue
from jisseki_check.model import Rule
from tests.rules.mutants import survivors

RULES = [rule for rule in catalogue.load().rules if rule.judged_by == "facts"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_mutant_is_noticed_by_an_example(rule: Rule) -> None:
    assert survivors(rule) == []
