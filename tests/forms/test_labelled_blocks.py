"""The form of H29 in the ways in which PDFs, office files and people give it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check import forms, readers
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Amount, Item, Report, Unreadable
from tests.edits import check, key_of, profile, read

OWN = (Path(__file__).parents[1] / "reports" / "mizuki.txt").read_text(encoding="utf-8")
_REAL = Path(__file__).parents[3] / "shared/data/hirakata/soumu-h29.txt"

Layout = Callable[[str], str]


def _sub(pattern: str, by: str, flags: int = 0) -> Layout:
    compiled = re.compile(pattern, re.M | flags)
    return lambda text: compiled.sub(by, text)


def _plain(report: Report) -> list[Item]:
    """The items without how their amounts are printed."""
    return [replace(i, amounts=tuple(replace(a, label="", text="") for a in i.amounts)) for i in report.items]


def _kinds(report: Report) -> Counter[str]:
    return Counter(remark.kind for remark in report.remarks)


# --- the same report ----------------------------------------------------------------------------

_SECTIONS = r"^([1-5])\. (?=重|行|予|組|広)"
_SAME: dict[str, Layout] = {
    "label over two lines": _sub(r"^取り組み\t", "取り\n組み\t"),
    "label over two lines, text below": _sub(r"^取り組み\t", "取り\n組み\n"),
    "label over two cells": _sub(r"^取り組み\t", "取り\t組み\t"),
    "short label over two lines": _sub(r"^(目|実)(標|績)\t", "\\1\n\\2\t"),
    "mark's label over two lines": _sub("取り組みに対する達成状況", "取り組みに対する\n達成状況"),
    "mark's label broken in a word": _sub("取り組みに対する達成状況", "取り組みに\n対する達成状況"),
    "label in brackets": _sub(r"^(目標|取り組み|実績)\t", r"【\1】\t"),
    "label in angle brackets": _sub(r"^(目標|取り組み|実績)\t", r"＜\1＞"),
    "other spelling of a label": _sub(r"^取り組み\t", "取組み\t"),
    "page numbers between items": _sub(r"\n\n(?=\()", "\n\n- 3 -\n\n"),
    "page numbers within items": _sub(r"\n(?=実績\t)", "\n3\n"),
    "page numbers of pages": _sub(r"\n(?=実績\t)", "\n3/12\n"),
    "page numbers with a word": _sub(r"\n(?=実績\t)", "\n3 ページ\n"),
    "page number before a bracket": _sub(r"達成状況\t?\n【", "達成状況\n12\n【"),
    "running titles": _sub(r"\n(?=実績\t)", "\n平成29年度市民部の取り組み実績\n"),
    "running section headings": _sub(r"\n\n(?=\()", "\n\n1. 重点施策・事業\n\n"),
    "headings of tables on two lines": _sub(r"^(改革課題|テーマ)\t", "\\1\n"),
    "headings of tables in one cell": _sub(r"^(改革課題|テーマ)\t", r"\1　"),
    "other spelling in headings of tables": _sub("取り組み内容・目標", "取組内容・目標"),
    "headings of tables lost": _sub(r"^(改革課題|テーマ)\t.*\n", ""),
    "table items without a tab": _sub(r"^(\d+(?:-\d)?\. [^\t\n]*)\t", "\\1\n"),
    "sections in full width": _sub(_SECTIONS, r"\1．"),
    "sections without a stop": _sub(_SECTIONS, r"\1　"),
    "sections without a number": _sub(_SECTIONS, ""),
    "sections in roman": _sub(_SECTIONS, "Ⅲ "),
    "number in a cell of its own": _sub(r"^\((\d)\) ", "(\\1)\t"),
    "bullet in a cell of its own": _sub(r"^- ◆ ?", "- ◆\t"),
    "hyphen in a cell of its own": _sub(r"^- ◆ ?", "-\t◆ "),
    "bullet's sentence over two lines": _sub(r"^- ◆ ?([^\n]{7})(?=.*ます)", "- ◆\\1\n"),
    "amount in the next cell": _sub("(当初予算|決算)：", "\\1\t"),
    "amount on the next line": _sub("(当初予算|決算)：", "\\1\n"),
    "amount without a colon": _sub("(当初予算|決算)：", r"\1 "),
    "amount with の": _sub(r"年度(当初予算|決算)：", r"年度の\1："),
    "unit above the amounts": lambda text: re.sub(
        r"(：[\d,]+) ?千円", r"\1", text.replace("\n1. 重点", "\n（単位：千円）\n\n1. 重点")
    ),
    "unit in brackets behind the amounts": _sub(r"(：[\d,]+) ?千円", r"\1（千円）"),
    "mark behind the text": _sub(
        r"(</p>)?\n\t?(?:<p>)?取り組みに対する達成状況(?:</p>)?\s*(?:<p[^>]*>)?(【 . 】)",
        r"\1 取り組みに対する達成状況 \2",
    ),
}


@pytest.mark.parametrize("name", _SAME)
def test_layout_reads_as_the_same_report(name: str) -> None:
    text = _SAME[name](OWN)
    assert text != OWN
    assert _plain(read(text).report) == _plain(read(OWN).report)
    assert {finding.rule for finding in check(text).findings} <= {"DOC006"}


def test_what_belongs_to_the_page_is_noted_once() -> None:
    text = _SAME["running titles"](_SAME["page numbers within items"](OWN))
    noted = {remark.read_as: remark.count for remark in read(text).report.remarks if remark.kind == "lenient"}
    assert noted == {"ページ番号": 16, "ページごとの表題": 16}


# --- more text within a field -------------------------------------------------------------------

_LISTS = ["(1) {0}\n(2) {1}", "・{0}\n・{1}", "◆{0}\n◆{1}", "■{0}\n■{1}", "①{0}\n②{1}", "1. {0}\n2. {1}"]


@pytest.mark.parametrize("form", _LISTS)
@pytest.mark.parametrize("label", ["実績", "取り組み"])
def test_list_within_a_field_is_its_text(form: str, label: str) -> None:
    listed = form.format("説明会を開くこと。", "手引を配ること。")
    text = re.sub(rf"^{label}\t(?=[^<\n])", f"{label}\t次のとおりです。\n{listed}\n", OWN, flags=re.M)
    report = read(text).report
    assert len(report.items) == 16
    field = {"実績": "result", "取り組み": "initiative"}[label]
    changed = [item for item in report.items if (getattr(item, field) or "").startswith("次のとおりです。\n")]
    assert len(changed) == len(re.findall(rf"^{label}\t(?=[^<\n])", OWN, flags=re.M))
    assert all(listed in (getattr(item, field) or "") for item in changed)
    assert not _kinds(report).keys() - {"markup"}


def test_paragraphs_of_a_field_are_joined_by_line_feeds() -> None:
    text = OWN.replace(
        "\n実績\t", "\n\tさらに、手引を作ります。\n暮らしに役立つ知らせも届けます。\n実績\t", 1
    )
    initiative = read(text).report.items[0].initiative or ""
    assert initiative.split("\n")[1:] == ["さらに、手引を作ります。", "暮らしに役立つ知らせも届けます。"]


@pytest.mark.parametrize(
    "note",
    [
        " ( 補正予算等の対応あり )",
        "（補正予算等の対応あり）",
        "\n( 補正予算等の対応あり )",
        "\n\t（補正予算等の対応あり）",
    ],
)
def test_note_of_an_amount(note: str) -> None:
    text = re.sub(r"(決算：[\d,]+ ?千円)", lambda match: match[0] + note, OWN)
    report = read(text).report
    settlements = [a for item in report.items for a in item.amounts if a.stage == "settlement"]
    assert [amount.note for amount in settlements] == ["補正予算等の対応あり"] * 4
    assert [item.result for item in report.items] == [item.result for item in read(OWN).report.items]


# --- items, sections and their ends -------------------------------------------------------------


def _cut_section(number: int, below: str) -> str:
    """The own report with something else below one section's heading."""
    pattern = re.compile(rf"(?P<heading>^{number}\. [^\n\t]*\n).*?(?=^{number + 1}\. |\Z)", re.M | re.S)
    return pattern.sub(lambda match: f"{match['heading']}\n{below}\n", OWN)


@pytest.mark.parametrize("words", ["該当なし", "（該当なし）", "該当する項目はありません。", "なし"])
@pytest.mark.parametrize("number", [3, 4, 5])
def test_section_that_says_it_is_empty(number: int, words: str) -> None:
    outcome = check(_cut_section(number, words))
    assert {finding.rule for finding in outcome.findings} == {"DOC006"}
    assert outcome.verdict.value == "pass"


@pytest.mark.parametrize(("number", "kinds"), [(3, {"section"}), (5, {"section", "truncated"})])
def test_section_without_a_word(number: int, kinds: set[str]) -> None:
    """The last one may have been cut off."""
    assert _kinds(read(_cut_section(number, "")).report).keys() - {"markup"} == kinds


@pytest.mark.parametrize("between", ["", "取り組みに対する達成状況\n"])
def test_mark_behind_the_end_of_its_section_is_nobodys(between: str) -> None:
    mark = "取り組みに対する達成状況 【 ◎ 】"
    moved = between + "\n2. 行政改革・業務改善\n" + (mark if not between else "【 ◎ 】")
    text = OWN.replace(f"{mark}\t\n\n2. 行政改革・業務改善", moved)
    report = read(text).report
    assert len(report.items) == 16
    assert not report.items[4].mark
    assert [remark.text for remark in report.remarks if remark.kind == "unread"] == [moved.splitlines()[-1]]


@pytest.mark.parametrize(
    "text",
    [
        _cut_section(3, "該当なし"),
        _cut_section(3, ""),
        _cut_section(5, "該当なし"),
        OWN.replace("\n目標\t", "\n", 1),
        OWN.replace("\n目標\t", "\n目標\tこの欄は別に書きました。\n目標\t", 1),
        OWN.replace("3. 予算編成・執行\n", ""),
        OWN.replace("◆業務改善のテーマ・目標\n", ""),
        OWN.replace("◆業務改善のテーマ・目標\n", "なお、詳しくは別に定めるところによります。\n"),
        OWN.replace("- ◆封筒", "- ■封筒"),
        OWN.partition("4. 組織運営・人材育成")[0],
    ],
)
def test_what_was_noticed_on_reading_is_converted_too(text: str) -> None:
    as_text = check(text)
    as_json = check(json.dumps(to_json(read(text).report)), "report.json")
    assert {key_of(finding) for finding in as_json.findings} == {key_of(f) for f in as_text.findings}
    assert as_json.verdict is as_text.verdict


def test_repeated_fields_are_kept_apart() -> None:
    text = OWN.replace(
        "\n実績\t<p>申請書", "\n実績\tこの欄は別に書きました。\n\t次の行です。\n実績\t<p>申請書"
    )
    report = read(text).report
    (remark,) = (remark for remark in report.remarks if remark.kind == "repeated")
    assert report.items[0].result == "この欄は別に書きました。\n次の行です。"
    assert (remark.item, remark.field) == (1, "result")
    assert remark.text.startswith("実績\n申請書を1枚にまとめ")


def test_table_header_is_no_spliced_text() -> None:
    table = "区分 目標 実績 達成率\n平成28年度 実績 平成29年度 実績\n前年度 実績 今年度 実績\n"
    assert len(read(OWN.replace("\n実績\t", f"\n{table}実績\t", 1)).report.items) == 16


def test_spliced_columns_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read("平成27年度環境部の取り組み実績\n" + "分別を広めるため、地区ごとの 実績 ・4月から説明会を\n" * 3)
    assert (refused.value.rule, refused.value.at and refused.value.at.line) == ("DOC004", 2)


@pytest.mark.skipif(not _REAL.exists(), reason="the published report is not here")
def test_real_report_is_read_whole() -> None:
    report = read(_REAL.read_text(encoding="utf-8")).report
    kinds = Counter(item.kind for item in report.items)
    assert kinds == {"priority": 7, "reform": 9, "improvement": 4, "bullet": 13}
    assert [item.section for item in report.items] == sorted(item.section or 0 for item in report.items)
    assert Counter(item.mark for item in report.items) == {"◎": 28, "○": 5}
    assert all(item.result and item.title for item in report.items)
    assert [(item.index, len(item.amounts)) for item in report.items if item.amounts] == [
        (2, 2), (5, 2), (6, 2), (7, 2)
    ]  # fmt: skip
    assert report.items[6].amounts[0] == Amount(
        "initial_budget", "平成29年度当初予算", 2017, 8481, "千円", None, "initiative", "8,481千円"
    )
    assert (report.department, report.fiscal_year, len(report.divisions or ())) == ("総務部", 2017, 5)
    assert _kinds(report).keys() == {"markup"}


# --- nothing is dropped, nothing raises, nothing hangs ------------------------------------------

_PIECES = [
    "平成29年度{}部の取り組み実績", "<部の構成> {}課", "※ ◎：{} ○：{}", "（単位：千円）", "12", "該当なし",
    "1. 重点施策・事業", "2. 行政改革・業務改善", "3. 予算編成・執行", "5. 広報・情報発信",
    "◆新行政改革実施プランの改革課題", "◆業務改善のテーマ・目標",
    "改革課題\t取り組み内容・目標", "テーマ\t取り組み内容・目標", "17. {}\t{}します。", "{}\t{}します。",
    "(1) {}", "(2) {}", "◆{}します。", "- ◆ {}", "■{}", "{}", "\t{}", "・{}", "{} 実績 ・{}",
    "目標\t{}", "取り組み\t{}", "実績\t{}", "実績\n{}", "取り\n組み\t{}",
    "平成29年度当初予算：490千円（{}）", "{}しました。平成29年度決算：462千円", "平成29年度決算\n462千円",
    "取り組みに対する達成状況 【 ◎ 】", "取り組みに対する達成状況\n【 ○ 】{}", "達成状況 【{}】", "【 ◎ 】",
]  # fmt: skip


def _read_or_refused(text: str) -> Report | None:
    try:
        return read(text).report
    except Unreadable as error:
        refused = error.rule
    assert refused in {"DOC002", "DOC004"}
    return None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30))
def test_every_word_of_a_document_stands_in_its_report(pieces: list[str]) -> None:
    words = iter(f"語{number}番" for number in range(100, 1000))
    used: list[str] = []
    lines = []
    for piece in pieces:
        own = [next(words) for _ in range(piece.count("{}"))]
        used += own
        lines.append(piece.format(*own))
    report = _read_or_refused("\n".join(lines))
    held = json.dumps(to_json(report), ensure_ascii=False) if report else ""
    assert report is None or [word for word in used if word not in held] == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*_PIECES, "\t", "\n", "　", "【", "】", "(", ")", "：", "◆", "決算", "年度"]))
)
def test_any_mixture_is_read_or_refused(pieces: list[str]) -> None:
    _read_or_refused("x" + "".join(pieces))


_ITEM = "平成29年度市民部の取り組み実績\n1. 重点施策・事業\n(1) あ\n目標\tい\n取り組み\tう\n実績\t"
_LONG, _MANY = 300_000, 3_000
_HOSTILE = {
    "opening brackets": "【" * _LONG,
    "empty brackets": "取り組みに対する達成状況 " + "【】" * 10 * _MANY,
    "parentheses": "(" * _LONG,
    "blanks in a label": "予" + " " * _LONG + "x",
    "blanks behind a year": "平成29年" + " " * _LONG + "x",
    "blanks behind a sign": "◎" + " " * _LONG + "x",
    "colons": "決算：" * _MANY,
    "title without an end": "\n平成29年度" + "の" * _LONG,
    "long heading": "\n1. " + "重" * _LONG,
    "bullets": "\n◆あ" * _MANY,
    "lines of a bullet": "\n3. 予算編成・執行\n◆あ" + "\nあ" * 30 * _MANY,
    "numbers": "\n(1) あ" * _MANY,
    "broken labels": "\n取り" * _MANY,
    "marks": "\n達成状況 【 ◎ 】" * _MANY,
    "notes": "\n決算：1千円\n(あ)" * _MANY,
    "cells": "\t(1)" * _MANY,
    "tables": "\n改革課題\n取り組み内容・目標" * _MANY,
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    """It would not end, were the time to grow with the square of the length."""
    source = readers.read_bytes((_ITEM + _HOSTILE[name]).encode(), "報告.txt")
    assert forms.read(source, profile()).report.items
