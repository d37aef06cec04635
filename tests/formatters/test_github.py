"""`github`: what the runner of GitHub Actions reads in the log, and the page of the job."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from jisseki_check.formatters import render
from jisseki_check.formatters.github import PER_KIND, job_summary
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.view import View
from jisseki_check.model import BaselineUse, Fault, KnownFinding, Location, Outcome, Severity
from tests.formatters import runner
from tests.formatters.outcomes import BY_HAND, EXCEPTED, PLACES, outcomes
from tests.formatters.sample import FAILED, INCONCLUSIVE, LOOK_ALIKE, OVERRUN, PATH, TITLES, short_result

_ANNOTATIONS = ("error", "warning", "notice")


def _commands(outcome: Outcome) -> list[runner.Command]:
    read = [runner.command(line) for line in runner.lines(render("github", outcome, View(titles=TITLES)))]
    return [command for command in read if command is not None]


def _lines(outcome: Outcome) -> list[str]:
    return render("github", outcome, View(titles=TITLES)).splitlines()


def test_an_annotation_names_file_lines_columns_and_what_to_do() -> None:
    assert _commands(FAILED)[0] == runner.Command(
        "error",
        f"{OVERRUN.message}\n場所　1節 7　公衆無線LAN環境整備事業\n直し方　{OVERRUN.fix}",
        {
            "file": PATH,
            "line": "62",
            "endLine": "62",
            "col": "1",
            "endColumn": "19",
            "title": "誤り FIN101 決算額が予算額を超えています",
        },
    )


def test_errors_come_first() -> None:
    assert [each.name for each in _commands(FAILED)] == ["error"] * 2 + ["notice"] * 8


def test_what_is_more_than_github_shows_stands_in_the_log() -> None:
    findings = tuple(
        replace(short_result(number, number), severity=severity)
        for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR)
        for number in range(1, 13)
    )
    outcome = replace(FAILED, findings=findings)
    names = [each.name for each in _commands(outcome)]
    expected = [*["error"] * 10, *["warning"] * 10, *["notice"] * 10, "group", "endgroup"]
    assert names == expected
    lines = _lines(outcome)
    start = next(number for number, line in enumerate(lines) if line.startswith("::group::"))
    assert lines[start].startswith("::group::注釈にしていない指摘　新しいもの 6件（GitHub が注釈にするのは")
    assert lines[start + 1].startswith(f"参考 PVR105 {PATH}:11:3 ")
    assert lines[start + 7] == "::endgroup::"


def test_what_does_not_count_is_no_annotation() -> None:
    assert [each.name for each in _commands(EXCEPTED)] == ["error", "notice", "group", "endgroup"]
    rest = [line for line in _lines(EXCEPTED) if "［" in line]
    assert len(rest) == 3
    assert rest[1].endswith(
        "免除の理由: 国の補助金の受入れによるもので、決算書の備考に記載済み"
        "（申請 総務課、承認 財政課長、期限 2027-03-31）"
    )


def test_a_place_that_is_no_line_is_told_in_words() -> None:
    told = [(each.properties.get("line"), each.data.splitlines()[1]) for each in _commands(PLACES)]
    assert told[0] == ("12", "場所　シート「一覧」AB12　1節 7　公衆無線LAN環境整備事業")
    assert told[2] == ("12", "場所　12段落目　1節 7　公衆無線LAN環境整備事業")
    assert told[7] == (None, "場所　1節 7　公衆無線LAN環境整備事業")


def test_columns_are_told_only_of_one_line() -> None:
    [command] = _commands(replace(FAILED, findings=(replace(OVERRUN, location=Location(PATH, 5, 3, 7, 4)),)))
    assert set(command.properties) == {"file", "line", "endLine", "title"}


def test_an_inconclusive_run_is_an_error_of_its_own() -> None:
    findings = tuple(
        replace(short_result(number, number), severity=Severity.ERROR) for number in range(1, 13)
    )
    commands = _commands(replace(INCONCLUSIVE, findings=findings))
    assert commands[0].properties == {"title": "判定不能"}
    assert commands[0].data.splitlines()[0].startswith("zeimu.xlsx　ファイルにパスワード")
    assert [each.name for each in commands].count("error") == PER_KIND


def test_reasons_that_no_annotation_can_hold_stand_in_the_log() -> None:
    faults = tuple(Fault("rule", f"止まりました{number}") for number in range(30))
    outcome = replace(INCONCLUSIVE, faults=faults)
    assert _commands(outcome)[0].data.splitlines()[-1] == "ほか12件（記録に全てあります）"
    assert len([line for line in _lines(outcome) if line.startswith("判定不能: ")]) == 32


@given(outcome=outcomes())
@settings(max_examples=200, deadline=None)
def test_no_text_becomes_a_command_or_part_of_one(outcome: Outcome) -> None:
    text = render("github", outcome, View())
    read = [(line, runner.command(line)) for line in runner.lines(text)]
    commands = [command for _, command in read if command is not None]
    assert {each.name for each in commands} <= {*_ANNOTATIONS, "group", "endgroup"}
    assert not any(
        line.lstrip().startswith("::") or "##[" in line for line, command in read if command is None
    )
    annotations = [each for each in commands if each.name in _ANNOTATIONS]
    assert max([[each.name for each in annotations].count(name) for name in _ANNOTATIONS]) <= PER_KIND
    shown = [each for each in annotations if each.properties["title"] != "判定不能"]
    paths = {clean(each.location.path) for each in outcome.findings if each.location.path}
    for each in shown:
        assert set(each.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert each.properties.get("file", "免除.toml") in paths | {"免除.toml"}
        assert each.properties["title"].endswith("a-name")


def test_known_findings_that_are_gone_are_named_in_the_log_and_on_the_page() -> None:
    gone = tuple(
        KnownFinding("FIN101", None, "総務部", 2018, "results", 1, f"{number}", "防災::備蓄", given="462千円")
        for number in range(1, 8)
    )
    outcome = replace(FAILED, baseline=BaselineUse("known.json", 9, gone))
    log = render("github", outcome, View(titles=TITLES))
    assert "::group::既知の指摘の一覧から除けるもの 7件\n" in log
    page = job_summary.render(outcome)
    assert "### 既知の指摘の一覧から除けるもの　7件" in page
    for number in range(1, 8):
        assert f"既知: FIN101　総務部　平成30年度　1節 {number}　防災" in log
        assert f"- FIN101　総務部　平成30年度　1節 {number}　防災" in page
    without = replace(outcome, baseline=BaselineUse("known.json", 9))
    assert "既知の指摘の一覧" not in render("github", without, View(titles=TITLES))


# --- the page of the job ------------------------------------------------------------------------


def test_the_page_holds_the_verdict_and_every_finding() -> None:
    page = job_summary.render(EXCEPTED)
    assert page.startswith("## 点検の結果　不適合\n\n誤り 1・確認 0・参考 1（ほかに 免除 2・既知 1）")
    assert "### 指摘　2件" in page
    assert "### 判定に数えない指摘（免除・既知）　3件" in page
    assert len([line for line in page.splitlines() if line.startswith(("| 誤り", "| 参考"))]) == 5


def test_the_page_of_an_inconclusive_run_says_why() -> None:
    assert "### 点検できなかったもの　3件\n\n- zeimu.xlsx　" in job_summary.render(INCONCLUSIVE)


def test_texts_are_no_markup_on_the_page() -> None:
    hostile = replace(
        LOOK_ALIKE, message="a|b <img src=x> [c](http://d.example) @e `f` **g** ::error::h\n| i |"
    )
    [row] = [
        line
        for line in job_summary.render(replace(FAILED, findings=(hostile,))).splitlines()
        if line.startswith("| 誤り")
    ]
    assert row.count(" | ") == 5
    assert not set("<>[]`*@") & set(row)
    assert "://" not in row


def test_a_page_that_is_too_long_says_what_is_missing() -> None:
    outcome = replace(FAILED, findings=tuple(short_result(number, number) for number in range(1, 5_001)))
    page = job_summary.render(outcome)
    assert len(page.encode()) <= job_summary.LIMIT
    rows = len([line for line in page.splitlines() if line.startswith("| 参考")])
    assert 1_000 < rows < 5_000
    assert f"この表の残り{5_000 - rows:,}件" in page


@pytest.mark.parametrize("limit", [0, 100, 600, 1_000, 2_000, 5_000])
@pytest.mark.parametrize("outcome", BY_HAND.values(), ids=BY_HAND)
def test_a_page_is_never_longer_than_it_may_be(outcome: Outcome, limit: int) -> None:
    page = job_summary.render(outcome, limit)
    assert len(page.encode()) <= limit
    complete = page == job_summary.render(outcome)
    assert complete or not page or "省きました" in page


@given(outcome=outcomes())
@settings(max_examples=200, deadline=None)
def test_the_page_holds_every_finding_whatever_stands_in_it(outcome: Outcome) -> None:
    rows = [
        line
        for line in job_summary.render(outcome).splitlines()
        if line.startswith(("| 誤り", "| 確認", "| 参考"))
    ]
    assert len(rows) == len(outcome.findings)
    assert all(row.count("|") == 7 for row in rows)
