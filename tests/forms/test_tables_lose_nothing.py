"""Tables of any shape: every word is in the report, nothing raises, nothing hangs."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check.forms.grid import grid_rows
from jisseki_check.forms.labelled_blocks import read
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Block, Location, Report, Run, Unreadable
from tests.edits import profile
from tests.forms.table_styles import Box, Line, paragraph, source, table

_LABELS = (
    "目標", "取り組み", "実績", "達成状況", "取り組みに対する達成状況", "平成29年度当初予算", "決算",
    "予算", "金額", "項目", "事業名", "番号", "担当課", "事業期間", "備考", "年度", "部", "部の構成",
    "区分", "計画", "内容", "説明", "改革課題", "テーマ", "取り組み内容・目標", "成果", "評価",
    "平成28年度実績", "次年度の目標", "指標", "執行率", "目", "標",
)  # fmt: skip
_TEXTS = (
    "{}します。", "{}", "{}と{}", "(1) {}", "◆{}します。", "1", "(2)", "◎", "【 ○ 】", "490千円",
    "462千円（{}）", "－", "◎（{}）", "{}しました。\n{}も行いました。", "平成29年度", "平成29年度{}",
    "10", "12件", "1. 重点施策・事業", "3. 予算編成・執行", "◆業務改善のテーマ・目標",
    "（単位：千円）", "担当課：{}", "目標：{}", "実績\n{}", "テーマ　{}", "{}部の取り組み実績", "",
)  # fmt: skip
_CELLS = st.one_of(st.sampled_from(_LABELS), st.sampled_from(_TEXTS), st.sampled_from(_TEXTS))
_BOXES = st.builds(Box, _CELLS, st.sampled_from([1, 1, 1, 2, 3]), st.sampled_from([1, 1, 1, 1, 2, 3]))
_ROWS = st.lists(st.lists(_BOXES, max_size=5), min_size=1, max_size=10)
_DOCUMENTS = st.lists(st.tuples(_ROWS, st.sampled_from([None, None, "一覧"]), _CELLS), min_size=1, max_size=3)


def _read_or_refused(blocks: Sequence[Block]) -> Report | None:
    try:
        return read(source(blocks), profile()).report
    except Unreadable as error:
        refused = error.rule
    assert refused == "DOC002"
    return None


@settings(max_examples=300, deadline=None)
@given(_DOCUMENTS)
def test_every_word_of_a_table_stands_in_the_report(
    parts: list[tuple[list[list[Box]], str | None, str]],
) -> None:
    words = (f"語{number}番" for number in range(100, 1000))
    used: list[str] = []

    def filled(text: str) -> str:
        own = [next(words) for _ in range(text.count("{}"))]
        used.extend(own)
        return text.format(*own)

    blocks = [paragraph("平成29年度市民部の取り組み実績"), paragraph("1. 重点施策・事業")]
    for number, (rows, sheet, between) in enumerate(parts, 1):
        lines: list[Line] = [[Box(filled(box.text), box.across, box.down) for box in row] for row in rows]
        blocks += [*table(number, lines, sheet), paragraph(filled(between))]
    report = _read_or_refused(blocks)
    held = json.dumps(to_json(report), ensure_ascii=False) if report is not None else ""
    assert report is None or [word for word in used if word not in held] == []


_MANY = 3_000
_LONG = tuple((Run("あ" * 20, Location()),) for _ in range(_MANY))
_HOSTILE: dict[str, list[Block]] = {
    "many columns": table(1, [["あ"] * _MANY] * 10),
    "many numbers": table(1, [["(1)", "あ"]] * _MANY),
    "many headings of columns": table(1, [["目標", "取り組み", "実績"]] * _MANY),
    "many years above columns": table(1, [[Box("平成29年度", 2), "備考"], ["当初予算", "決算"]] * _MANY),
    "many letters": table(1, [["目"], ["標"]] * _MANY),
    "many labels": table(1, [["目標"]] * _MANY),
    "many other years": table(1, [["平成28年度実績", "あ"]] * _MANY),
    "many blank rows": [Block((), table=1)] * (20 * _MANY),
    "a long merged cell": [
        Block((((Run("実績", Location()),),), _LONG), table=1),
        *[Block(((), (), ((Run("い", Location()),),)), table=1, covers={1: _LONG})] * _MANY,
    ],
    "many tables": [block for number in range(_MANY) for block in table(number, [["目標", "あ"]])],
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_table_is_read_or_refused(name: str) -> None:
    head = [paragraph("平成29年度市民部の取り組み実績"), paragraph("1. 重点施策・事業"), paragraph("(1) あ")]
    assert _read_or_refused(head + _HOSTILE[name]) is not None


def test_merged_cells_are_told_apart() -> None:
    first, second = grid_rows(table(1, [[Box("左上", 2, 2), "右"], ["下"]]))
    assert [(cell.column, cell.end, cell.key) for cell in first.cells] == [(0, 2, "左上"), (2, 3, "右")]
    assert [(cell.column, cell.end, cell.key) for cell in second.cells] == [(2, 3, "下")]
    assert [(cell.column, cell.end, cell.key) for cell in second.above] == [(0, 2, "左上")]
