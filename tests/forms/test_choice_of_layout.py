"""List or labelled blocks: each document is read by the layout that it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jisseki_check import readers
from jisseki_check.forms.layouts import find_lists
from jisseki_check.model import Spot
from tests.edits import profile
from tests.forms.sheets import paragraph, read, sheet

OWN = Path(__file__).parents[1] / "reports" / "mizuki.txt"
HEAD = ["番号", "項目名", "目標", "取り組み", "実績", "達成状況"]
ITEM = ["1", "見守り", "安心を高めます。", "訪問を行います。", "訪問を3回行いました。", "◎"]


def _is_list(blocks: list[Any]) -> bool:
    return find_lists(blocks, profile()) is not None


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ITEM],
        [["平成29年度福祉部の取り組み実績"], [], ["", *HEAD], ["", *ITEM]],
        [["目標", "取り組み", "実績"], ITEM[2:5], ITEM[2:5]],
        [["事業名", "当初予算", "決算"], ["見守り", "490", "462"]],
        [["計画", "", "実績", ""], ["目標", "取り組み", "内容", "達成状況"], ITEM[2:6], ITEM[2:6]],
        [["改革課題", "取り組み内容・目標", "実績", "達成状況"], ["17. 電子化", *ITEM[3:6]]],
    ],
)
def test_lists(rows: list[list[object]]) -> None:
    assert _is_list(sheet(rows))


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD],
        [HEAD, HEAD],
        [["改革課題", "取り組み内容・目標"], ["17. 電子化", "電子化します。"], ["実績", "電子化しました。"]],
        [["目標", "安心"], ["取り組み", "訪問"], ["実績", "3回"], ["達成状況", "◎"]],
        [["目標", "安心", "取り組み", "訪問", "実績", "3回"], ["達成状況", "◎", "", "", "", ""]],
        [
            ["番号", "1", "項目名", "見守り"],
            ["目標", "安心", "当初予算", "490"],
            ["実績", "3回", "決算", "462"],
        ],
        [["項目", "区分", "内容"], ["見守り", "目標", "安心を高めます。"], ["", "実績", "3回訪ねました。"]],
        [["課名", "職員数", "係"], ["福祉課", "12", "3"]],
        [["目標", "取り組み", "実績"], ITEM[2:5]],
        [["目標", "取り組み", "実績"], ITEM[2:5], ["達成状況", "◎"]],
        [
            ["番号", "1"],
            ["目標", "取り組み", "実績"],
            ITEM[2:5],
            ["番号", "2"],
            ["目標", "取り組み", "実績"],
            ITEM[2:5],
        ],
        [["目標", "取り組み", "実績"], ITEM[2:5], ["当初予算", "490", "決算", "462"]],
    ],
)
def test_forms_and_other_tables(rows: list[list[object]]) -> None:
    assert not _is_list(sheet(rows, name=None))


def test_text_of_the_form() -> None:
    assert find_lists(readers.read_bytes(OWN.read_bytes(), "報告.txt").blocks or (), profile()) is None


def test_list_beside_labelled_blocks_is_read_with_them() -> None:
    front = ["平成29年度福祉部の取り組み実績", "<部の構成> 福祉課", "1. 重点施策・事業", "(1) 見守りの充実"]
    labelled = [
        "目標　安心を高めます。",
        "取り組み　訪問します。",
        "実績　3回訪ねました。",
        "達成状況 【 ◎ 】",
    ]
    behind = ["3. 予算編成・執行", "◆時間外勤務を縮減します。", "実績　縮減しました。", "達成状況 【 ○ 】"]
    lines = [*front, *labelled, "2. 行政改革・業務改善", "◆新行政改革実施プランの改革課題"]
    blocks = [
        *(paragraph(text, at) for at, text in enumerate(lines, 1)),
        *sheet(
            [["番号", "改革課題", "取り組み内容・目標", "実績", "達成状況"], ["17", "電子化", *ITEM[3:6]]],
            name=None,
        ),
        *(paragraph(text, at) for at, text in enumerate(behind, 20)),
    ]
    document = read(blocks)
    assert [
        (item.index, item.section, item.kind, item.number, item.mark) for item in document.report.items
    ] == [
        (1, 1, "priority", "1", "◎"),
        (2, 2, "reform", "17", "◎"),
        (3, 3, "bullet", None, "○"),
    ]
    assert document.report.department == "福祉部"
    assert document.places.locate(Spot(2, "result")).cell == "D2"
    assert document.places.locate(Spot(3, "mark")).line == 23
    assert {remark.kind for remark in document.report.remarks} <= {"lenient"}


def test_small_list_within_a_report_of_labelled_blocks() -> None:
    labelled = [
        paragraph(text, at) for at, text in enumerate(["目標 安心", "実績 下の表", "達成状況 【◎】"] * 2)
    ]
    small = sheet([["事業名", "実績", "決算"], ["見守り", "3回", "462"]], name=None)
    assert not _is_list([*labelled[:2], *small, *labelled[2:]])
