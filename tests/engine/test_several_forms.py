"""Reports of several forms in one run: each is judged by its own form's rules, and the outcome says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.engine import run
from jisseki_check.formatters import render
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome, Severity, Verdict
from tests.example_files import CLEAN, EXAMPLES

OPTIONS = run.Options(as_of=dt.date(2026, 5, 31))
FORMS = [EXAMPLES / "forms" / f"{name}.txt" for name in ("h27", "h28", "h30-plan", "r2")]


def check(*paths: Path, options: run.Options = OPTIONS) -> Outcome:
    return run.check(paths, options=options)


def test_each_is_judged_by_its_own_form() -> None:
    outcome = check(CLEAN, *FORMS)
    assert [finding.rule for finding in outcome.findings if finding.severity is not Severity.INFO] == []
    assert outcome.verdict is Verdict.PASS
    marks = next(each for each in outcome.coverage if each.rule == "MRK101")
    alone = next(each for each in check(CLEAN, FORMS[1]).coverage if each.rule == "MRK101")
    assert marks == alone


def test_together_and_alone_they_give_the_same() -> None:
    paths = [*FORMS, *(path.with_stem(f"{path.stem}-faulty") for path in FORMS)]
    alone = {(f.rule, f.message) for path in paths for f in check(path).findings}
    assert {(f.rule, f.message) for f in check(*paths).findings} == alone


def test_the_outcome_says_which_form_and_why() -> None:
    outcome = check(CLEAN, *FORMS)
    assert outcome.profile == "hirakata、hirakata-h27、hirakata-h28、hirakata-h30-plan、hirakata-r2"
    assert all(entry.profile and entry.profile_reason for entry in outcome.inputs)
    forced = check(FORMS[1], options=replace(OPTIONS, profile="hirakata-h28"))
    assert [(e.profile, e.profile_reason) for e in forced.inputs] == [("hirakata-h28", "指定による")]


def test_people_are_told_where_it_helps() -> None:
    several, one = check(CLEAN, *FORMS), check(CLEAN)
    page = View(width=100)
    assert "hirakata-r2 1ファイル" in render("table", several, page)
    assert "（表題の年度" not in render("table", one, page)
    assert "（表題の年度" in render("table", one, replace(page, verbose=True))


def test_a_refused_file_has_its_form_too() -> None:
    outcome = check(EXAMPLES / "unreadable" / "two-columns-h27.txt")
    assert [(entry.status, entry.profile) for entry in outcome.inputs] == [("refused", "hirakata-h27")]


@pytest.mark.parametrize("code", ["MRK101", "FIN103"])
def test_rules_that_a_form_switches_off_leave_nothing_judged(code: str) -> None:
    """「適合」 must not be said of a report to which no rule was put."""
    outcome = check(EXAMPLES / "forms" / "h30-plan.txt", options=replace(OPTIONS, select=(code,)))
    assert outcome.verdict is Verdict.INCONCLUSIVE
