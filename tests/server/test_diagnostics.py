"""What an editor is told of findings that do not count, or that point elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from lsprotocol.types import DiagnosticSeverity, MarkupContent, Position

from jisseki_check.engine import run
from jisseki_check.model import Finding, Location, Severity, Waiver
from jisseki_check.server.buffer import Buffer
from jisseki_check.server.checking import Checked, Unsettled, check
from jisseki_check.server.diagnostics import diagnostics
from jisseki_check.server.hover import hover

OPTIONS = run.Options(as_of=dt.date(2026, 5, 31))
FINDING = Finding(
    rule="FIN101",
    name="settlement-exceeds-budget",
    severity=Severity.ERROR,
    message="決算額が予算額を\n上回っています",
    fix="数字を確かめてください。",
    location=Location(path="報告.txt", line=1, column=2, end_line=1, end_column=4),
)
WAIVER = Waiver("補正予算による（*第2号*）", "財政課", "総務部長", "2027-03-31")
REPORT = """平成29年度みずき市環境部の取り組み実績
1. 重点施策・事業
(1) 川の清掃
目標 川を清掃します。
"""


def _checked(*findings: Finding) -> Checked:
    return Checked(Buffer("一二三四五\n六七"), "報告.txt", options=OPTIONS, findings=findings)


def test_words_stand_in_one_line_each() -> None:
    (found,) = diagnostics(_checked(FINDING), "file:///a.txt", related=True)
    assert found.message == "決算額が予算額を 上回っています\n直し方：数字を確かめてください。"
    assert found.severity == DiagnosticSeverity.Error
    assert (found.range.start, found.range.end) == (Position(0, 1), Position(0, 3))
    assert found.related_information is None


@pytest.mark.parametrize(("status", "word"), [("waived", "免除"), ("baselined", "既知の指摘")])
def test_what_does_not_count_is_a_hint(status: str, word: str) -> None:
    (found,) = diagnostics(_checked(replace(FINDING, status=status)), "file:///a.txt", related=True)
    assert found.severity == DiagnosticSeverity.Hint
    assert found.message == f"［{word}］決算額が予算額を 上回っています"


def test_further_places_are_shown_to_editors_that_can() -> None:
    elsewhere = Location(path="ほか.txt", line=1, column=1)
    finding = replace(FINDING, related=(Location(path="報告.txt", line=2, column=1), elsewhere))
    (found,) = diagnostics(_checked(finding), "file:///a.txt", related=True)
    assert found.related_information is not None
    (place,) = found.related_information
    assert place.location.uri == "file:///a.txt"
    assert (place.location.range.start, place.location.range.end) == (Position(1, 0), Position(1, 2))
    (plain,) = diagnostics(_checked(finding), "file:///a.txt", related=False)
    assert plain.related_information is None


def test_each_rule_has_its_page_once_the_narrowest_place_first() -> None:
    wide = replace(FINDING, rule="FIN105", location=Location(path="報告.txt", line=1))
    waived = replace(FINDING, status="waived", waiver=WAIVER)
    answer = hover(_checked(wide, FINDING, waived), Position(0, 2))
    assert answer is not None
    assert isinstance(answer.contents, MarkupContent)
    page = answer.contents.value
    assert page.count("**FIN101　") == 1
    assert page.index("**FIN101　") < page.index("**FIN105　")
    assert answer.range is not None
    assert (answer.range.start, answer.range.end) == (Position(0, 1), Position(0, 3))
    assert hover(_checked(FINDING), Position(1, 1)) is None


def test_the_reason_of_a_waiver_is_told() -> None:
    answer = hover(_checked(replace(FINDING, status="waived", waiver=WAIVER)), Position(0, 2))
    assert answer is not None
    assert isinstance(answer.contents, MarkupContent)
    assert (
        "**免除の理由**\n\n補正予算による（\\*第2号\\*）（申請 財政課、承認 総務部長、期限 2027-03-31）"
        in answer.contents.value
    )
    short = hover(_checked(replace(FINDING, status="waived", waiver=Waiver("確認済み"))), Position(0, 2))
    assert short is not None
    assert isinstance(short.contents, MarkupContent)
    assert short.contents.value.endswith("**免除の理由**\n\n確認済み")


def test_a_run_that_nothing_is_left_for_says_so() -> None:
    options = replace(OPTIONS, select=("ZZZ",))
    checked = check(Buffer(REPORT), "報告.txt", lambda path: options)
    (found,) = diagnostics(checked, "file:///a.txt", related=True)
    assert found.message.startswith("点検していません。")
    assert found.severity == DiagnosticSeverity.Error


def test_settings_that_cannot_be_used_concern_reports_only() -> None:
    def settle(path: str) -> run.Options:
        raise Unsettled("設定ファイルを読めません。")

    assert check(Buffer(REPORT), "報告.txt", settle).problem is not None
    other = check(Buffer("牛乳\n"), "買い物.txt", settle)
    assert (other.is_report, other.problem) == (False, None)
    assert check(Buffer("牛乳\n"), "買い物.txt", settle, was_report=True).problem is not None


def test_a_panic_is_a_problem_and_not_an_end() -> None:
    class Panic(BaseException):
        pass

    def settle(path: str) -> run.Options:
        raise Panic

    checked = check(Buffer(REPORT), "報告.txt", settle)
    assert checked.problem == "点検プログラムの不具合で、点検できませんでした（Panic）。"
    assert checked.corrections == ()
