"""`markdown`: a comment on a merge request."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from jisseki_check.formatters import render
from jisseki_check.formatters.markdown import LIMIT
from jisseki_check.formatters.markdown_page import escaped
from jisseki_check.formatters.view import View
from jisseki_check.model import BaselineUse, Fault, KnownFinding, Location, Outcome, Severity
from tests.formatters.outcomes import BY_HAND, EXCEPTED, PLACES, outcomes
from tests.formatters.sample import FAILED, INCONCLUSIVE, LOOK_ALIKE, OVERRUN, PATH, TITLES, short_result

VIEW = View(titles=TITLES)
_OURS = re.compile(r"</?details>|</?summary>")


def _page(outcome: Outcome) -> str:
    return render("markdown", outcome, VIEW)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_comment_says_that_known_findings_are_gone() -> None:
    gone = KnownFinding("FIN101", None, "総務部", 2018, "results", 1, "7", "防災備蓄倉庫の整備")
    told = "known.json のうち1件は、なくなったか、値が変わりました。"
    assert escaped(told) in _page(replace(FAILED, baseline=BaselineUse("known.json", 2, (gone,))))
    assert "なくなった" not in _page(replace(FAILED, baseline=BaselineUse("known.json", 2)))


def test_what_fails_the_run_is_open_and_the_rest_is_folded() -> None:
    page = _page(EXCEPTED)
    assert page.startswith("## 点検の結果　不適合\n\n誤り 1・確認 0・参考 1")
    opened, _, folded = page.partition("<details>")
    assert f"### 不適合とする指摘　1件\n\n**{PATH}**　1件\n\n| 段階 |" in opened
    assert opened.count("\n| 誤り | MRK103 | 81:6 |") == 1
    assert "<summary>参考の指摘　1件</summary>" in folded
    assert "<summary>判定に数えない指摘（免除・既知）　3件</summary>" in folded
    assert "（申請 総務課、承認 財政課長、期限 2027-03-31）" in folded


def test_each_file_has_a_table_with_the_gravest_first() -> None:
    other = replace(OVERRUN, location=Location("b.txt", 3, 1))
    warning = replace(OVERRUN, severity=Severity.WARNING, location=Location("b.txt", 1, 1))
    page = _page(replace(FAILED, findings=(OVERRUN, warning, other), fail_on="warning"))
    assert re.findall(r"^\*\*(.+)\*\*　(\d+)件$", page, re.MULTILINE) == [(PATH, "1"), ("b.txt", "2")]
    rows = re.findall(r"^\| (誤り|確認) \| FIN101 \| (\S+) ", page, re.MULTILINE)
    assert rows == [("誤り", "62:1"), ("誤り", "3:1"), ("確認", "1:1")]


def test_a_table_has_a_blank_line_before_it() -> None:
    lines = _page(PLACES).splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("| 段階 ")]
    assert len(heads) == 7
    assert all(lines[number - 1] == "" and lines[number - 2].startswith("**") for number in heads)


def test_what_was_not_judged_is_told() -> None:
    page = _page(INCONCLUSIVE)
    assert "### 点検できなかったもの　3件\n\n- zeimu.xlsx　ファイルにパスワードが設定されています。" in page
    faults = tuple(Fault("rule", f"止まりました{number}") for number in range(100))
    assert "- ほか82件\n" in _page(replace(INCONCLUSIVE, faults=faults))


def test_nothing_is_left_out_without_a_word() -> None:
    findings = tuple(short_result(number, number) for number in range(1, 5_001))
    page = _page(replace(FAILED, findings=(OVERRUN, *findings)))
    rows = len(re.findall(r"^\| (?:誤り|参考) \|", page, re.MULTILINE))
    assert 300 < rows < 5_001
    assert _units(page) <= LIMIT
    assert f"指摘{5_001 - rows:,}件を省きました。" in page
    assert page.count("<details>") == page.count("</details>") == 1
    assert page.index("</details>") < page.index("件を省きました")


def test_whole_parts_that_are_left_out_are_counted_too() -> None:
    errors = tuple(
        replace(short_result(number, number), severity=Severity.ERROR) for number in range(1, 1_001)
    )
    infos = tuple(short_result(number, number) for number in range(1, 501))
    page = _page(replace(FAILED, findings=(*errors, *infos)))
    rows = len(re.findall(r"^\| 誤り \|", page, re.MULTILINE))
    assert f"指摘{1_500 - rows:,}件を省きました。" in page


@pytest.mark.parametrize("outcome", BY_HAND.values(), ids=BY_HAND)
def test_a_page_that_fits_says_nothing_of_it(outcome: Outcome) -> None:
    assert "省きました" not in _page(outcome)


def test_the_verdict_stands_there_however_long_other_texts_are() -> None:
    page = _page(replace(FAILED, profile="長" * 70_000))
    assert page.startswith("## 点検の結果　不適合\n")
    assert _units(page) <= LIMIT


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@市民 @user a@example.invalid", "&#64;&#8203;市民 &#64;&#8203;user a&#64;&#8203;example.invalid"),
        ("#12 !34 %5 $6 ~x ^y &1", "&#35;&#8203;12 &#33;&#8203;34 &#37;&#8203;5 &#36;&#8203;6 &#126;&#8203;x "
         "&#94;&#8203;y &#38;&#8203;1"),
        ("http://a.invalid www.a.invalid", "http&#58;&#8203;//a.invalid www&#46;&#8203;a.invalid"),
        (":smile: 12:30", "&#58;&#8203;smile: 12:30"),
        ("<b>[x](y)|`c`**d**__e__~~f~~\\", "&#60;b&#62;&#91;x&#93;(y)&#124;&#96;c&#96;&#42;&#42;d&#42;&#42;"
         "&#95;&#95;e&#95;&#95;&#126;&#126;&#8203;f&#126;&#126;&#92;"),
        ("- x", "&#45; x"),
        ("1. x", "&#49;. x"),
        ("決算額 4,620千円（100％）です。", "決算額 4,620千円（100％）です。"),
    ],
)  # fmt: skip
def test_texts_stay_texts(text: str, written: str) -> None:
    assert escaped(text) == written


@given(outcome=outcomes())
@settings(max_examples=200, deadline=None)
def test_no_text_becomes_markup(outcome: Outcome) -> None:
    page = _page(outcome)
    assert _units(page) <= LIMIT
    assert page.count("<details>") == page.count("</details>")
    text = _OURS.sub("", page)
    for line in text.splitlines():
        told = re.sub(r"^(?:## |### |- |> |\*\*)", "", line).replace("**　", "")
        assert not set("<>`*_~[]\\@!#$") & set(re.sub(r"&#[0-9]+;", "", told)), line
        assert "://" not in line
        assert "www." not in line.lower()
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(row.count("|") == 7 for row in rows)


def test_nothing_but_a_hostile_path_is_named_without_markup() -> None:
    page = _page(replace(FAILED, findings=(replace(LOOK_ALIKE, location=Location("a**b`c|d.txt", 1)),)))
    assert "**a&#42;&#42;b&#96;c&#124;d.txt**　1件" in page
