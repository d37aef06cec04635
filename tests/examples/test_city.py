"""examples/city: an audit of the whole city finds what was planted, where it was planted, and no more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jisseki_check.model import Finding, Outcome, Severity, Verdict
from tests.examples.generated import audit, generate, truth

Place = tuple[str, str | None, int | None, str | None, int | None]


@pytest.fixture(scope="module")
def outcome(city: Path) -> Outcome:
    return audit(city)


def to_do(outcome: Outcome) -> list[Finding]:
    """What must be put right or explained."""
    return [finding for finding in outcome.findings if finding.severity is not Severity.INFO]


def found(finding: Finding) -> Place:
    """Rule, file, item and field; of a missing report the line that asks for it."""
    item = finding.item.index if finding.item else None
    line = finding.location.line if finding.rule == "XDC105" else None
    return finding.rule, finding.location.path, item, finding.field, line


def planted(city: Path) -> list[Place]:
    # A settlement that is missing is told at its budget, a report that came twice at its title.
    fields = {"FIN103": "initial_budget", "XDC104": "title"}
    return [
        (each["rule"], each["path"], each["item"], fields.get(each["rule"], each["field"]), each["line"])
        for each in truth(city)
    ]


def test_the_audit_finds_what_was_planted_and_nothing_else(city: Path, outcome: Outcome) -> None:
    assert Counter(map(found, to_do(outcome))) == Counter(planted(city))


def test_faults_of_every_sort_are_planted(city: Path) -> None:
    told = truth(city)
    across = {each["rule"] for each in told if each["rule"].startswith("XDC")}
    assert across == {f"XDC10{number}" for number in range(1, 7)}
    assert len(told) >= 25
    assert {each["rule"][:3] for each in told} >= {"FIN", "MRK", "DAT", "PVR", "PLH", "PII", "STR"}


@pytest.mark.parametrize("rule", ["XDC101", "XDC102", "XDC103", "XDC104", "XDC106"])
def test_what_lies_between_two_reports_names_both(rule: str, city: Path, outcome: Outcome) -> None:
    others = {(each["path"], each["item"]): each["other"] for each in truth(city) if each["rule"] == rule}
    findings = [finding for finding in outcome.findings if finding.rule == rule]
    told = {found(each)[1:3]: [place.path for place in each.related] for each in findings}
    assert told == {place: [other] for place, other in others.items()}


def test_a_missing_report_leaves_the_audit_without_a_verdict(outcome: Outcome) -> None:
    assert outcome.verdict is Verdict.INCONCLUSIVE


def test_the_clean_city_is_clean(clean_city: Path) -> None:
    outcome = audit(clean_city)
    assert to_do(outcome) == []
    assert outcome.verdict is Verdict.PASS
    assert truth(clean_city) == []
    assert len(outcome.inputs) == 12 * 3 * 2
    assert {entry.format for entry in outcome.inputs} >= {"text", "json", "yaml", "csv", "docx", "xlsx"}
    assert {entry.profile for entry in outcome.inputs} == {"hirakata", "hirakata-h30-plan"}


def test_every_report_has_as_many_items_as_a_department_reports(clean_city: Path) -> None:
    for report in audit(clean_city).reports:
        assert 8 <= len([item for item in report.items if item.section]) <= 14, report.path


def test_another_seed_gives_other_figures_and_hides_no_fault(tmp_path: Path, city: Path) -> None:
    other = generate(tmp_path / "other", "--seed", "4")
    assert contents(other).keys() == contents(city).keys()
    assert contents(other) != contents(city)
    assert Counter(map(found, to_do(audit(other)))) == Counter(planted(other))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, city: Path) -> None:
    assert contents(generate(tmp_path / "again")) == contents(city)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
