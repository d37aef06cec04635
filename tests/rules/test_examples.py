"""Every rule's examples, run through the whole engine: they are the rules' tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from jisseki_check import catalogue, profiles
from jisseki_check.engine import examples, run
from jisseki_check.model import Outcome, Rule, Verdict

RULES = catalogue.load().rules
PROFILE = profiles.load("hirakata")
OPTIONS = run.Options(as_of=dt.date(2026, 5, 31))


def _outcome(example: Mapping[str, Any]) -> Outcome:
    stdin = examples.document(example, PROFILE)
    return run.check([], options=run.Options(as_of=OPTIONS.as_of, stdin=stdin))


def _cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{example['name']}")
        for rule in RULES
        for example in rule.examples[kind]
    ]


@pytest.mark.parametrize(("rule", "example"), _cases("bad"))
def test_bad_example_gives_its_one_finding(rule: Rule, example: Mapping[str, Any]) -> None:
    outcome = _outcome(example)
    expected = sorted([rule.id, *example.get("also", ())])
    assert sorted(finding.rule for finding in outcome.findings) == expected
    (finding,) = (finding for finding in outcome.findings if finding.rule == rule.id)
    assert (
        finding.location.line is not None
        or finding.location.pointer is not None
        or rule.judged_by == "reader"
    )
    if "at" in example:
        assert finding.location.pointer == example["at"]


@pytest.mark.parametrize(("rule", "example"), _cases("good"))
def test_good_example_is_judged_and_silent(rule: Rule, example: Mapping[str, Any]) -> None:
    outcome = _outcome(example)
    assert sorted(finding.rule for finding in outcome.findings) == sorted(example.get("also", ()))
    (coverage,) = (coverage for coverage in outcome.coverage if coverage.rule == rule.id)
    assert coverage.evaluated > 0
    assert coverage.crashed == 0


def test_clean_report_passes_without_a_word() -> None:
    outcome = _outcome({"name": "clean"})
    assert (outcome.verdict, outcome.findings, outcome.faults) == (Verdict.PASS, (), ())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_both_kinds_of_example_are_there(rule: Rule) -> None:
    assert rule.examples["good"]
    # A crash cannot be written in a file; tests/engine plants one.
    assert rule.examples["bad"] or rule.judged_by == "engine"


@pytest.mark.parametrize("rule", [r for r in RULES if r.judged_by == "facts"], ids=lambda rule: rule.id)
def test_both_engines_find_the_same(rule: Rule) -> None:
    for example in rule.examples["bad"]:
        stdin = examples.document(example, PROFILE)
        local, pandera = (
            run.check([], options=run.Options(as_of=OPTIONS.as_of, stdin=stdin, engine=engine))
            for engine in ("local", "pandera")
        )
        assert local == pandera


def test_blockers_are_rules_and_no_milder_ones() -> None:
    """A question must not take an error's word away: the run would pass."""
    held = {rule.id: rule for rule in RULES}
    for rule in RULES:
        for code in rule.blocked_by:
            assert held[code].level.rank >= rule.level.rank, (rule.id, code)
