"""Every rule's examples, run through the whole engine: they are the rules' tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from jisseki_check import catalogue, profiles
from jisseki_check.engine import examples, run, trial
from jisseki_check.model import Outcome, Rule, Verdict

RULES = catalogue.load().rules
PROFILE = profiles.load("hirakata")
OPTIONS = run.Options(as_of=dt.date(2026, 5, 31))


def _outcome(example: Mapping[str, Any]) -> Outcome:
    stdin = examples.document(example, PROFILE)
    return run.check([], options=run.Options(as_of=OPTIONS.as_of, stdin=stdin))


@pytest.mark.parametrize(
    "case", list(trial.cases(RULES)), ids=lambda case: f"{case.kind}-{case.rule.id}-{case.example['name']}"
)
def test_example_does_as_it_says(case: trial.Case) -> None:
    assert case.faults(PROFILE) == ()


def test_what_is_unexpected_is_said() -> None:
    """Each way in which an example can fail."""
    rule = next(rule for rule in RULES if rule.id == "FIN101")
    over = {"name": "over", "budget": "490千円", "settlement": "4,620千円"}
    within = {"name": "within", "budget": "490千円", "settlement": "462千円"}
    none = {"name": "none", "amounts": []}
    assert _faults(rule, "bad", over) == _faults(rule, "good", within) == ()
    assert _faults(rule, "bad", within) == ("期待した指摘は「FIN101」ですが、出た指摘は「なし」です",)
    assert _faults(rule, "good", over) == ("期待した指摘は「なし」ですが、出た指摘は「FIN101」です",)
    named = over | {"also": ["FIN102"]}
    assert _faults(rule, "bad", named) == (
        "期待した指摘は「FIN101・FIN102」ですが、出た指摘は「FIN101」です",
    )
    assert _faults(replace(rule, id="FIN999"), "good", none) == ("この規則では判定されませんでした",)
    assert _faults(rule, "good", {"name": "odd", "kind": "nothing"})[0].startswith("例を報告にできません")


def _faults(rule: Rule, kind: str, example: Mapping[str, Any]) -> tuple[str, ...]:
    return trial.Case(rule, kind, example).faults(PROFILE)


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
        case = trial.Case(rule, "bad", example)
        assert case.outcome(PROFILE) == case.outcome(PROFILE, engine="pandera")


def test_blockers_are_rules_and_no_milder_ones() -> None:
    """A question must not take an error's word away: the run would pass."""
    held = {rule.id: rule for rule in RULES}
    for rule in RULES:
        for code in rule.blocked_by:
            assert held[code].level.rank >= rule.level.rank, (rule.id, code)
