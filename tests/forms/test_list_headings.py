"""The headings of a list's columns: the form's words, those of other offices, and what stands around them."""

from __future__ import annotations

import pytest

from jisseki_check import profiles
from jisseki_check.forms.list_headings import Heading, ListHeadings
from tests.edits import profile

HEADINGS = ListHeadings(profile())


def _of(*path: str) -> Heading:
    return HEADINGS.of(path)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("目標", "goal"), ("①目標", "goal"), ("目　標", "goal"), ("【目標】", "goal"), ("（１）目標", "goal"),
        ("目標（ねらい）", "goal"), ("ねらい", "goal"), ("目標欄", "goal"), ("目標1", "goal"),
        ("目標②", "goal"),
        ("取り組み", "initiative"), ("取組み", "initiative"), ("取組", "initiative"),
        ("取組内容", "initiative"),
        ("平成29年度の取り組み", "initiative"), ("取組内容・目標", "plan"), ("目標／取り組み", "plan"),
        ("実績", "result"), ("取組実績", "result"), ("実績及び成果", "result"), ("成果", "result"),
        ("取り組みに対する\n達成状況", "mark"), ("達成\n状況", "mark"), ("自己評価", "mark"),
        ("番号", "number"), ("No.", "number"), ("NO", "number"), ("№", "number"), ("項番", "number"),
        ("項目名", "title"), ("事業名", "title"), ("事業名・項目名", "title"), ("改革課題", "title"),
        ("テーマ", "title"),
        ("担当課", "division"), ("所管課名", "division"), ("区分", "section"), ("節", "section"),
        ("部局名", "department"),
        ("当初予算（千円）", "initial_budget"), ("当初予算額 千円", "initial_budget"),
        ("H29当初予算額", "initial_budget"),
        ("補正予算額", "supplementary_budget"), ("予算現額（A）", "revised_budget"),
        ("予算額", "revised_budget"),
        ("前年度繰越額", "carried_in"), ("翌年度繰越額", "carried_out"), ("予備費", "reserve"),
        ("決算額 (単位:円)", "settlement"), ("決算見込額", "settlement"), ("決算（見込）", "settlement"),
        ("執行率(%)", "extra"), ("備考", "extra"), ("増減理由※1", "extra"), ("金額", "amounts"),
        ("前年度決算額", None), ("次年度予算", None), ("1次評価", None), ("平成29年度", None),
        ("市長の一言", None), ("", None),
    ],
)  # fmt: skip
def test_one_row(text: str, field: str | None) -> None:
    assert _of(text).field == field


@pytest.mark.parametrize(
    ("path", "field", "label"),
    [
        (("予算（千円）", "当初"), "initial_budget", "当初予算"),
        (("予算", "補正"), "supplementary_budget", "補正予算"),
        (("予算", "現額"), "revised_budget", "予算現額"),
        (("予算額", "計"), "revised_budget", "予算額（計）"),
        (("令和5年度", "決算額（千円）"), "settlement", "令和5年度決算額"),
        (("決算", "平成29年度"), "settlement", "平成29年度決算"),
        (("決算", "金額"), "settlement", "決算（金額）"),
        (("計画", "目標"), "goal", "目標"),
        (("計画", "取り組み"), "initiative", "取り組み"),
        (("実績", "取組内容"), "result", "実績（取組内容）"),
        (("実績", "上半期"), "result", "実績（上半期）"),
        (("達成状況", "理由"), "extra", "理由"),
        (("決算", "前年度比"), None, "前年度比"),
        (("指標", "実績値"), None, "実績値"),
    ],
)
def test_two_rows(path: tuple[str, str], field: str | None, label: str) -> None:
    assert (_of(*path).field, _of(*path).label) == (field, label)


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        (("当初予算（千円）",), "千円"),
        (("当初予算（単位：円）",), "円"),
        (("予算（百万円）", "当初"), "百万円"),
        (("予算（千円）", "当初（円）"), "円"),
        (("執行率（％）",), None),
        (("当初予算",), None),
    ],
)
def test_unit(path: tuple[str, ...], unit: str | None) -> None:
    assert _of(*path).unit == unit


CITY = """\
format: jisseki-profile/1
name: city
title: みずき市の一覧
extends: hirakata
list:
  columns:
    title: [事業の別]
    settlement: [支払/計, H29年度末]
    result: [対象]
    extra: [評価]
    ignore: [決算額]
  units: {支払/計: 円, H29年度末: 百万円}
"""


@pytest.mark.parametrize(
    ("path", "field", "unit"),
    [
        (("事業の別",), "title", None),
        (("支払", "計"), "settlement", "円"),
        (("支払（千円）", "計"), "settlement", "千円"),
        (("H29年度末",), "settlement", "百万円"),
        (("対　象",), "result", None),
        (("評価",), "extra", None),
        (("決算額",), "ignore", None),
        (("決算",), "settlement", None),
        (("ねらい",), "goal", None),
    ],
)
def test_city_names_its_own_columns_and_the_usual_ones_remain(
    path: tuple[str, ...], field: str, unit: str | None
) -> None:
    heading = ListHeadings(profiles.parse(CITY, "city")).of(path)
    assert (heading.field, heading.unit) == (field, unit)


def test_profile_that_extends_none_knows_the_usual_headings() -> None:
    headings = ListHeadings(profiles.parse(profiles.beginning("city"), "city"))
    assert headings.of(("事業名",)).field == "title"
    assert headings.of(("達成状況",)).field == "mark"


def test_form_of_years_has_its_own_labels() -> None:
    headings = ListHeadings(profiles.load("hirakata-h28"))
    assert headings.of(("重点施策・事業における目標",)).field == "goal"
    assert headings.of(("平成28年度の実績",)).field == "result"
