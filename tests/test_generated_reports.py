"""Valid reports pass without 誤り and 確認; one planted fault gives exactly its finding, rule by rule."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check import catalogue
from jisseki_check.engine import run
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Outcome, Report, Severity, Verdict
from jisseki_check.writers.text import to_text
from tests.edits import AS_OF, Key, key_of, profile, read
from tests.planters import PLAIN, as_files, with_item
from tests.planters_of_words import PLANTERS
from tests.strategies import reports

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# These speak of the document as a whole: any mark, year, bracket or ending may bring or take them.
_OF_THE_WHOLE = {"MRK112", "DAT111", "STY105", "STY107", "STY109"}


def _check(files: Iterable[tuple[str, bytes]]) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files:
            (Path(folder) / name).write_bytes(data)
        # All are variants of one report; those that are compared are planted in test_planted_across.
        return run.check([Path(folder)], options=run.Options(as_of=AS_OF, ignore=("XDC",)))


def _by_file(outcome: Outcome) -> dict[str, set[Key]]:
    held: dict[str, set[Key]] = {entry.path: set() for entry in outcome.inputs}
    for finding in outcome.findings:
        held[finding.location.path or ""].add(key_of(finding))
    return held


def _in_every_format(report: Report) -> list[tuple[str, bytes]]:
    data = to_json(report)
    return [
        ("txt", to_text(report, profile()).encode()),
        ("json", json.dumps(data, ensure_ascii=False).encode()),
        ("yaml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()),
    ]


@settings(_SETTINGS, max_examples=30)
@given(st.lists(reports(), min_size=3, max_size=3))
def test_valid_reports_give_no_error_and_no_warning(held: list[Report]) -> None:
    files = [
        (f"{number}.{ending}", data)
        for number, report in enumerate(held)
        for ending, data in _in_every_format(report)
    ]
    outcome = _check(files)
    graver = [finding for finding in outcome.findings if finding.severity is not Severity.INFO]
    assert graver == []
    assert (outcome.verdict, outcome.faults) == (Verdict.PASS, ())
    found = _by_file(outcome)
    for number in range(len(held)):
        assert found[f"{number}.txt"] == found[f"{number}.json"] == found[f"{number}.yaml"]


@settings(_SETTINGS, max_examples=50)
@given(reports())
def test_text_of_a_report_reads_as_that_report(report: Report) -> None:
    again = read(to_text(report, profile())).report
    assert to_json(again) == to_json(report)


def test_every_rule_has_its_planter() -> None:
    """DOC007 is a fault of ours: test_bad_input plants it. WVR speaks of waivers: tests/exceptions. XDC
    holds one report against another: test_planted_across."""
    elsewhere = {"DOC007", "WVR101", "WVR102", "WVR103"}
    codes = {rule.id for rule in catalogue.load().rules if not rule.id.startswith("XDC")}
    assert set(PLANTERS) | elsewhere == codes


@settings(_SETTINGS, max_examples=12)
@given(reports(least=2), st.data())
def test_planted_fault_gives_exactly_its_finding(report: Report, data: st.DataObject) -> None:
    index = data.draw(st.sampled_from([item.index for item in report.items if item.kind == "priority"]))
    plain = with_item(report, index, **PLAIN)
    planted = {code: planter(plain, index) for code, planter in PLANTERS.items()}
    files = [(f"{code}.{ending}", each) for code, it in planted.items() for ending, each in it.files]
    files += [(f"plain.{ending}", each) for ending, each in as_files(plain)]
    found = _by_file(_check(files))
    before = found["plain.txt"]
    assert before == found["plain.json"]
    for name in found.keys() - {"plain.txt", "plain.json"}:
        code = name.partition(".")[0]
        expected = planted[code].expected
        new = {key for key in found[name] - before if key[0] not in _OF_THE_WHOLE - {code}}
        assert new == expected - before, name
        assert expected <= found[name], name
