"""The form as Word tables, sheets of narrow squares and ruled pages have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from jisseki_check import forms, profiles
from jisseki_check.forms.labelled_blocks import read as read_blocks
from jisseki_check.model import Block, Document, Item, Report, Spot
from tests.edits import profile
from tests.edits import read as read_text
from tests.forms.table_styles import (
    CHOICES,
    Box,
    Line,
    Style,
    blocks_of,
    paragraph,
    settled,
    source,
    styles,
    table,
)
from tests.strategies import reports

_REAL = Path(__file__).parents[3] / "shared/data/hirakata/soumu-h29.txt"
GOAL = "市民が安心して暮らせるまちをめざします。"
PLAN = "防災倉庫を3か所に設置します。"
DONE = "防災倉庫を3か所に設置しました。\nまた、訓練を行いました。"
TITLE, SECTION, NAME = "平成29年度市民部の取り組み実績", "1. 重点施策・事業", "防災倉庫の整備"


def document(*parts: str | Sequence[Line], sheet: str | None = None) -> list[Block]:
    """Paragraphs, and tables between them."""
    blocks: list[Block] = []
    tables = 0
    for number, part in enumerate(parts, 1):
        if isinstance(part, str):
            blocks.append(paragraph(part, number))
        else:
            tables += 1
            blocks += table(tables, part, sheet)
    return blocks


def read(*parts: str | Sequence[Line], sheet: str | None = None) -> Document:
    return read_blocks(source(document(*parts, sheet=sheet)), profile())


def items(*parts: str | Sequence[Line]) -> tuple[Item, ...]:
    return read(TITLE, SECTION, *parts).report.items


def plain(report: Report) -> list[Item]:
    """The items without how their amounts are printed, and without what stands beside the form."""
    return [
        replace(
            item, division=None, extra=(), amounts=tuple(replace(a, label="", text="") for a in item.amounts)
        )
        for item in report.items
    ]


def told(item: Item) -> tuple[str | None, ...]:
    return item.number, item.title, item.goal, item.initiative, item.result, item.mark


WHOLE = ("1", NAME, GOAL, PLAN, DONE, "◎")
ROWS: list[Line] = [["目標", GOAL], ["取り組み", PLAN], ["実績", DONE], ["達成状況", "◎"]]
HEAD: Line = [Box(f"(1) {NAME}", across=2)]


# --- the same report in any drawing -------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), styles())
def test_any_drawing_reads_as_the_same_report(report: Report, style: Style) -> None:
    _assert_same(report, style)


@settings(max_examples=1, deadline=None)
@given(reports(least=2))
def test_each_choice_of_a_drawing(report: Report) -> None:
    for name, choices in CHOICES.items():
        for choice in choices:
            _assert_same(report, settled(replace(Style(), **{name: choice})))


def _assert_same(report: Report, style: Style) -> None:
    found = read_blocks(source(blocks_of(report, style)), profile()).report
    assert plain(found) == plain(report)
    assert (found.department, found.fiscal_year) == (report.department, report.fiscal_year)
    assert (found.divisions, found.legend) == (report.divisions, report.legend)
    assert [remark for remark in found.remarks if remark.kind != "lenient"] == []


@settings(max_examples=20, deadline=None)
@given(reports(), styles())
def test_every_field_has_its_place_in_a_cell_or_paragraph(report: Report, style: Style) -> None:
    found = read_blocks(source(blocks_of(report, style)), profile())
    for item in found.report.items:
        for name in ("title", "goal", "initiative", "result", "mark"):
            at = found.places.locate(Spot(item.index, name))
            if getattr(item, name):
                assert at.cell or at.line


@pytest.mark.skipif(not _REAL.exists(), reason="the published report is not here")
@pytest.mark.parametrize("container", CHOICES["container"])
@pytest.mark.parametrize("fields", CHOICES["fields"])
def test_real_report_as_tables(container: str, fields: str) -> None:
    report = read_text(_REAL.read_text(encoding="utf-8")).report
    style = Style(container=container, fields=fields, amounts="cell", mark="long label")
    found = read_blocks(source(blocks_of(report, style)), profile()).report
    assert [told(item) for item in found.items] == [told(item) for item in report.items]
    assert [len(item.amounts) for item in found.items] == [len(item.amounts) for item in report.items]


# --- headings of items --------------------------------------------------------------------------

_HEADINGS: dict[str, list[Line]] = {
    "merged": [HEAD],
    "over two lines": [[Box("(1) 防災倉庫の\n整備", across=2)]],
    "number on its own line": [[Box(f"(1)\n{NAME}", across=2)]],
    "number and title": [["(1)", NAME]],
    "bare number": [["1", NAME]],
    "item": [["項目", f"(1) {NAME}"]],
    "item with a stop": [["項　目　名", f"1. {NAME}"]],
    "names": [["番号", "1"], ["事業名", NAME]],
    "names in one row": [[Box("番号"), "1", "施策・事業名", NAME]],
    "number below": [["事業の名称", NAME], ["事業番号", "1"]],
    "section's own title": [["重点施策・事業", f"(1) {NAME}"]],
    "label of the plan": [["取り組み", f"(1) {NAME}"]],
    "caption above": [["項目", "内容"], ["事業名", f"(1) {NAME}"]],
}


@pytest.mark.parametrize("name", _HEADINGS)
def test_heading_of_an_item(name: str) -> None:
    rows = ROWS if name != "label of the plan" else [ROWS[0], ["具体的な取り組み", PLAN], *ROWS[2:]]
    first, second = items([*_HEADINGS[name], *rows], [[Box("(2) 見守り", across=2)], *ROWS])
    expected = WHOLE if name != "label of the plan" else (*WHOLE[:3], None, *WHOLE[4:])
    assert told(first) == expected
    assert (second.number, second.title) == ("2", "見守り")


def test_heading_beside_all_rows() -> None:
    rows: list[Line] = [
        [Box(f"(1) {NAME}", down=4), *ROWS[0]],
        *ROWS[1:],
        [Box("(2) 見守り", down=4), *ROWS[0]],
    ]
    assert [told(item) for item in items([*rows, *ROWS[1:]])] == [WHOLE, ("2", "見守り", *WHOLE[2:])]


def test_title_and_groups_of_labels_beside_the_rows() -> None:
    (item,) = items(
        [
            [Box(NAME, down=4), Box("計画", down=2), *ROWS[0]],
            ["取組内容", PLAN],
            [Box("実績", down=2), "取組実績", DONE],
            ["達成状況", "◎"],
        ]
    )
    assert told(item) == (None, *WHOLE[1:])


def test_mark_stands_beside_the_heading() -> None:
    first, second = items([[f"(1) {NAME}", "◎"], *ROWS[:3]], [["(2) 見守り", "【 ○ 】"], *ROWS[:3]])
    assert told(first) == WHOLE
    assert (second.title, second.mark) == ("見守り", "○")


def test_mark_stands_above_the_fields() -> None:
    top: list[Line] = [["(1)", NAME, "達成状況", "◎"]]
    top += [[label, Box(str(text), across=3)] for label, text in ROWS[:3]]
    assert told(items(top)[0]) == WHOLE


def test_section_named_above_each_item() -> None:
    def form(section: str, *rows: Line) -> list[Line]:
        return [["区分", section], ["担当課", "窓口課"], *rows]

    first, second = read(
        TITLE,
        form("重点施策・事業", ["事業名", f"(1) {NAME}"], *ROWS),
        form("業務改善のテーマ・目標", ["テーマ", "会議の電子化"], ["取り組み内容・目標", GOAL], *ROWS[2:]),
    ).report.items
    assert (first.section, first.kind, told(first)) == (1, "priority", WHOLE)
    assert (second.section, second.kind, second.title) == (2, "improvement", "会議の電子化")
    assert second.group == "業務改善のテーマ・目標"
    assert {first.division, second.division} == {"窓口課"}


def test_section_beside_its_items() -> None:
    report = read(TITLE, [[Box(SECTION, down=4), Box(f"(1) {NAME}", down=4), *ROWS[0]], *ROWS[1:]]).report
    assert [(item.section, told(item)) for item in report.items] == [(1, WHOLE)]


def test_sheet_is_named_like_a_section() -> None:
    blocks = table(1, [[TITLE], HEAD, *ROWS], "1. 重点施策・事業")
    blocks += table(
        2, [["テーマ", "会議の電子化"], ["取り組み内容・目標", GOAL], *ROWS[2:]], "業務改善のテーマ・目標"
    )
    first, second = read_blocks(source(blocks, "報告.xlsx"), profile()).report.items
    assert (first.section, second.section, second.kind) == (1, 2, "improvement")
    assert second.group == "業務改善のテーマ・目標"


def test_letters_of_a_label_stand_in_cells_of_their_own() -> None:
    down: list[Line] = [["実", "防災倉庫を3か所に設置しました。"], ["績", "また、訓練を行いました。"]]
    aside: list[Line] = [["目", "標", GOAL], ["取", "組", PLAN]]
    (item,) = items([[Box(f"(1) {NAME}", across=3)], *aside, *down, [Box("達成状況", across=2), "◎"]])
    assert told(item) == WHOLE


# --- reform, themes, bullets --------------------------------------------------------------------


def _in_section(heading: str, *parts: str | Sequence[Line]) -> tuple[Item, ...]:
    return read(TITLE, heading, *parts).report.items


_KINDS: dict[str, list[str | list[Line]]] = {
    "header": [[["改革課題", "取り組み内容・目標"], ["18-1. 電子自治体の推進\n（図書館）", GOAL], *ROWS[2:]]],
    "header in other words": [
        [["改革課題", "取組内容・目標"], ["18-1. 電子自治体の推進（図書館）", GOAL], *ROWS[2:]]
    ],
    "header with the division": [
        [
            ["改革課題", "取り組み内容・目標", "担当課"],
            ["18-1. 電子自治体の推進（図書館）", GOAL, "図書館"],
            *ROWS[2:],
        ]
    ],
    "label of the kind": [
        [["改革課題", "18-1. 電子自治体の推進（図書館）"], ["取り組み内容・目標", GOAL], *ROWS[2:]]
    ],
    "number in a cell": [[["18-1", "電子自治体の推進（図書館）"], ["取り組み内容・目標", GOAL], *ROWS[2:]]],
    "merged": [[[Box("18-1. 電子自治体の推進（図書館）", across=2)], ["取組内容", GOAL], *ROWS[2:]]],
    "kind in the heading": [
        "改革課題　18-1. 電子自治体の推進（図書館）",
        [["取り組み内容・目標", GOAL], *ROWS[2:]],
    ],
    "without a table": [
        "改革課題：18-1. 電子自治体の推進（図書館）",
        [["取り組み内容・目標", GOAL], *ROWS[2:]],
    ],
}


@pytest.mark.parametrize("name", _KINDS)
def test_item_of_the_reform_plan(name: str) -> None:
    (item,) = _in_section("2. 行政改革・業務改善", "◆新行政改革実施プランの改革課題", *_KINDS[name])
    assert (item.kind, item.number, item.title) == ("reform", "18-1", "電子自治体の推進（図書館）")
    assert (item.goal, item.initiative, item.result, item.mark) == (GOAL, None, DONE, "◎")


def test_text_of_a_table_goes_on_in_the_next_row() -> None:
    rows: list[Line] = [["テーマ", "取り組み内容・目標"], ["会議の電子化", GOAL], [None, PLAN], *ROWS[2:]]
    (item,) = _in_section("2. 行政改革・業務改善", "◆業務改善のテーマ・目標", rows)
    assert (item.goal, item.result) == (f"{GOAL}\n{PLAN}", DONE)


@pytest.mark.parametrize("label", ["取り組み", "項目", "目標"])
def test_bullet_stands_beside_a_label(label: str) -> None:
    first, second = _in_section(
        "3. 予算編成・執行",
        [[label, f"◆{PLAN}"], *ROWS[2:]],
        [[label, "リース契約を見直します。"], ["実績", DONE], ["達成状況", "○"]],
    )
    assert (first.kind, first.title, first.initiative, first.result) == ("bullet", PLAN, None, DONE)
    assert (second.title, second.mark) == ("リース契約を見直します。", "○")


def test_bullet_with_its_statement() -> None:
    first, second, third = _in_section(
        "5. 広報・情報発信",
        [["取り組み", f"◆広報紙の充実\n{PLAN}"], *ROWS[2:]],
        [["項目", "◆動画の配信"], ["取り組み", PLAN], *ROWS[2:]],
        [[Box("◆市民の声", across=2)], [Box(PLAN, across=2)], *ROWS[2:]],
    )
    assert [item.title for item in (first, second, third)] == ["広報紙の充実", "動画の配信", "市民の声"]
    assert {(item.initiative, item.result, item.mark) for item in (first, second, third)} == {
        (PLAN, DONE, "◎")
    }


# --- labels and fields --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label", ["実績", "実　績", "【実績】", "＜実績＞", "①実績", "実績：", "実\n績", "■ 実績"]
)
def test_label_of_a_field(label: str) -> None:
    assert told(items([HEAD, *ROWS[:2], [label, DONE], ROWS[3]])[0]) == WHOLE


@pytest.mark.parametrize(
    "words",
    [
        ("目的", "取組内容", "成果"),
        ("ねらい", "実施計画", "実施結果"),
        ("年度目標", "主な取組", "実績・成果"),
    ],
)
def test_labels_of_other_offices(words: tuple[str, str, str]) -> None:
    rows = [[word, text] for word, (_, text) in zip(words, ROWS, strict=False)]
    assert told(items([HEAD, *rows, ["評価", "◎"]])[0]) == WHOLE


def test_own_label_goes_before_a_usual_one() -> None:
    (item,) = items([HEAD, *ROWS[:3], ["成果", "訓練に120人が参加しました。"], ROWS[3]])
    assert told(item) == WHOLE
    assert item.extra == (("成果", "訓練に120人が参加しました。"),)


def test_text_below_its_label() -> None:
    rows: list[Line] = [[Box(str(cell), across=2)] for label, text in ROWS[:3] for cell in (label, text)]
    assert told(items([HEAD, *rows, ROWS[3]])[0]) == WHOLE


def test_fields_side_by_side() -> None:
    heads: Line = ["目標", "取り組み", "実績", "達成状況"]
    first, second = items(
        f"(1) {NAME}", [heads, [GOAL, PLAN, DONE, "◎"]], "(2) 見守り", [heads, [GOAL, PLAN, DONE, "○"]]
    )
    assert (told(first), second.mark) == (WHOLE, "○")


def test_text_goes_on_beside_a_merged_label_and_on_the_next_page() -> None:
    rows: list[Line] = [
        HEAD,
        *ROWS[:2],
        [Box("実績", down=2), "防災倉庫を3か所に設置しました。"],
        ["(1) 東側"],
    ]
    (item,) = items(rows, [[None, "(2) 西側"], ["達成状況", "◎"]])
    assert (item.result, item.mark) == ("防災倉庫を3か所に設置しました。\n(1) 東側\n(2) 西側", "◎")


def test_signs_lead_texts_in_cells_of_their_own() -> None:
    rows: list[Line] = [[Box("取り組み", down=2), "①", PLAN], ["②", "訓練を行います。"]]
    (item,) = items([HEAD, ["目標", Box(GOAL, across=2)], *rows, *ROWS[2:]])
    assert item.initiative == f"①　{PLAN}\n②　訓練を行います。"


def test_lists_and_labels_in_a_text_are_its_text() -> None:
    text = "次のとおりです。\n(1) 東側\n◆西側\n実績：20件\n1. 重点施策・事業\n目標 3か所"
    assert items([HEAD, *ROWS[:2], ["実績", text], ROWS[3]])[0].result == text


def test_amount_and_mark_in_a_text_are_no_text() -> None:
    text = f"{DONE}\n平成29年度決算：462千円\n取り組みに対する達成状況\n【 ◎ 】"
    (item,) = items([HEAD, *ROWS[:2], ["実績", text]])
    assert told(item) == WHOLE
    assert [(amount.stage, amount.value) for amount in item.amounts] == [("settlement", 462)]


def test_heading_holds_though_mark_and_goal_beside_it_are_missing() -> None:
    first, second = items([HEAD, *ROWS[:3]], [[Box("(2) 見守り", across=2)], *ROWS[1:]])
    assert told(first) == (*WHOLE[:5], None)
    assert told(second) == ("2", "見守り", None, *WHOLE[3:])


def test_blank_cells_are_empty_fields() -> None:
    (item,) = items([HEAD, ["目標", None], ROWS[1], ["実績", None], ["達成状況", None]])
    assert told(item) == ("1", NAME, "", PLAN, "", "")


def test_field_that_stands_twice_is_noted() -> None:
    report = read(TITLE, SECTION, [HEAD, *ROWS[:3], ["実績", "別の実績です。"], ROWS[3]]).report
    assert told(report.items[0]) == WHOLE
    assert [(each.kind, each.text) for each in report.remarks if each.kind == "repeated"] == [
        ("repeated", "実績\n別の実績です。")
    ]


def test_goal_and_plan_under_one_label() -> None:
    joint = read(TITLE, SECTION, [HEAD, ["目標・取り組み", f"{GOAL}\n{PLAN}"], *ROWS[2:]])
    split = read(TITLE, SECTION, [HEAD, ["目標・取り組み", f"目標：{GOAL}\n取り組み：{PLAN}"], *ROWS[2:]])
    assert (joint.report.items[0].goal, joint.report.items[0].initiative) == (f"{GOAL}\n{PLAN}", None)
    assert [(each.field, each.read_as) for each in joint.report.remarks if each.kind == "no-column"] == [
        ("initiative", "目標・取り組み")
    ]
    assert told(split.report.items[0]) == WHOLE


def test_results_of_other_years_are_kept_apart() -> None:
    rows: list[Line] = [
        ["平成28年度実績", "倉庫を1か所に設置しました。"],
        ["平成29年度実績", DONE],
        ["達成状況", "◎"],
        ["次年度の取り組み", "4か所目を設置します。"],
    ]
    (item,) = items([HEAD, *ROWS[:2], *rows])
    assert told(item) == WHOLE
    assert [heading for heading, _ in item.extra] == ["平成28年度実績", "次年度の取り組み"]


def test_label_of_another_year_alone_is_a_slip() -> None:
    report = read(TITLE, SECTION, [HEAD, *ROWS[:2], ["平成28年度の実績", DONE], ROWS[3]]).report
    assert told(report.items[0]) == WHOLE
    assert "平成29年度の実績" in {remark.read_as for remark in report.remarks if remark.kind == "lenient"}


# --- figures within a text ----------------------------------------------------------------------

_FIGURES: list[Line] = [["年度", "件数"], ["平成28年度", "10件"], ["平成29年度", "12件"]]
_TARGETS: list[Line] = [["指標", "目標", "実績"], ["設置数", "3か所", "3か所"], ["参加者", "100人", "120人"]]


@pytest.mark.parametrize("figures", [_FIGURES, _TARGETS])
def test_table_of_figures_within_a_result_is_its_text(figures: list[Line]) -> None:
    beside = [HEAD, *ROWS[:2], [Box("実績", down=1 + len(figures)), Box(DONE, across=3)], *figures, ROWS[3]]
    between = (f"(1) {NAME}", ROWS[:3], figures, "取り組みに対する達成状況 【 ◎ 】")
    lines = "\n".join("　".join(map(str, row)) for row in figures)
    for parts in ((beside,), between):
        (item,) = items(*parts)
        assert told(item) == (*WHOLE[:4], f"{DONE}\n{lines}", "◎")
        assert item.extra == ()


def test_table_within_a_cell() -> None:
    """As Word files have it: its rows come between those of the table around it."""
    outer = table(1, [HEAD, *ROWS[:3]])
    blocks = [
        *document(TITLE, SECTION),
        *outer,
        *table(2, _TARGETS),
        *table(1, [[None, "以上です。"], ROWS[3]]),
    ]
    (item,) = read_blocks(source(blocks), profile()).report.items
    lines = "\n".join("　".join(map(str, row)) for row in _TARGETS)
    assert told(item) == (*WHOLE[:4], f"{DONE}\n{lines}\n以上です。", "◎")


def test_amounts_of_several_years_are_figures() -> None:
    amounts: list[Line] = [
        ["年度", "予算額", "決算額"],
        ["28", "480千円", "460千円"],
        ["29", "490千円", "462千円"],
    ]
    (item,) = items([HEAD, *ROWS[:3], *amounts, ROWS[3]])
    assert item.amounts == ()
    assert item.result == f"{DONE}\n年度　予算額　決算額\n28　480千円　460千円\n29　490千円　462千円"


# --- amounts ------------------------------------------------------------------------------------

_AMOUNTS: dict[str, list[Line]] = {
    "labels": [["当初予算", "490千円"], ["決算", "462千円"]],
    "unit in its own cell": [["当初予算", "490", "千円"], ["決算", "462", "千円"]],
    "all in one row": [["当初予算", "490", "千円", "決算", "462", "千円"]],
    "unit in the label": [["当初予算（千円）", "490"], ["決算（単位：千円）", "462"]],
    "unit in a line above": [[None, "（単位：千円）"], ["当初予算", "490"], ["決算", "462"]],
    "unit of both": [["事業費（千円）", "当初予算", "490", "決算", "462"]],
    "below a word for both": [[Box("事業費", down=2), "当初予算", "490千円"], ["決算", "462千円"]],
    "unit with that word": [[Box("事業費（千円）", down=2), "当初予算", "490"], ["決算", "462"]],
    "word that is an amount": [["予算", "当初予算（千円）", "490", "決算（千円）", "462"]],
    "header": [["当初予算", "決算"], ["490千円", "462千円"]],
    "header with a unit": [["金額（千円）", "当初予算", "決算"], [None, "490", "462"]],
    "note for the stage": [["予算額（当初）", "490千円"], ["決算額", "462千円"]],
    "lines in a cell": [["予算・決算", "当初予算：490千円\n決算：462千円"]],
    "one line in a cell": [["予算", "当初予算：490千円　決算：462千円"]],
    "line over all columns": [[Box("当初予算：490千円", across=2)], [Box("決算：462千円", across=2)]],
}


@pytest.mark.parametrize("name", _AMOUNTS)
def test_amounts(name: str) -> None:
    (item,) = items([HEAD, *ROWS[:3], *_AMOUNTS[name], ROWS[3]])
    found = [(amount.stage, amount.value, amount.unit) for amount in item.amounts]
    assert found == [("initial_budget", 490, "千円"), ("settlement", 462, "千円")]
    assert told(item) == WHOLE


@pytest.mark.parametrize(
    "rows",
    [
        [["平成29年度当初予算", "490千円"], ["平成29年度決算", "462千円"]],
        [
            [Box("平成29年度", across=2), "執行率", "達成状況"],
            ["当初予算", "決算"],
            ["490千円", "462千円", "94%", "◎"],
        ],
        [[None, "当初予算", "決算"], ["平成29年度", "490千円", "462千円"]],
    ],
)
def test_year_of_amounts(rows: list[Line]) -> None:
    (item,) = items([HEAD, *ROWS[:3], *rows])
    assert [(amount.label, amount.fiscal_year) for amount in item.amounts] == [
        ("平成29年度当初予算", 2017), ("平成29年度決算", 2017)
    ]  # fmt: skip
    assert [amount.field for amount in item.amounts] == ["initiative", "result"]


def test_amount_with_a_note_and_amounts_that_are_none() -> None:
    rows: list[Line] = [
        ["当初予算", "－"],
        ["補正予算", None],
        ["決算", "462千円\n（補正予算等の対応あり）"],
        ["予算現額", "既決予算の範囲内で対応するため、新たな措置はありません。"],
    ]
    (item,) = items([HEAD, *ROWS[:3], *rows, ROWS[3]])
    assert [(amount.stage, amount.value, amount.text) for amount in item.amounts] == [
        ("initial_budget", None, "－"), ("settlement", 462, "462千円")
    ]  # fmt: skip
    assert item.amounts[1].note == "補正予算等の対応あり"
    assert item.extra == (("予算現額", "既決予算の範囲内で対応するため、新たな措置はありません。"),)


# --- marks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "cell", "mark"),
    [
        ("達成状況", "◎", "◎"),
        ("達成状況", "【 ◎ 】", "◎"),
        ("取り組みに\n対する\n達成状況", "○", "○"),
        ("取組みに対する達成状況", "［△］", "△"),
        ("達成状況\n（◎・○・△・×）", "○", "○"),
        ("達成度", "×", "×"),
        ("達成状況", "◎・○・△・×", "◎・○・△・×"),
        ("達成状況", "〇", "〇"),
        ("達成状況", "おおむね達成", "おおむね達成"),
        ("達成状況", None, ""),
    ],
)
def test_mark_in_a_cell(label: str, cell: str | None, mark: str) -> None:
    report = read(TITLE, SECTION, [HEAD, *ROWS[:3], [label, cell], ["備考", "なし"]]).report
    assert report.items[0].mark == mark
    assert {remark.read_as for remark in report.remarks if remark.kind == "lenient"} <= {
        "取り組みに対する達成状況"
    }


def test_what_is_said_beside_a_mark_is_kept() -> None:
    (item,) = items([HEAD, *ROWS[:3], ["達成状況", "○　一部の地区で遅れました。"]])
    assert (item.mark, item.extra) == ("○", (("達成状況", "一部の地区で遅れました。"),))


# --- what the form does not have ----------------------------------------------------------------


def test_other_labels_are_kept_with_their_item() -> None:
    rows: list[Line] = [
        ["担当課", "危機管理課", "事業期間", "平成28年度から"],
        *([label, Box(str(text), across=3)] for label, text in ROWS[:3]),
        ["執行率", "94.3%", "達成状況", "◎"],
        [
            "取り組みを通じて得られた課題や今後の方向性",
            Box("担い手が足りないため、地域の団体と話し合います。", across=3),
        ],
        ["備考", Box(None or "", across=3)],
    ]
    report = read(TITLE, SECTION, [[Box(f"(1) {NAME}", across=4)], *rows]).report
    (item,) = report.items
    assert told(item) == WHOLE
    assert item.division == "危機管理課"
    assert dict(item.extra) == {
        "事業期間": "平成28年度から",
        "執行率": "94.3%",
        "取り組みを通じて得られた課題や今後の方向性": "担い手が足りないため、地域の団体と話し合います。",
    }
    assert "unread" not in {remark.kind for remark in report.remarks}


def test_what_stands_above_the_heading_belongs_to_the_item_below() -> None:
    def form(division: str, title: str) -> list[Line]:
        return [["担当部署", division], ["事業期間", "平成28年度から"], ["事業名", title], *ROWS]

    found = read(TITLE, SECTION, form("危機管理課", NAME), form("福祉課", "見守り")).report
    one_sheet = [
        [TITLE],
        ["作成日", "平成30年5月1日"],
        *form("危機管理課", NAME),
        [],
        *form("福祉課", "見守り"),
    ]
    for report in (found, read(one_sheet, sheet="様式").report):
        assert [(item.division, item.title) for item in report.items] == [
            ("危機管理課", NAME),
            ("福祉課", "見守り"),
        ]
        assert {item.extra for item in report.items} == {(("事業期間", "平成28年度から"),)}


# --- above the items ----------------------------------------------------------------------------

_FRONTS: dict[str, list[Line]] = {
    "title in two cells": [["平成29年度", "市民部の取り組み実績"], ["部の構成", "総務課、窓口課"]],
    "title in three cells": [["平成29年度", "市民部", "取り組み実績"], ["＜部の構成＞", "総務課、窓口課"]],
    "pairs": [["平成29年度　取り組み実績"], ["部", "市民部"], ["部の構成", "総務課\n窓口課"]],
    "pairs in one row": [
        ["取り組み実績"],
        ["年度", "平成29年度", "部名", "市民部"],
        ["課", "総務課、窓口課"],
    ],
    "year without its word": [
        ["取り組み実績"],
        ["年度", "平成29"],
        ["部局名", "市民部"],
        ["部の構成", "総務課、窓口課"],
    ],
}


def test_one_division_above_the_items() -> None:
    front: list[Line] = [[TITLE], ["部", "市民部", "課", "窓口課"], ["担当", "山田"]]
    report = read(front, SECTION, [HEAD, *ROWS]).report
    assert report.divisions == ("窓口課",)
    assert [remark.text for remark in report.remarks if remark.kind == "unread"] == ["担当　山田"]


@pytest.mark.parametrize("name", _FRONTS)
def test_front(name: str) -> None:
    report = read(_FRONTS[name], SECTION, [HEAD, *ROWS]).report
    assert (report.department, report.fiscal_year, report.divisions) == ("市民部", 2017, ("総務課", "窓口課"))
    assert "unread" not in {remark.kind for remark in report.remarks}


def test_front_that_contradicts_the_title_is_noted() -> None:
    report = read([[TITLE], ["部", "環境部"], ["年度", "平成28年度"]], SECTION, [HEAD, *ROWS]).report
    assert (report.department, report.fiscal_year) == ("市民部", 2017)
    assert [remark.text for remark in report.remarks if remark.kind == "unread"] == ["環境部", "平成28年度"]


def test_head_that_comes_again_on_each_sheet_is_nothing_new() -> None:
    def sheet(number: int, title: str) -> list[Block]:
        head: list[Line] = [["平成29年度", "市民部の取り組み実績"], ["部", "市民部"], ["年度", "平成29年度"]]
        return table(
            number, [*head, [SECTION], [Box(f"({number}) {title}", across=2)], *ROWS], f"様式{number}"
        )

    report = read_blocks(source(sheet(1, NAME) + sheet(2, "見守り"), "報告.xlsx"), profile()).report
    assert [told(item) for item in report.items] == [WHOLE, ("2", "見守り", *WHOLE[2:])]
    assert [remark.read_as for remark in report.remarks if remark.text == TITLE] == ["ページごとの表題"]
    assert "unread" not in {remark.kind for remark in report.remarks}


def test_legend_in_a_table() -> None:
    legend: list[Line] = [["記号", "説明"], ["◎", "計画どおり達成した"], ["○", "おおむね達成した"]]
    report = read(TITLE, legend, SECTION, [HEAD, *ROWS]).report
    assert report.legend == "◎：計画どおり達成した\n○：おおむね達成した"


# --- forms of other years -----------------------------------------------------------------------


def _of_year(name: str, *parts: str | Sequence[Line]) -> tuple[Item, ...]:
    blocks = source(document(*parts))
    form = forms.Chooser().choose(blocks)
    assert form.profile.name == name
    return read_blocks(blocks, profiles.load(name)).report.items


def test_form_without_marks() -> None:
    first, second = _of_year(
        "hirakata-r2", "令和3年度市民部の取り組み実績", SECTION,
        [HEAD, ["具体的な取り組み", PLAN], ["実績", DONE]],
        [[Box("(2) 見守り", across=2)], ["具体的な取り組み", PLAN], ["実績", DONE]],
    )  # fmt: skip
    assert (first.title, first.initiative, first.result) == (NAME, PLAN, DONE)
    assert (second.number, second.result) == ("2", DONE)


def test_parts_that_are_no_items() -> None:
    found = _of_year(
        "hirakata-h30-plan", "平成30年度市民部の運営方針",
        [["担当事務", "戸籍に関すること。"], ["部の職員数", "正職員　120名"]],
        "2. 重点施策・事業", [HEAD, *ROWS[:2]],
    )  # fmt: skip
    assert [(item.kind, item.title) for item in found] == [
        ("statement", "担当事務"), ("statement", "部の職員数"), ("priority", NAME)
    ]  # fmt: skip
    assert found[0].initiative == "戸籍に関すること。"


def test_two_columns_of_a_page_as_a_table() -> None:
    found = _of_year(
        "hirakata-h27", "平成27年度", "市民部の取り組み実績", "Ⅰ 重点施策・事業",
        [[Box("◆窓口の改善", across=2)], [PLAN, f"実績\n・{DONE}"]],
        [[f"◆見守り\n{PLAN}", f"実績\n・{DONE}"]],
    )  # fmt: skip
    assert [item.title for item in found] == ["窓口の改善", "見守り"]
    assert {(item.initiative, item.result) for item in found} == {(PLAN, f"・{DONE}")}
