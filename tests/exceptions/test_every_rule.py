"""Whatever a rule finds, a waiver of it holds for it, and for nothing else of the report."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from jisseki_check import catalogue, profiles
from jisseki_check.engine import example_company, run
from jisseki_check.engine.examples import Example
from jisseki_check.engine.waiver_entry import CannotAdd, NewWaiver, added, writable
from jisseki_check.engine.waiver_file import read
from jisseki_check.exceptions import Exceptions
from jisseki_check.exceptions.known import known
from jisseki_check.model import Outcome, Rule, Waiver
from tests.edits import AS_OF

RULES = catalogue.load().rules
TERMS = {rule.id: rule.longest_waiver_days for rule in RULES}
PROFILE = profiles.load("hirakata")
DAY = dt.date(2026, 5, 1)


def _check(example: Example, exceptions: Exceptions) -> Outcome:
    return example_company.check(example, PROFILE, run.Options(as_of=AS_OF, exceptions=exceptions))


def _waiver(days: int) -> Waiver:
    return Waiver("次年度に改める", "総務課", "財政課", (DAY + dt.timedelta(days=days)).isoformat())


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.examples["bad"]], ids=lambda rule: rule.id)
def test_what_a_rule_finds_can_be_waived_or_not_at_all(rule: Rule) -> None:
    example = rule.examples["bad"][0]
    before = _check(example, Exceptions())
    found = next(each for each in before.findings if each.rule == rule.id)
    new = NewWaiver(writable(known(found)), _waiver(rule.longest_waiver_days), DAY, rule.title)
    if rule.longest_waiver_days == 0:
        with pytest.raises(CannotAdd, match="免除できません"):
            added(None, "w.toml", new, TERMS)
        return
    data, _ = added(None, "w.toml", new, TERMS)
    after = _check(example, Exceptions(read(data, "w.toml", TERMS).waivers))
    assert [use.state for use in after.waivers if use.waiver.path == "w.toml"] == ["used"]
    changed = [
        (one.rule, one.message)
        for one, other in zip(before.findings, after.findings, strict=True)
        if one != other
    ]
    assert changed == [(found.rule, found.message)]
    waived = next(each for each in after.findings if each.rule == rule.id and each.status == "waived")
    assert replace(waived, status="new", waiver=None) == found


def test_what_speaks_of_waivers_and_of_unreadable_files_cannot_be_waived() -> None:
    never = {rule.id for rule in RULES if rule.longest_waiver_days == 0}
    assert never >= {"DOC001", "DOC002", "DOC004", "DOC005", "DOC007", "WVR101", "WVR102", "WVR103"}
