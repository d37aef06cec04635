"""`table`, as a clerk sees it. `python -m tests.formatters.test_table` writes the golden files anew."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.formatters import render
from jisseki_check.formatters.view import View
from jisseki_check.model import Coverage, Location, Outcome, Severity, Verdict
from jisseki_check.notation.width import display_width
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

GOLDEN = Path(__file__).with_name("golden")
PAGES: dict[str, tuple[Outcome, View]] = {
    "failed": (FAILED, View(titles=TITLES)),
    "failed-narrow-verbose": (FAILED, View(width=60, verbose=True, titles=TITLES)),
    "failed-statistics": (FAILED, View(statistics=True, titles=TITLES)),
    "inconclusive": (INCONCLUSIVE, View(summary_only=True, titles=TITLES)),
    "passed": (PASSED, View(titles=TITLES)),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_the_golden_one(name: str) -> None:
    outcome, view = PAGES[name]
    assert render("table", outcome, view) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_page(columns: int) -> None:
    page = render("table", FAILED, View(width=columns, titles=TITLES))
    assert max(map(display_width, page.splitlines())) <= columns


def test_colours_change_nothing_else() -> None:
    coloured = render("table", FAILED, View(color=True, titles=TITLES))
    assert "\x1b[31;1m誤り\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render("table", FAILED, View(titles=TITLES))


def test_every_finding_has_its_place_on_the_page() -> None:
    page = render("table", FAILED, View(titles=TITLES))
    for finding in FAILED.findings:
        assert f"{finding.location.line}:{finding.location.column}" in page


def test_a_long_run_is_listed_by_place_and_shown_in_full_when_asked() -> None:
    run = replace(FAILED, findings=tuple(short_result(n, 100 + n) for n in range(10, 40)))
    assert render("table", run, View()).count("目安 40字以上") == 3
    assert "ほか27件" in render("table", run, View())
    assert render("table", run, View(verbose=True)).count("目安 40字以上") == 30


def test_many_related_places_are_cut_on_the_page() -> None:
    related = tuple(Location("報告.txt", line, 1) for line in range(100, 140))
    page = render("table", replace(FAILED, findings=(replace(OVERRUN, related=related),)), View())
    assert "107:1、ほか32か所" in re.sub(r"\s+", "", page)
    assert "108:1" not in page


def test_a_run_is_counted_in_its_own_report_only() -> None:
    findings = tuple(
        replace(short_result(n, 100 + n), location=Location(path, 100 + n, 1))
        for path in ("a.txt", "b.txt")
        for n in range(10, 15)
    )
    assert "同じ指摘の残り" not in render("table", replace(FAILED, findings=findings), View())


def test_text_of_a_report_cannot_steer_the_terminal() -> None:
    hostile = replace(
        OVERRUN,
        message="決算\x1b[2J\u202e額",
        excerpt="\x07原文",
        department="総務\x1b部",
        location=Location("a\x1b[31m.txt", 1, 1),
    )
    page = render("table", replace(FAILED, findings=(hostile,)), View())
    assert not set(page) & {"\x1b", "\x07", "\u202e"}
    assert "⟦U+202E⟧" in page


@pytest.mark.parametrize(
    ("location", "place"),
    [
        (Location("a", 62, 1, pointer="/items/6"), "62:1"),
        (Location("a", sheet="事業一覧", cell="F12", line=12), "シート「事業一覧」F12"),
        (Location("a", sheet="事業一覧"), "シート「事業一覧」"),
        (Location("a", table=3, row=2), "表3・2行目"),
        (Location("a", table=3, row=2, cell="B2", line=1, column=1), "表3・2行目・2列目"),
        (Location("a", table=3, row=2, cell="AB2", line=140, column=9), "表3・2行目・28列目"),
        (Location("a", cell="C5", row=5, line=9, column=3), "C5"),
        (Location("a", page=4), "4ページ"),
        (Location("a", page=4, line=12, column=1, table=2, row=1, cell="A1"), "4ページ 12行目"),
        (Location("a", pointer="/items/6/mark"), "/items/6/mark"),
    ],
)
def test_place_is_the_nearest_that_the_format_has(location: Location, place: str) -> None:
    page = render("table", replace(FAILED, findings=(replace(OVERRUN, location=location),)), View())
    assert f"FIN101  {place}  " in page


@pytest.mark.parametrize("name", ["table", "concise"])
def test_paragraphs_of_a_word_file_are_no_lines(name: str) -> None:
    found = replace(OVERRUN, location=Location("a.docx", 12, 1), related=(Location("a.docx", 9, 1),))
    inputs = (replace(FAILED.inputs[0], path="a.docx", format="docx"), replace(FAILED.inputs[0], path=PATH))
    page = render(name, replace(FAILED, inputs=inputs, findings=(found, LOOK_ALIKE)), View())
    assert "12段落目" in page
    assert "81:6" in page
    assert name == "concise" or "関　連　9段落目" in page


def test_what_staff_wrote_beside_a_finding_is_shown() -> None:
    explained = replace(OVERRUN, explanation="12月補正による\n財政課と協議ずみ")
    page = render("table", replace(FAILED, findings=(explained,)), View(titles=TITLES))
    assert "理　由　12月補正による 財政課と協議ずみ" in page
    assert "理　由" not in render("table", FAILED, View(titles=TITLES))


def test_a_finding_that_does_not_count_says_so() -> None:
    page = render("table", replace(FAILED, findings=(replace(OVERRUN, status="waived"),)), View())
    assert "［免除］" in page
    assert "誤り 0・確認 0・参考 0（ほかに 免除 1）" in page


def test_advice_alone_passes_but_is_pointed_out() -> None:
    advice = replace(PASSED, findings=(replace(OVERRUN, severity=Severity.INFO),))
    assert "残りの指摘もご確認ください" in render("table", advice, View())


def test_what_found_nothing_to_compare_with_is_named() -> None:
    why = "渡された計画に、同じ部・年度のものがないため"
    coverage = (*PASSED.coverage, Coverage("XDC101", not_applicable=8, reason=why))
    given = replace(PASSED, coverage=coverage, prior=tuple(PASSED.inputs[:1]))
    assert f"比べなかった    XDC101（{why}）\n" in render("table", given, View())
    assert "比べなかった" not in render("table", replace(given, prior=()), View())


def test_nothing_judged_is_not_called_fine() -> None:
    page = render("table", replace(PASSED, coverage=()), View())
    assert "何も判定していません" in page


def test_no_percentage_where_nothing_was_read() -> None:
    unread = replace(
        INCONCLUSIVE, inputs=INCONCLUSIVE.inputs[1:], coverage=(Coverage("DOC001", evaluated=1),)
    )
    page = render("table", unread, View(summary_only=True))
    assert "判定できた割合  最後まで読み取れたファイルがありません\n" in page
    assert "100％" not in page


def test_a_half_read_file_is_named_though_it_counts_as_read() -> None:
    spliced = replace(OVERRUN, rule="DOC004", message="計画と実績の文が入り交じっています")
    outcome = replace(FAILED, verdict=Verdict.INCONCLUSIVE, findings=(spliced,))
    assert "点検できなかったもの\n  ・mizuki-soumu-h30.txt　DOC004" in render("table", outcome, View())


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for page_name, (page_outcome, page_view) in PAGES.items():
        (GOLDEN / f"{page_name}.txt").write_text(render("table", page_outcome, page_view), encoding="utf-8")
