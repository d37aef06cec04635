"""`junit`: every rule of every file as a case, as a CI system reads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from junitparser import Error, Failure, JUnitXml, Skipped, TestSuite

from jisseki_check.formatters import render
from jisseki_check.formatters.tally import counts_as_failing
from jisseki_check.formatters.view import View
from jisseki_check.model import Coverage, Fault, Input, Location, Outcome, Severity, Verdict
from tests.formatters.outcomes import BY_HAND, EXCEPTED, outcomes
from tests.formatters.sample import (
    FAILED,
    INCONCLUSIVE,
    LOOK_ALIKE,
    OVERRUN,
    PASSED,
    PATH,
    TITLES,
    short_result,
)

# The part that is used here of the schema by which Jenkins takes JUnit files (jenkinsci/xunit-plugin,
# junit-10.xsd as of November 2025): elements, attributes, and that a time is a number of seconds.
_CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "property": set(),
    "testcase": {"skipped", "error", "failure", "system-out"},
    "skipped": set(),
    "error": set(),
    "failure": set(),
    "system-out": set(),
}  # fmt: skip
_ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"classname", "name", "time"},
    "skipped": {"message"},
    "error": {"message", "type"},
    "failure": {"message", "type"},
    "system-out": set(),
}  # fmt: skip


def _xml(outcome: Outcome) -> str:
    return render("junit", outcome, View(titles=TITLES))


def _suites(outcome: Outcome) -> list[TestSuite]:
    return list(JUnitXml.fromstring(_xml(outcome).encode()))


def _cases(outcome: Outcome, suite: str = PATH) -> dict[str, tuple[str, str]]:
    """Of each case what became of it, and why."""
    [held] = [each for each in _suites(outcome) if each.name == suite]
    kinds = {Failure: "failure", Error: "error", Skipped: "skipped"}
    return {
        case.name: (kinds[type(case.result[0])], case.result[0].message) if case.result else ("passed", "")
        for case in held
    }


def _is_well_formed(text: str) -> None:
    """Valid by that schema, and what readers rely on beyond it: at most one result a case, numbers that
    add up, names that tell the cases of a suite apart."""
    root = ElementTree.fromstring(text.encode("utf-8"))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= _CHILDREN[element.tag]
        assert set(element.attrib) - {"file"} == _ATTRIBUTES[element.tag]
        assert "file" not in element.attrib or element.tag == "testsuite"
    for case in root.iter("testcase"):
        assert len([child for child in case if child.tag != "system-out"]) <= 1
    for counted in (root, *root):
        kinds = Counter(child.tag for case in counted.iter("testcase") for child in case)
        assert int(counted.attrib["tests"]) == len(list(counted.iter("testcase")))
        assert int(counted.attrib["failures"]) == kinds["failure"]
        assert int(counted.attrib["errors"]) == kinds["error"]
        assert int(counted.attrib.get("skipped", kinds["skipped"])) == kinds["skipped"]
    for suite in root:
        names = [case.attrib["name"] for case in suite.iter("testcase")]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("outcome", BY_HAND.values(), ids=BY_HAND)
def test_it_is_what_ci_systems_read(outcome: Outcome) -> None:
    _is_well_formed(_xml(outcome))


@given(outcome=outcomes())
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_the_texts_it_is_what_ci_systems_read(outcome: Outcome) -> None:
    text = _xml(outcome)
    _is_well_formed(text)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')


@given(outcome=outcomes())
@settings(max_examples=200, deadline=None)
def test_an_inconclusive_run_has_errors_and_findings_that_fail_have_failures(outcome: Outcome) -> None:
    root = JUnitXml.fromstring(_xml(outcome).encode())
    if outcome.verdict is Verdict.INCONCLUSIVE:
        assert root.errors
    if any(counts_as_failing(each, outcome.fail_on) for each in outcome.findings):
        assert root.failures + root.errors
    elif not any(each.rule == "DOC001" for each in outcome.findings):
        assert not root.failures


def test_a_passed_run_has_neither_failures_nor_errors() -> None:
    root = JUnitXml.fromstring(_xml(PASSED).encode())
    assert (root.tests, root.failures, root.errors, root.skipped) == (4, 0, 0, 0)


def test_every_rule_of_a_file_is_a_case() -> None:
    cases = _cases(FAILED)
    assert {name: kind for name, (kind, _) in cases.items()} == {
        "ファイルの読み取り": "passed",
        "DAT111 年度の書き方が混ざっています": "passed",
        "FIN101 決算額が予算額を超えています": "failure",
        "FIN118": "skipped",
        "MRK103 達成状況の記号に似た別の文字です": "failure",
        "PVR105 実績の記述が短すぎます": "passed",
    }
    assert cases["FIN118"][1] == "2か所は判定しました。4か所の判定を控えました（FIN111 の指摘のため）"


def test_findings_below_the_threshold_stand_in_the_output_of_a_passed_case() -> None:
    [suite] = [each for each in _suites(FAILED) if each.name == PATH]
    [case] = [each for each in suite if each.name.startswith("PVR105")]
    lines = case.system_out.splitlines()
    assert len([line for line in lines if "PVR105" in line]) == 7
    assert lines[1] == "110:3 参考 PVR105 実績が 30字しかありません（目安 40字以上）"
    assert lines[3] == "    直し方　いつ、何を、どれだけ行ったかを書き足してください。"


@pytest.mark.parametrize(
    ("fail_on", "kinds"),
    [("never", ["passed"] * 3), ("error", ["failure", "passed", "passed"]), ("info", ["failure"] * 3)],
)
def test_what_fails_is_what_the_verdict_counts(fail_on: str, kinds: list[str]) -> None:
    findings = (
        OVERRUN,
        replace(LOOK_ALIKE, severity=Severity.WARNING),
        short_result(10, 110),
    )
    cases = _cases(replace(FAILED, findings=findings, fail_on=fail_on))
    assert [cases[name][0] for name in cases if name[:6] in {"FIN101", "MRK103", "PVR105"}] == kinds


def test_several_findings_of_a_rule_are_one_failure_that_names_all() -> None:
    twice = replace(LOOK_ALIKE, location=Location(PATH, 91, 6))
    outcome = replace(FAILED, findings=(LOOK_ALIKE, twice, replace(twice, status="baselined")))
    [suite] = [each for each in _suites(outcome) if each.name == PATH]
    [case] = [each for each in suite if each.name.startswith("MRK103")]
    [failure] = case.result
    assert failure.message == f"{LOOK_ALIKE.message}（ほか1件）"
    assert [line[:4] for line in failure.text.splitlines() if line and line[0] != " "] == ["81:6", "91:6"]
    assert "［既知］" in case.system_out


def test_what_does_not_count_is_skipped_with_its_reason() -> None:
    cases = _cases(EXCEPTED)
    assert cases["DAT111 年度の書き方が混ざっています"] == ("skipped", "既知 1件")
    assert cases["FIN101 決算額が予算額を超えています"] == ("skipped", "免除 2件")
    [suite] = [each for each in _suites(EXCEPTED) if each.name == PATH]
    [case] = [each for each in suite if each.name.startswith("FIN101")]
    told = next(line for line in case.system_out.splitlines() if line.startswith("    免除　"))
    assert told.endswith("決算書の備考に記載済み（申請 総務課、承認 財政課長、期限 2027-03-31）")


def test_a_file_that_was_not_read_has_an_error_and_no_passed_rule() -> None:
    unread = {"zeimu.xlsx": (Coverage("DOC001", evaluated=1), Coverage("DOC002", evaluated=1))}
    finding = replace(OVERRUN, rule="DOC001", name="unreadable-file", location=Location("zeimu.xlsx"))
    outcome = replace(INCONCLUSIVE, findings=(finding,), coverage_by_file=unread)
    cases = _cases(outcome, "zeimu.xlsx")
    assert cases["ファイルの読み取り"] == ("error", "ファイルにパスワードが設定されています。")
    assert cases["DOC001 unreadable-file"][0] == "error"
    assert cases["DOC002"] == ("skipped", "ファイルを点検できなかったため、判定していません")


def test_a_rule_that_stopped_and_a_fault_are_errors() -> None:
    covered = {PATH: INCONCLUSIVE.coverage}
    cases = _cases(replace(INCONCLUSIVE, coverage_by_file=covered))
    assert cases["PVR103"] == ("error", "3か所を判定できませんでした（計算の途中で問題が起きました）")
    assert cases["ファイルの読み取り"] == ("error", "規則の計算が途中で止まりました")
    [whole] = _suites(INCONCLUSIVE)[0]
    assert [type(each) for each in whole.result] == [Error]


def test_what_happens_to_a_rule_in_one_file_is_not_told_of_another() -> None:
    inputs = (*FAILED.inputs, Input("b.txt", None, "text", "checked", 1, 3))
    by_file = {PATH: (Coverage("FIN101", 1),), "b.txt": (Coverage("FIN101", 0, 3),)}
    outcome = replace(FAILED, inputs=inputs, coverage_by_file=by_file)
    assert _cases(outcome)["FIN101 決算額が予算額を超えています"][0] == "failure"
    assert _cases(outcome, "b.txt")["FIN101 決算額が予算額を超えています"] == (
        "skipped",
        "当てはまる箇所がありません",
    )


def test_where_files_are_not_told_apart_the_rules_stand_for_all_of_them() -> None:
    inputs = (*FAILED.inputs, Input("b.txt", None, "text", "checked", 1, 3))
    outcome = replace(FAILED, inputs=inputs, faults=(Fault("rule", "止まりました"),))
    assert _cases(outcome, "全てのファイル")["MRK103 達成状況の記号に似た別の文字です"] == ("passed", "")
    assert list(_cases(outcome, "b.txt")) == ["ファイルの読み取り"]


def test_a_finding_outside_the_files_of_the_run_has_a_suite_of_its_own() -> None:
    finding = replace(OVERRUN, rule="WVR101", name="waiver-expired", location=Location("免除.toml", 3))
    cases = _cases(replace(FAILED, findings=(finding,)), "免除.toml")
    assert list(cases) == ["WVR101 waiver-expired"]


def test_what_xml_forbids_is_shown_as_a_code() -> None:
    hostile = replace(OVERRUN, message="a\x00]]>\ufffe\ud800&<", fix="b\x1b")
    text = _xml(replace(FAILED, findings=(hostile,)))
    assert "a⟦U+0000⟧]]&gt;⟦U+FFFE⟧⟦U+D800⟧&amp;&lt;" in text
    _is_well_formed(text)
