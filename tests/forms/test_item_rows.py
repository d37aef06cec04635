"""One item a row: a report laid out as a list reads as the same report, however the list is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check import forms
from jisseki_check.forms.list_columns import letters
from jisseki_check.model import Amount, Block, Item, Location, Remark, Report, Spot, Unreadable
from tests.edits import profile
from tests.forms.sheets import paragraph, read, sheet, source
from tests.strategies import reports

TITLE = [
    ["平成29年度福祉部の取り組み実績"],
    ["部の構成：福祉課、介護課"],
    ["※ ◎：計画どおり達成　○：おおむね達成"],
]
HEAD = ["番号", "項目名", "目標", "取り組み", "実績", "達成状況"]
GOAL, PLAN = "安心して暮らせるようにします。", "見守りの訪問を年3回行います。"
RESULT = "見守りの訪問を平成29年10月までに3回行いました。"


def _row(number: object = 1, title: str = "見守りの充実", **cells: object) -> list[Any]:
    usual = {"goal": GOAL, "plan": PLAN, "result": RESULT, "mark": "◎"} | cells
    return [number, title, *usual.values()]


def _items(*rows: list[Any], head: list[Any] | None = None, merged: tuple[str, ...] = ()) -> list[Item]:
    return list(read(sheet([*TITLE, head or HEAD, *rows], merged)).report.items)


def _kinds(report: Report) -> set[str]:
    return {remark.kind for remark in report.remarks}


# --- the same report ----------------------------------------------------------------------------

_STAGES = {"initial_budget": ("予算", "当初"), "settlement": ("決算", "決算額")}
_PLAIN = {"initial_budget": "当初予算額", "settlement": "決算額"}


@dataclass(frozen=True, repr=False)
class _Made:
    """A report, and the blocks of a list that holds it; too long to be shown."""

    report: Report
    blocks: list[Block]


@st.composite
def _lists(draw: st.DrawFn) -> _Made:
    report = draw(reports())
    unit_at = draw(st.sampled_from(["heading", "line", "cell"]))
    if unit_at != "cell":
        report = _in_thousands(report)
    two_rows, bare = draw(st.booleans()), draw(st.booleans())
    sections = draw(st.sampled_from(["column", "rows"]))
    with_number = draw(st.booleans())
    columns: dict[tuple[str, str], list[object]] = {}
    if sections == "column":
        columns["節", ""] = [f"{item.section}. {item.section_title}" for item in report.items]
        columns["小区分", ""] = [item.group or "" for item in report.items]
    if with_number:
        columns["番号", ""] = [item.number or "" for item in report.items]
    columns["項目名", ""] = [_titled(item, with_number) for item in report.items]
    over = "計画" if two_rows else ""
    columns[over, "目標"] = [item.goal or "" for item in report.items]
    columns[over, "取り組み"] = [item.initiative or "" for item in report.items]
    columns["実績", ""] = [item.result for item in report.items]
    columns["達成状況", ""] = [item.mark if bare else f"【 {item.mark} 】" for item in report.items]
    for stage in _STAGES:
        upper, name = _STAGES[stage] if two_rows else ("", _PLAIN[stage])
        unit = "（千円）" if unit_at == "heading" else ""
        key = (f"{upper}{unit}", name) if two_rows else ("", f"{name}{unit}")
        columns[key] = [_amount(item, stage, unit_at == "cell") for item in report.items]
    for name in draw(st.lists(st.sampled_from(["備考", "整理コード", "関係団体"]), unique=True)):
        columns[name, ""] = [f"{name}{item.index}" for item in report.items]
    order = draw(st.permutations(list(columns)))
    # What stands under one heading stands together.
    uppers = [upper for upper, _ in order]
    order = sorted(order, key=lambda key: uppers.index(key[0]) if key[0] else order.index(key))
    width = len(order)
    above = [[line] for line in _front(report)]
    if unit_at == "line":
        above.append(["（単位：千円）"])
    blank = draw(st.integers(0, 2))
    rows: list[list[Any]] = [*above, *_heads(order, two_rows)]
    merged = _merged_heads(order, len(above), blank) if two_rows and draw(st.booleans()) else []
    place: tuple[object, object] = (None, None)
    for at, item in enumerate(report.items):
        if sections == "rows" and (item.section, item.group) != place:
            above_it = [f"{item.section}. {item.section_title}"] if item.section != place[0] else []
            for heading in [*above_it, *([f"◆{item.group}"] if item.group else [])]:
                rows.append([heading])
                merged.append(f"{letters(blank)}{len(rows)}:{letters(blank + width - 1)}{len(rows)}")
            place = item.section, item.group
        rows.append([columns[key][at] for key in order])
    rows = [[""] * blank + row for row in rows]
    blocks = sheet(rows, merged, name=draw(st.sampled_from(["一覧", None])))
    return _Made(_with_extras(report, columns, order), blocks)


def _in_thousands(report: Report) -> Report:
    items = (
        replace(item, amounts=tuple(replace(a, unit="千円") for a in item.amounts)) for item in report.items
    )
    return replace(report, items=tuple(items))


def _titled(item: Item, with_number: bool) -> str:
    if with_number or not item.number:
        return item.title or ""
    return f"({item.number}) {item.title}" if item.kind == "priority" else f"{item.number}. {item.title}"


def _amount(item: Item, stage: str, with_unit: bool) -> str:
    amount = next((each for each in item.amounts if each.stage == stage), None)
    if amount is None:
        return "－"
    note = f"（{amount.note}）" if amount.note else ""
    return f"{amount.value:,}{amount.unit if with_unit else ''}{note}"


def _front(report: Report) -> list[str]:
    return [report.title or "", f"<部の構成> {'、'.join(report.divisions or ())}", report.legend or ""]


def _heads(order: list[tuple[str, str]], two_rows: bool) -> list[list[object]]:
    if not two_rows:
        return [[upper or lower for upper, lower in order]]
    uppers = [upper for upper, _ in order]
    first: list[object] = [
        upper if at == 0 or uppers[at - 1] != upper else "" for at, upper in enumerate(uppers)
    ]
    return [first, [lower for _, lower in order]]


def _merged_heads(order: list[tuple[str, str]], above: int, blank: int) -> list[str]:
    """The cells of two rows of headings as merged ones: across, or down where there is one heading only."""
    merged = []
    for at, (upper, lower) in enumerate(order):
        name = letters(at + blank)
        if not lower:
            merged.append(f"{name}{above + 1}:{name}{above + 2}")
        elif at and order[at - 1][0] == upper:
            merged.append(f"{letters(at + blank - 1)}{above + 1}:{name}{above + 1}")
    return merged


def _with_extras(
    report: Report, columns: dict[tuple[str, str], list[object]], order: list[tuple[str, str]]
) -> Report:
    names = [key for key in order if key[0] in {"備考", "整理コード", "関係団体"}]
    items = (
        replace(item, extra=tuple((key[0], str(columns[key][at])) for key in names))
        for at, item in enumerate(report.items)
    )
    return replace(report, items=tuple(items))


def _plain(item: Item) -> Item:
    """An item without what a list does not print: the year in the labels of amounts."""
    amounts = (
        replace(amount, label="", fiscal_year=None, text="")
        for amount in sorted(item.amounts, key=lambda amount: amount.stage)
    )
    return replace(item, amounts=tuple(amounts))


@settings(max_examples=60, deadline=None)
@given(_lists())
def test_list_reads_as_the_report_that_it_holds(made: _Made) -> None:
    report, found = made.report, read(made.blocks).report
    assert [_plain(item) for item in found.items] == [_plain(item) for item in report.items]
    assert (found.title, found.department, found.fiscal_year, found.divisions, found.legend) == (
        report.title,
        report.department,
        report.fiscal_year,
        report.divisions,
        report.legend,
    )
    assert found.remarks == ()


# --- where items stand, and of what kind they are -----------------------------------------------


def test_section_once_in_a_merged_cell_or_with_blanks_below() -> None:
    head = ["節", *HEAD]
    rows = [
        ["1. 重点施策・事業", *_row(1)],
        ["", *_row(2, "道の補修")],
        ["5. 広報・情報発信", *_row("", "便り")],
    ]
    for merged in ((), ("A5:A6",)):
        items = _items(*rows, head=head, merged=merged)
        assert [(item.section, item.kind) for item in items] == [
            (1, "priority"),
            (1, "priority"),
            (5, "bullet"),
        ]


def test_words_of_every_item_are_not_carried_to_blank_cells() -> None:
    head = ["区分", *HEAD]
    group = "業務改善のテーマ・目標"
    rows = [[group, *_row("")], [group, *_row("", "二つ目")], ["", *_row(1)]]
    assert [item.section for item in _items(*rows, head=head)] == [2, 2, None]


@pytest.mark.parametrize(
    ("word", "section", "kind"),
    [
        ("重点施策", 1, "priority"), ("1", 1, "priority"), ("１．", 1, "priority"), ("Ⅰ", 1, "priority"),
        ("改革課題", 2, "reform"), ("テーマ", 2, "improvement"), ("業務改善", 2, "improvement"),
        ("予算編成", 3, "bullet"), ("広報", 5, "bullet"), ("第4節", 4, "bullet"),
    ],
)  # fmt: skip
def test_word_in_the_column_names_a_section(word: str, section: int, kind: str) -> None:
    (item,) = _items([word, *_row("17")], head=["区分", *HEAD])
    assert (item.section, item.kind) == (section, kind)


def test_words_that_the_form_does_not_know_are_groups_or_tell_of_each_item() -> None:
    grouped = [["子育て", *_row(1)], ["子育て", *_row(2, "二")], ["福祉", *_row(1, "三")]]
    assert [item.group for item in _items(*grouped, head=["分類", *HEAD])] == ["子育て", "子育て", "福祉"]
    told = [["新規", *_row(1)], ["継続", *_row(2, "二")], ["新規", *_row(3, "三")]]
    assert [item.extra for item in _items(*told, head=["区分", *HEAD])] == [
        (("区分", "新規"),), (("区分", "継続"),), (("区分", "新規"),)
    ]  # fmt: skip


def test_heading_that_the_form_does_not_have_is_a_group_and_is_said() -> None:
    document = read(
        sheet([*TITLE, HEAD, ["◆暮らしの安心"], _row(1), ["6. その他"], _row(1, "二")], ["A5:F5", "A7:F7"])
    )
    first, second = document.report.items
    assert (first.group, second.section, second.section_title) == ("暮らしの安心", 6, "その他")
    assert _kinds(document.report) == {"lenient", "no-column"}


def test_kind_without_sections_is_told_by_what_is_filled_in() -> None:
    rows = [
        _row(1),
        _row("17", "電子化", plan=""),
        _row("", "引継ぎの改善", plan=""),
        _row("", "◆超過勤務を縮減します。", goal="", plan=""),
        _row("", "", goal="", plan="研修を開きます。"),
        _row("", "便り", goal="", plan="毎月お知らせします。"),
    ]
    items = _items(*rows)
    assert [item.kind for item in items] == [
        "priority",
        "reform",
        "improvement",
        "bullet",
        "bullet",
        "bullet",
    ]
    assert [item.title for item in items[3:]] == ["超過勤務を縮減します。", "研修を開きます。", "便り"]
    assert [(item.goal, item.initiative) for item in items[1:]] == [
        (GOAL, None), (GOAL, None), (None, None), (None, None), (None, "毎月お知らせします。")
    ]  # fmt: skip


def test_sheet_that_is_named_like_a_section() -> None:
    blocks = sheet([*TITLE, HEAD, _row(1)], name="1. 重点施策・事業") + sheet(
        [HEAD, _row("", "便り")], name="5. 広報・情報発信", table=2
    )
    assert [item.section for item in read(blocks).report.items] == [1, 5]


# --- names and numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("(1)", "1"),
        ("１", "1"),
        ("No.3", "3"),
        ("4.", "4"),
        ("18-1", "18-1"),
        ("②", "②"),
        ("第8号", "8"),
        ("－", None),
    ],
)
def test_number_of_its_own_column(cell: str, number: str | None) -> None:
    assert _items(_row(cell))[0].number == number


@pytest.mark.parametrize(
    ("title", "number", "name"),
    [
        ("(3) 窓口の改善", "3", "窓口の改善"),
        ("３．窓口の改善", "3", "窓口の改善"),
        ("3　窓口の改善", "3", "窓口の改善"),
        ("18-1. 電子化", "18-1", "電子化"),
        ("◆便り", None, "便り"),
        ("70 周年の式典", None, "70 周年の式典"),
        ("3か所の整備", None, "3か所の整備"),
    ],
)
def test_number_in_the_cell_of_the_name(title: str, number: str | None, name: str) -> None:
    (item,) = _items(_row(0, title)[1:], head=HEAD[1:])
    assert (item.number, item.title) == (number, name)


def test_running_number_beside_the_number_of_the_plan_is_kept() -> None:
    (item,) = _items(["2", *_row("8", "17. 電子化", plan="")], head=["節", *HEAD])
    assert (item.number, item.extra) == ("17", (("番号", "8"),))


def test_number_that_cannot_be_read_is_kept() -> None:
    (item,) = _items(_row("1-(2)"))
    assert (item.number, item.extra) == (None, (("番号", "1-(2)"),))


# --- texts ---------------------------------------------------------------------------------------


def test_plan_in_one_column() -> None:
    head = ["節", "番号", "項目名", "取り組み内容・目標", "実績", "達成状況"]
    rows = [
        ["1", "1", "あ", f"【目標】{GOAL}\n【取り組み】{PLAN}", RESULT, "◎"],
        ["2", "17", "い", GOAL, RESULT, "◎"],
    ]
    first, second = _items(*rows, head=head)
    assert (first.goal, first.initiative) == (GOAL, PLAN)
    assert (second.kind, second.goal, second.initiative) == ("reform", GOAL, None)


def test_several_columns_of_one_field_are_joined_and_it_is_said() -> None:
    head = ["番号", "項目名", "目標1", "目標2", "取り組み", "実績", "達成状況", "実績"]
    document = read(sheet([*TITLE, head, [1, "あ", "一。", "二。", PLAN, RESULT, "◎", "三。"]]))
    (item,) = document.report.items
    assert (item.goal, item.result) == ("一。\n二。", f"{RESULT}\n三。")
    assert [r.read_as for r in document.report.remarks if r.kind == "lenient"] == [
        "目標1（2つの列をつなげたもの）",
        "実績（2つの列をつなげたもの）",
    ]


def test_blank_cell_is_an_empty_field_of_an_item_that_needs_it() -> None:
    document = read(sheet([*TITLE, HEAD, _row(1, result=""), _row(2, "", goal="－")]))
    first, second = document.report.items
    assert (first.result, second.title, second.goal) == ("", "", "")
    assert document.places.locate(Spot(1, "result")).cell == "E5"
    assert document.places.locate(Spot(2, "title")).cell == "B6"
    assert document.places.locate(Spot(2, "goal")).cell == "C6"


def test_item_on_several_rows() -> None:
    rows = [_row(1), ["", "", "", "案内を配ります。", "案内を配りました。", ""], _row(2, "二つ目")]
    for merged in ((), ("A5:A6", "B5:B6", "F5:F6")):
        first, second = _items(*rows, merged=merged)
        assert (first.initiative, first.result) == (
            f"{PLAN}\n案内を配ります。",
            f"{RESULT}\n案内を配りました。",
        )
        assert (first.mark, second.title) == ("◎", "二つ目")


def test_items_under_one_merged_name_are_items() -> None:
    rows = [_row(1), ["", "", "", "研修を開きます。", "研修を開きました。", "○"]]
    first, second = _items(*rows, merged=("A5:A6", "B5:B6", "C5:C6"))
    assert (second.title, second.goal, second.mark) == (first.title, first.goal, "○")


def test_text_merged_over_two_items_is_of_both() -> None:
    first, second = _items(_row(1), _row(2, "二つ目", result=""), merged=("E5:E6",))
    assert first.result == second.result == RESULT


def test_headings_one_below_the_other_as_the_rows_of_an_item() -> None:
    head = [
        ["番号", "項目名", "目標", "当初予算（千円）", "実績", "達成状況"],
        ["", "", "取り組み", "決算（千円）", "", ""],
    ]
    rows = [[1, "あ", GOAL, "490", RESULT, "◎"], ["", "", PLAN, "462", "", ""]]
    (item,) = read(sheet([*TITLE, *head, *rows])).report.items
    assert (item.goal, item.initiative) == (GOAL, PLAN)
    assert [(amount.stage, amount.value) for amount in item.amounts] == [
        ("initial_budget", 490),
        ("settlement", 462),
    ]


def test_amounts_and_mark_within_a_text_are_taken_out_as_in_a_form() -> None:
    plan, result = (
        f"{PLAN}\n平成29年度当初予算：490千円",
        f"{RESULT}\n平成29年度決算：462千円\n達成状況 【○】",
    )
    (item,) = _items(_row(1, plan=plan, result=result)[:-1], head=HEAD[:-1])
    assert (item.initiative, item.result, item.mark) == (PLAN, RESULT, "○")
    assert [amount.value for amount in item.amounts] == [490, 462]


def test_text_merged_over_goal_and_initiative() -> None:
    rows = [["1", *_row(1, plan="")], ["2", *_row(17, "電子化", plan="")]]
    first, second = _items(*rows, head=["節", *HEAD], merged=("D5:E5", "D6:E6"))
    assert (first.goal, first.initiative) == (GOAL, GOAL)
    assert (second.kind, second.goal, second.initiative) == ("reform", GOAL, None)


# --- marks and amounts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "mark", "extra"),
    [
        ("◎", "◎", ()), ("【 ○ 】", "○", ()), ("〇", "〇", ()), ("", "", ()), ("－", "－", ()),
        ("◎ ○", "◎ ○", ()),
        ("◎（計画どおり）", "◎", (("達成状況", "（計画どおり）"),)),
        ("◎\n計画どおり", "◎", (("達成状況", "計画どおり"),)),
        ("達成", "達成", ()),
    ],
)  # fmt: skip
def test_mark(cell: str, mark: str, extra: tuple[tuple[str, str], ...]) -> None:
    (item,) = _items(_row(1, mark=cell))
    assert (item.mark, item.extra) == (mark, extra)


def _amounts(cell: str, heading: str = "当初予算（千円）") -> tuple[Amount, ...]:
    return _items([*_row(1), cell], head=[*HEAD, heading])[0].amounts


@pytest.mark.parametrize(
    ("cell", "value", "unit", "note"),
    [
        ("490", 490, "千円", None),
        ("３，９１８", 3918, "千円", None),
        ("490,000円", 490000, "円", None),
        ("△5", -5, "千円", None),
        ("0", 0, "千円", None),
        ("490（補正予算等の対応あり）", 490, "千円", "補正予算等の対応あり"),
        ("490\n（うち補正 100）", 490, "千円", "うち補正 100"),
        ("3.918", None, "千円", None),
    ],
)
def test_amount(cell: str, value: int | None, unit: str, note: str | None) -> None:
    (amount,) = _amounts(cell)
    assert (amount.stage, amount.label, amount.field) == ("initial_budget", "当初予算", "initiative")
    assert (amount.value, amount.unit, amount.note) == (value, unit, note)


@pytest.mark.parametrize("cell", ["", "－", "―", "-", "なし"])
def test_no_amount(cell: str) -> None:
    assert _amounts(cell) == ()


def test_amounts_that_say_what_they_are() -> None:
    for heading in ("予算（千円）", "金額（千円）"):
        found = [(amount.stage, amount.value) for amount in _amounts("当初 490\n補正：110", heading)]
        assert found == [("initial_budget", 490), ("supplementary_budget", 110)]
    rows = [[*_row(1), "当初予算", "490"], ["", "", "", "", "", "", "決算", "462"]]
    (item,) = _items(*rows, head=[*HEAD, "区分", "金額（千円）"], merged=("A5:A6", "B5:B6"))
    assert [(amount.stage, amount.value) for amount in item.amounts] == [
        ("initial_budget", 490),
        ("settlement", 462),
    ]


def test_year_in_the_heading() -> None:
    (amount,) = _amounts("490", "平成29年度当初予算額（千円）")
    assert (amount.label, amount.fiscal_year) == ("平成29年度当初予算額", 2017)


def test_amounts_of_other_years_are_no_amounts_of_the_report() -> None:
    head = [*HEAD, "平成28年度決算（千円）", "平成29年度決算（千円）", "前年度当初予算"]
    (item,) = _items([*_row(1), "1", "2", "3"], head=head)
    assert [(amount.fiscal_year, amount.value) for amount in item.amounts] == [(2017, 2)]
    assert item.extra == (("平成28年度決算（千円）", "1"), ("前年度当初予算", "3"))


@pytest.mark.parametrize(
    ("above", "cells", "units"),
    [
        (["（単位：円）"], ("490", "462"), ["円", "円"]),
        (["※単位：百万円"], ("490", "462"), ["百万円", "百万円"]),
        ([], ("490", "462"), [None, None]),
        ([], ("490千円", "462"), ["千円", None]),
    ],
)
def test_unit_that_no_heading_gives(
    above: list[object], cells: tuple[str, str], units: list[str | None]
) -> None:
    rows = [*TITLE, above, [*HEAD, "当初予算", "決算"], [*_row(1), *cells]]
    report = read(sheet(rows)).report
    assert [amount.unit for amount in report.items[0].amounts] == units
    told = [(each.field, each.item, each.count) for each in report.remarks if each.kind == "no-unit"]
    stages = ("initial_budget", "settlement")
    assert told == [(stage, 1, 1) for stage, unit in zip(stages, units, strict=True) if unit is None]
    assert not any(remark.kind == "lenient" for remark in report.remarks)


def test_unit_that_is_missing_in_one_cell() -> None:
    rows = [[*_row(1), "490千円"], [*_row(2, "二"), "462"]]
    assert [item.amounts[0].unit for item in _items(*rows, head=[*HEAD, "当初予算"])] == ["千円", None]


# --- rows that are no items ----------------------------------------------------------------------


def test_sums_are_kept_with_the_items_that_they_add_up() -> None:
    head = [*HEAD, "決算（千円）"]
    rows = [[*_row(1), "5"], [*_row(2, "二"), "7"], ["", "小計", "", "", "", "", "12"], [*_row(3, "三"), "1"]]
    report = read(sheet([*TITLE, head, *rows, ["合計", "", "", "", "", "", "13"]], ["A9:B9"])).report
    assert len(report.items) == 3
    totals = [remark for remark in report.remarks if remark.kind == "total"]
    assert [(t.text, t.read_as, t.item, t.field, t.count) for t in totals] == [
        ("12", "小計", 1, "settlement", 2),
        ("13", "合計", 1, "settlement", 3),
    ]


def test_headings_that_come_again_are_no_item() -> None:
    assert [item.number for item in _items(_row(1), HEAD, _row(2, "二"))] == ["1", "2"]


@pytest.mark.parametrize(
    "second",
    [
        ["", "", "", "", "", "", "（千円）", "（千円）"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        ["(A)", "(B)", "(C)", "(D)", "(E)", "(F)", "(G)", "(H)"],
        ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"],
    ],
)
def test_second_row_of_headings_that_names_nothing(second: list[object]) -> None:
    head = [*HEAD, "当初予算", "決算"]
    items = read(sheet([*TITLE, ["（単位：千円）"], head, second, [*_row(1), "490", "462"]])).report.items
    assert [item.number for item in items] == ["1"]
    assert [(amount.value, amount.unit, amount.label) for amount in items[0].amounts] == [
        (490, "千円", "当初予算"),
        (462, "千円", "決算"),
    ]


def test_other_table_below_a_list() -> None:
    rows = [_row(1), [], _row(2, "二つ目"), [], ["課名", "職員数"], ["福祉課", "12"], ["以上"]]
    report = read(sheet([*TITLE, HEAD, *rows])).report
    assert [item.title for item in report.items] == ["見守りの充実", "二つ目"]
    assert [r.text for r in report.remarks if r.kind == "unread"] == ["課名", "職員数", "福祉課", "12"]


def test_section_that_says_that_it_has_no_item() -> None:
    rows = [
        ["1. 重点施策・事業"],
        _row(1),
        ["3. 予算編成・執行"],
        ["", "該当なし"],
        ["4. 組織運営・人材育成"],
        ["－", "なし"],
    ]
    report = read(sheet([*TITLE, HEAD, *rows])).report
    assert len(report.items) == 1
    assert [(r.kind, r.read_as) for r in report.remarks] == [
        ("section", "予算編成・執行"),
        ("section", "組織運営・人材育成"),
    ]


def test_second_list_with_other_headings_in_one_sheet() -> None:
    other = ["番号", "改革課題", "取り組み内容・目標", "実績", "達成状況"]
    rows = [
        ["1. 重点施策・事業"],
        HEAD,
        _row(1),
        ["2. 行政改革・業務改善"],
        other,
        ["17", "電子化", GOAL, RESULT, "◎"],
    ]
    items = read(sheet([*TITLE, *rows])).report.items
    assert [(item.kind, item.section, item.number) for item in items] == [
        ("priority", 1, "1"),
        ("reform", 2, "17"),
    ]


def test_rows_that_were_never_filled_in_and_examples() -> None:
    rows = [["例", "記入例です", GOAL, PLAN, RESULT, "◎"], _row(1), ["2"], ["3"]]
    report = read(sheet([*TITLE, HEAD, *rows])).report
    assert [item.title for item in report.items] == ["見守りの充実"]
    assert {remark.read_as for remark in report.remarks if remark.kind == "lenient"} == {
        "記入例",
        "記入のない行",
    }


def test_row_that_is_blank_between_items_is_an_item() -> None:
    assert [item.title for item in _items(_row(1), [2], _row(3, "三"))] == ["見守りの充実", "", "三"]


def test_notes_below_a_list_are_named() -> None:
    rows = [
        _row(1),
        [],
        ["※ △：一部を達成　×：未達成"],
        ["※金額は千円未満を四捨五入しています。"],
        ["※詳しくは別紙"],
    ]
    report = read(sheet([*TITLE, HEAD, *rows])).report
    assert "△：一部を達成" in (report.legend or "")
    assert [(r.kind, r.text) for r in report.remarks if r.kind != "no-column"] == [
        ("cover", "※金額は千円未満を四捨五入しています。"),
        ("unread", "※詳しくは別紙"),
    ]


# --- around the list -----------------------------------------------------------------------------


def test_title_in_pieces_and_cover() -> None:
    rows = [
        ["様式第1号", "", "", "作成日：令和元年6月1日"],
        ["平成29年度", "福祉部", "の取り組み実績"],
        ["担当者", "福祉　花子", "内線", "1234"],
        ["<部の構成>", "福祉課、介護課"],
        HEAD,
        _row(1),
    ]
    report = read(sheet(rows)).report
    assert report.title == "平成29年度福祉部の取り組み実績"
    assert (report.department, report.divisions) == ("福祉部", ("福祉課", "介護課"))
    assert _kinds(report) == {"cover", "no-column"}


@pytest.mark.parametrize(
    "above",
    [
        [["平成29年度取り組み実績一覧表"], ["部署：福祉部"]],
        [["取り組み実績"], ["対象年度", "平成29年度", "部局名", "福祉部"]],
        [["平成29年度福祉部取り組み実績報告書（一覧）"]],
        [["みずき市"], ["平成29年度"], ["福祉部"], ["取り組み実績"]],
    ],
)
def test_year_and_department_beside_the_title(above: list[list[object]]) -> None:
    report = read(sheet([*above, HEAD, _row(1)])).report
    assert (report.department, report.fiscal_year, report.kind) == ("福祉部", 2017, "results")
    assert _kinds(report) == {"no-column"}


def test_list_without_a_title_is_told_at_its_headings() -> None:
    document = read(sheet([HEAD, _row(1)]))
    assert document.report.title is None
    assert document.places.locate(Spot(None, "title")).cell == "A1"


def test_sheets_that_hold_no_items() -> None:
    blocks = [
        *sheet([["みずき市"], *TITLE], name="表紙"),
        *sheet([HEAD, _row(1)], table=2),
        *sheet([HEAD, _row(1, "例の項目")], name="記入例", table=3),
        *sheet([["◎"], ["○"]], name="リスト", table=4),
        *sheet([["別の表", "1"]], name="集計", table=5),
    ]
    report = read(blocks).report
    assert (report.municipality, report.department, len(report.items)) == ("みずき市", "福祉部", 1)
    assert [(r.kind, r.text) for r in report.remarks if r.read_as == "点検しないシート"] == [
        ("lenient", "記入例"), ("lenient", "リスト")
    ]  # fmt: skip
    assert [r.text for r in report.remarks if r.kind == "unread"] == ["別の表\n1"]


@pytest.mark.parametrize(
    "blocks",
    [
        sheet([*TITLE, ["部", *HEAD], ["福祉部", *_row(1)], ["環境部", *_row(2, "二")]]),
        sheet([*TITLE, HEAD, _row(1)])
        + sheet([["平成29年度環境部の取り組み実績"], HEAD, _row(1)], name="環境", table=2),
    ],
)
def test_several_departments_are_refused(blocks: list[Any]) -> None:
    with pytest.raises(Unreadable, match="2つの部の項目があります（福祉部、環境部）") as caught:
        read(blocks)
    assert caught.value.rule == "DOC001"


def test_department_in_a_column() -> None:
    report = read(sheet([["平成29年度取り組み実績"], ["部局名", *HEAD], ["福祉部", *_row(1)]])).report
    assert report.department == "福祉部"


def test_only_an_example_holds_no_item() -> None:
    with pytest.raises(Unreadable) as caught:
        read(sheet([*TITLE, HEAD, ["例", "記入例です", GOAL, PLAN, RESULT, "◎"]]))
    assert caught.value.rule == "DOC002"


# --- other files than sheets ---------------------------------------------------------------------


def test_tables_below_headings_of_a_word_file() -> None:
    blocks = [
        paragraph("平成29年度福祉部の取り組み実績", 1),
        paragraph("<部の構成> 福祉課", 2),
        paragraph("1. 重点施策・事業", 3),
        *sheet([HEAD, _row(1)], name=None),
        paragraph("2. 行政改革・業務改善", 4),
        paragraph("◆新行政改革実施プランの改革課題", 5),
        *sheet(
            [["改革課題", "取り組み内容・目標", "実績", "達成状況"], ["17. 電子化", GOAL, RESULT, "◎"]],
            name=None,
            table=2,
        ),
        paragraph("なお、詳しくは別冊をご覧ください。", 6),
    ]
    report = read(blocks).report
    assert [(item.section, item.kind, item.number) for item in report.items] == [
        (1, "priority", "1"),
        (2, "reform", "17"),
    ]
    assert [remark.text for remark in report.remarks] == ["なお、詳しくは別冊をご覧ください。"]


def test_table_of_each_item_below_its_name() -> None:
    head = ["目標", "取り組み", "実績", "達成状況"]
    blocks = [paragraph("平成29年度福祉部の取り組み実績", 1), paragraph("1. 重点施策・事業", 2)]
    for number in (1, 2):
        blocks += [paragraph(f"({number}) 見守り{number}", number + 2)]
        blocks += sheet([head, _row()[2:]], name=None, table=number)
    items = read(blocks).report.items
    assert [(item.number, item.title) for item in items] == [("1", "見守り1"), ("2", "見守り2")]


@pytest.mark.parametrize("again", [True, False], ids=["headings again", "no headings"])
def test_list_goes_on_over_a_page(again: bool) -> None:
    broken = ["", "", "", "", "平成29年10月までに3回行いました。", "◎"]
    blocks = [
        *sheet([*TITLE, HEAD, _row(1, result="見守りの訪問を", mark="")], name=None),
        paragraph("- 1 -"),
        *sheet([*([HEAD] if again else []), broken, _row(2, "二つ目")], name=None, table=2),
    ]
    report = read(blocks).report
    assert [(item.title, item.result, item.mark) for item in report.items] == [
        ("見守りの充実", RESULT, "◎"),
        ("二つ目", RESULT, "◎"),
    ]
    assert [remark.read_as for remark in report.remarks if remark.kind == "lenient"] == ["ページ番号"]


def test_cells_parted_by_tabs() -> None:
    blocks = [
        block
        for row in [*TITLE, HEAD, _row(1), _row(2, "二")]
        for block in sheet([row], name=None, table=None)
    ]
    assert [item.title for item in read(blocks).report.items] == ["見守りの充実", "二"]


# --- places ---------------------------------------------------------------------------------------


def test_places_are_cells() -> None:
    head = ["節", *HEAD, "決算（千円）", "備考", "執行率（％）"]
    document = read(sheet([*TITLE, head, ["1", *_row(1), "462", "新規", "94.3"]]))
    cells = {
        "": "A5", "number": "B5", "title": "C5", "goal": "D5", "initiative": "E5", "result": "F5",
        "mark": "G5",
        "amounts/0": "H5", "extra/執行率（％）": "J5",
    }  # fmt: skip
    assert {field: document.places.locate(Spot(1, field)).cell for field in cells} == cells
    assert document.places.locate(Spot(1, "result", 0, 2)).sheet == "一覧"


# --- what nobody expects --------------------------------------------------------------------------

_CELLS = st.sampled_from(
    [
        *HEAD, "", "", "1", "◎", "決算（千円）", "予算", "当初", "490", "－", "合計", "※注",
        "1. 重点施策・事業", "区分", "総務部", GOAL,
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=8), min_size=1, max_size=12), st.data())
def test_any_sheet_is_read_or_refused(rows: list[list[str]], data: st.DataObject) -> None:
    """And what is found in it has its place."""
    corners = st.tuples(st.integers(0, 7), st.integers(1, len(rows)))
    merged = []
    for (left, top), (right, bottom) in data.draw(st.lists(st.tuples(corners, corners), max_size=2)):
        if left <= right and top <= bottom:
            merged.append(f"{letters(left)}{top + 5}:{letters(right)}{bottom + 5}")
    try:
        document = read(sheet([*TITLE, HEAD, _row(1), *rows], merged))
    except Unreadable:
        return
    for item in document.report.items:
        for field in ("", "title", "result", "mark", *(f"amounts/{n}" for n in range(len(item.amounts)))):
            assert document.places.locate(Spot(item.index, field)).cell


def test_a_hidden_sheet_that_is_passed_over_is_told_of_once() -> None:
    blocks = [
        *sheet([*TITLE, HEAD, _row(1)], table=1),
        *sheet([["◎"], ["○"]], name="選択肢", table=2),
        *sheet([["メモ"]], name="控え", table=3),
    ]
    hidden = tuple(
        Remark("hidden", f"シート『{name}』", at=Location(sheet=name)) for name in ("選択肢", "控え", "一覧")
    )
    report = forms.read(replace(source(blocks), remarks=hidden), profile()).report
    told = {(each.kind, each.text, each.read_as) for each in report.remarks if each.kind != "no-column"}
    assert told == {
        ("lenient", "選択肢", "点検しないシート（隠されています）"),
        ("unread", "メモ", None),
        ("hidden", "シート『控え』", None),
        ("hidden", "シート『一覧』", None),
    }
