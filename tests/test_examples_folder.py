"""examples/: what the clean reports and the faulty ones are told, to the letter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from jisseki_check import catalogue
from jisseki_check.cli.app import main
from jisseki_check.model import Outcome, Severity, Verdict
from tests.example_files import (
    ACROSS,
    ACROSS_DATA,
    CLEAN,
    EXAMPLES,
    across,
    across_as_expected,
    as_expected,
    check,
    convert_clean,
    expected_file,
    faulty_files,
)

REPORTS = list(faulty_files())
FAULTY_TEXTS = [path for path in REPORTS if path.parent.name == "faulty" and path.suffix == ".txt"]
# A rule that fails is our fault: no file brings it about. Waivers stand in a file of their own.
NOT_BY_A_FILE = {"DOC007", "WVR101", "WVR102", "WVR103"}


def found(outcome: Outcome) -> Counter[tuple[str, int | None]]:
    return Counter((each.rule, each.item.index if each.item else None) for each in outcome.findings)


def expected(report: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in expected_file(report).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.name)
def test_findings_are_the_expected_ones(report: Path) -> None:
    assert as_expected(check(report)) == expected_file(report).read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [".json", ".yaml"])
@pytest.mark.parametrize("report", FAULTY_TEXTS, ids=lambda path: path.name)
def test_converted_it_gives_the_same_findings(report: Path, ending: str, tmp_path: Path) -> None:
    converted = tmp_path / f"converted{ending}"
    assert main(["convert", str(report), str(converted)]) == 0
    assert found(check(converted)) == found(check(report))


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.name)
def test_one_fault_gives_one_finding(report: Path) -> None:
    """Each item of a faulty report has one fault at most."""
    faults = Counter(finding["item"] for finding in expected(report) if finding["item"] is not None)
    assert [item for item, count in faults.items() if count > 1] == []


def test_every_rule_is_broken_somewhere() -> None:
    broken = {finding["rule"] for report in REPORTS for finding in expected(report)}
    broken |= {finding.rule for finding in across().findings}
    assert broken == {rule.id for rule in catalogue.load().rules} - NOT_BY_A_FILE


def test_every_expected_file_has_its_report() -> None:
    assert set(EXAMPLES.rglob("*.expected.jsonl")) == {ACROSS, *(expected_file(each) for each in REPORTS)}


def test_reports_held_against_one_another_give_the_expected_findings() -> None:
    outcome = across()
    assert across_as_expected(outcome) == ACROSS.read_text(encoding="utf-8")
    assert outcome.verdict is Verdict.INCONCLUSIVE


def test_the_second_format_of_a_report_is_converted_anew(tmp_path: Path) -> None:
    target = tmp_path / "parks.json"
    convert_clean(target, ACROSS_DATA.with_suffix(".txt"))
    assert target.read_bytes() == ACROSS_DATA.read_bytes()


@pytest.mark.parametrize("name", ["faulty", "forms", "office", "clean", "review"])
def test_no_folder_holds_a_report_twice(name: str) -> None:
    assert "XDC104" not in {finding.rule for finding in check(EXAMPLES / name).findings}


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("clean", Verdict.PASS),
        ("faulty", Verdict.FAIL),
        ("forms", Verdict.FAIL),
        ("review", Verdict.FAIL),
        ("unreadable", Verdict.INCONCLUSIVE),
    ],
)
def test_each_folder_has_its_verdict(name: str, verdict: Verdict) -> None:
    assert check(EXAMPLES / name).verdict is verdict


def test_nothing_unreadable_is_called_fine_alone() -> None:
    alone = {path.name: check(path).verdict for path in REPORTS if path.parent.name == "unreadable"}
    assert set(alone.values()) == {Verdict.INCONCLUSIVE}, alone


@pytest.mark.parametrize("ending", [".txt", ".json", ".yaml"])
def test_the_clean_report_is_clean(ending: str) -> None:
    outcome = check(CLEAN.with_suffix(ending))
    assert [finding for finding in outcome.findings if finding.severity is not Severity.INFO] == []
    assert outcome.verdict is Verdict.PASS


@pytest.mark.parametrize("ending", [".json", ".yaml"])
def test_the_clean_report_is_converted_anew(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"converted{ending}"
    convert_clean(target)
    assert target.read_bytes() == CLEAN.with_suffix(ending).read_bytes()


def test_the_clean_report_has_all_there_is() -> None:
    """Every section, every kind of item, every mark, and amounts of several stages."""
    report = json.loads(CLEAN.with_suffix(".json").read_text(encoding="utf-8"))
    items = report["items"]
    assert 25 <= len(items) <= 35
    assert {item["section"] for item in items} == {1, 2, 3, 4, 5}
    assert {item["kind"] for item in items} == {"priority", "reform", "improvement", "bullet"}
    assert {item["mark"] for item in items} == {"◎", "○", "△", "×"}
    assert {amount["stage"] for item in items for amount in item["amounts"]} >= {
        "initial_budget",
        "supplementary_budget",
        "revised_budget",
        "settlement",
    }
    assert report["legend"]
    assert "remarks" not in report


OFFICE = sorted((EXAMPLES / "office").iterdir())


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.name)
def test_office_files_are_told_what_the_text_is_told(path: Path) -> None:
    text = CLEAN if path.stem == "clean" else EXAMPLES / "faulty" / "money.txt"
    outcome = check(path)
    # How a file was read (DOC006) differs from format to format; what is wrong in it does not.
    told = Counter({key: count for key, count in found(outcome).items() if key[0] != "DOC006"})
    assert told == found(check(text))
    assert outcome.inputs[0].status == "checked"
    assert outcome.verdict is (Verdict.PASS if path.stem == "clean" else Verdict.FAIL)


def test_every_format_that_is_read_has_an_example() -> None:
    endings = {path.suffix for path in (*OFFICE, *CLEAN.parent.iterdir())}
    assert endings >= {".txt", ".json", ".yaml", ".docx", ".xlsx", ".csv", ".html", ".pdf"}


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv"])
def test_office_examples_are_those_that_convert_writes(ending: str, tmp_path: Path) -> None:
    for name, source in (("clean", CLEAN), ("faulty", EXAMPLES / "faulty" / "money.txt")):
        target = tmp_path / f"{name}{ending}"
        assert main(["convert", str(source), str(target)]) == 0
        assert target.read_bytes() == (EXAMPLES / "office" / target.name).read_bytes()
