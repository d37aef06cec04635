"""Excel files that list a report's items, one a row, in the ways of different departments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from jisseki_check.model import Item, Report
from tests.documents.sheet import Sheet, Value, new_book, saved
from tests.documents.wording import (
    STAGE_NAMES,
    Part,
    bracketed,
    composition,
    digits,
    money,
    noted,
    of_stage,
    parts,
    stages,
)

_DIVISIONS = ("企画係", "管理係", "事業係")
_COUNT = "#,##0"


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, what it holds of an item, its width, the format of numbers."""

    heading: str
    of: Callable[[Item], Value]
    width: float = 12
    form: str | None = None


def _section(item: Item) -> str:
    return f"{item.section}. {item.section_title}"


def number(item: Item) -> Value:
    """As a number where it is one: Excel makes it so."""
    return int(item.number) if item.number and item.number.isdecimal() else item.number


def as_number(stage: str) -> Callable[[Item], Value]:
    """An amount as a number; as a text where a note follows it or it is none."""

    def value(item: Item) -> Value:
        amount = of_stage(item, stage)
        if amount is None:
            return None
        return (
            amount.value if amount.value is not None and not amount.note else digits(amount) + noted(amount)
        )

    return value


def _as_text(stage: str) -> Callable[[Item], Value]:
    """An amount as a text: "3,918"."""

    def value(item: Item) -> Value:
        amount = of_stage(item, stage)
        return None if amount is None else digits(amount) + noted(amount)

    return value


def _with_unit(stage: str) -> Callable[[Item], Value]:
    """An amount as a text with its unit: "3,918千円"; － where there is none."""

    def value(item: Item) -> Value:
        amount = of_stage(item, stage)
        return "－" if amount is None else money(amount)

    return value


def _amounts(report: Report, heading: str, of: Callable[[str], Callable[[Item], Value]]) -> list[Column]:
    return [Column(heading.format(STAGE_NAMES[stage]), of(stage), 13, _COUNT) for stage in stages(report)]


def _head(sheet: Sheet, row: int, first: int, columns: list[Column]) -> None:
    for column, each in enumerate(columns, first):
        sheet.box(row, column, each.heading, head=True)
    sheet.widths(*(each.width for each in columns), first=first)


def _line(sheet: Sheet, row: int, first: int, columns: list[Column], item: Item) -> None:
    for column, each in enumerate(columns, first):
        sheet.box(row, column, each.of(item), each.form)
    sheet.page.row_dimensions[row].height = 16 * max(_lines(each.of(item), each.width) for each in columns)


def _lines(value: Value, width: float) -> int:
    """How many lines a text takes in a column of that width (in half-width letters)."""
    return sum(1 + int(2.6 * len(line) / width) for line in str(value or "").split("\n"))


def _rate(sheet: Sheet, row: int, column: int, letters: dict[str, str], item: Item) -> None:
    """執行率 as a formula with the value that it had; `letters`: the columns of the amounts."""
    if "settlement" not in letters:
        return
    stage = "revised_budget" if of_stage(item, "revised_budget") else "initial_budget"
    plan, spent = of_stage(item, stage), of_stage(item, "settlement")
    rate: Value = ""
    if plan and spent and plan.value and spent.value and not (plan.note or spent.note):
        rate = round(spent.value / plan.value, 3)
    formula = f'=IFERROR(ROUND({letters["settlement"]}{row}/{letters[stage]}{row},3),"")'
    sheet.box(row, column, None)
    sheet.compute(row, column, formula, rate, "0.0%")


def _letters(report: Report, first: int) -> dict[str, str]:
    return {stage: get_column_letter(at) for at, stage in enumerate(stages(report), first)}


# --- 1: the plain list --------------------------------------------------------------------------


def make_plain_list(report: Report) -> bytes:
    """Title, 部の構成 and legend above; one header row with the unit in the headings; numbers as numbers;
    the section on every row; a filter, frozen panes."""
    book = new_book()
    sheet = Sheet(book, "取り組み実績")
    sheet.put(1, 1, report.title)
    sheet.put(2, 1, f"部の構成：{composition(report)}")
    sheet.put(3, 1, report.legend)
    columns = [
        Column("節", _section, 16),
        Column("区分", lambda item: item.group, 16),
        Column("番号", number, 7),
        Column("項目名", lambda item: item.title, 22),
        Column("目標", lambda item: item.goal, 32),
        Column("取り組み", lambda item: item.initiative, 32),
        *_amounts(report, "{}（千円）", as_number),
        Column("実績", lambda item: item.result, 40),
        Column("達成状況", lambda item: item.mark, 9),
    ]
    _head(sheet, 5, 1, columns)
    for row, item in enumerate(report.items, 6):
        _line(sheet, row, 1, columns, item)
    sheet.page.auto_filter.ref = f"A5:{get_column_letter(len(columns))}{5 + len(report.items)}"
    sheet.page.freeze_panes = "E6"
    sheet.print_on_a4()
    return saved(book)


# --- 2: two header rows -------------------------------------------------------------------------


def make_two_header_rows(report: Report) -> bytes:
    """Blank columns on the left and the title far down; two header rows (計画, 予算及び決算（千円）);
    sections and groups as rows across the table; 執行率 as a formula; a row of totals."""
    book = new_book()
    sheet = Sheet(book, "実績一覧")
    first, top = 3, 9
    amounts = _amounts(report, "{}", as_number)
    columns = [
        Column("番号", number, 7),
        Column("施策・事業名", lambda item: item.title, 22),
        Column("目標", lambda item: item.goal, 30),
        Column("取り組み", lambda item: item.initiative, 30),
        Column("実績", lambda item: item.result, 40),
        *amounts,
        Column("執行率", lambda item: None, 9),
        Column("達成状況", lambda item: item.mark, 9),
    ]
    sheet.put(5, first, report.title)
    sheet.put(6, first, f"<部の構成> {composition(report)}")
    sheet.put(7, first, report.legend)
    _two_rows_of_heads(
        sheet, top, first, columns, {"計画": (2, 2), "予算及び決算（千円）": (5, len(amounts) + 1)}
    )
    row, last = top + 2, first + len(columns) - 1
    for part in parts(report):
        for heading in part_headings(part):
            sheet.block(row, first, 1, len(columns), heading)
            row += 1
        for item in part.items:
            _line(sheet, row, first, columns, item)
            _rate(sheet, row, last - 1, _letters(report, first + 5), item)
            row += 1
    sheet.block(row, first, 1, 5, "合計")
    for at, (stage, letter) in enumerate(_letters(report, first + 5).items(), first + 5):
        values = [
            amount.value or 0
            for item in report.items
            if (amount := of_stage(item, stage)) and not amount.note
        ]
        sheet.box(row, at, None)
        sheet.compute(row, at, f"=SUM({letter}{top + 2}:{letter}{row - 1})", sum(values), _COUNT)
    sheet.print_on_a4()
    return saved(book, [sheet])


def _two_rows_of_heads(
    sheet: Sheet, top: int, first: int, columns: list[Column], above: dict[str, tuple[int, int]]
) -> None:
    """Headings over two rows; `above`: what stands above which columns, from where and how many."""
    covered: set[int] = set()
    for heading, (start, count) in above.items():
        sheet.block(top, first + start, 1, count, heading, head=True)
        covered |= set(range(start, start + count))
    for at, each in enumerate(columns):
        if at in covered:
            sheet.box(top + 1, first + at, each.heading, head=True)
        else:
            sheet.block(top, first + at, 2, 1, each.heading, head=True)
    sheet.widths(3, 3)
    sheet.widths(*(each.width for each in columns), first=first)


def part_headings(part: Part) -> list[str]:
    return [part.heading] * part.first + [f"◆{part.group}"] * (part.group is not None)


# --- 3: merged section cells --------------------------------------------------------------------


def make_merged_sections(report: Report) -> bytes:
    """The section's name once, in a cell merged over its rows, and so the group's; （単位：千円） above
    the table; amounts typed as texts; the mark before the result; 担当係 and 備考 beside."""
    book = new_book()
    sheet = Sheet(book, "Sheet1")
    columns = [
        Column("区分", lambda item: None, 14),
        Column("小区分", lambda item: None, 14),
        Column("No.", lambda item: item.number, 7),
        Column("項目", lambda item: item.title, 22),
        Column("担当係", lambda item: _DIVISIONS[item.index % 3], 10),
        Column("目標", lambda item: item.goal, 30),
        Column("取組", lambda item: item.initiative, 30),
        *_amounts(report, "{}額", _as_text),
        Column("達成状況", lambda item: item.mark, 9),
        Column("実績", lambda item: item.result, 40),
        Column("備考", lambda item: "新規" if item.index % 5 == 1 else None, 10),
    ]
    sheet.put(1, 1, report.title)
    sheet.put(2, 1, f"部の構成　{composition(report)}")
    sheet.put(3, len(columns), "（単位：千円）")
    _head(sheet, 4, 1, columns)
    row = section_row = 5
    for part in parts(report):
        if part.first:
            section_row = row
            sheet.box(row, 1, part.heading)
        sheet.box(row, 2, part.group)
        for at, item in enumerate(part.items):
            _line(sheet, row + at, 3, columns[2:], item)
        if len(part.items) > 1:
            sheet.merge(row, 2, row + len(part.items) - 1, 2)
        row += len(part.items)
        _merge_section(sheet, report, part, section_row, row - 1)
    sheet.put(row + 1, 1, report.legend)
    sheet.print_on_a4()
    return saved(book)


def _merge_section(sheet: Sheet, report: Report, part: Part, start: int, end: int) -> None:
    """Merge the section's cell when its last item is written."""
    last = [item for item in report.items if item.section == part.section][-1]
    if last is part.items[-1] and end > start:
        sheet.merge(start, 1, end, 1)


# --- 4: a sheet for each section ----------------------------------------------------------------


def make_sheets_by_section(report: Report) -> bytes:
    """A cover sheet with title, 部の構成 and legend; a sheet for each section, each with a header row; a
    hidden column of codes for the printing office."""
    book = new_book()
    cover = Sheet(book, "表紙")
    cover.put(3, 2, report.municipality)
    cover.put(5, 2, report.title)
    cover.put(8, 2, f"部の構成：{composition(report)}")
    cover.put(10, 2, report.legend)
    of_section: dict[int, tuple[Sheet, int]] = {}
    columns = [
        Column("番号", number, 7),
        Column("整理コード", lambda item: f"{item.section:02}-{item.index:03}", 10),
        Column("項目名", lambda item: item.title, 24),
        Column("目標", lambda item: item.goal, 30),
        Column("取り組み", lambda item: item.initiative, 30),
        *_amounts(report, "{}（千円）", as_number),
        Column("実績", lambda item: item.result, 40),
        Column("達成状況", lambda item: item.mark, 9),
    ]
    for part in parts(report):
        if part.section not in of_section:
            sheet = Sheet(book, part.heading.replace("・", ""))
            sheet.put(1, 1, part.heading)
            _head(sheet, 3, 1, columns)
            sheet.page.column_dimensions["B"].hidden = True
            of_section[part.section] = sheet, 4
        sheet, row = of_section[part.section]
        if part.group:
            sheet.block(row, 1, 1, len(columns), f"◆{part.group}")
            row += 1
        for item in part.items:
            _line(sheet, row, 1, columns, item)
            row += 1
        of_section[part.section] = sheet, row
    return saved(book)


# --- 5: a filtered list -------------------------------------------------------------------------


def make_filtered_list(report: Report) -> bytes:
    """Headings with line breaks; a filter in use, so that half of the rows are hidden; 執行率 by formula; a
    second sheet that is empty."""
    book = new_book()
    sheet = Sheet(book, "一覧")
    Sheet(book, "Sheet2")
    amounts = _amounts(report, "{}額\n（千円）", as_number)
    columns = [
        Column("達成\n状況", lambda item: item.mark, 7),
        Column("節", _section, 16),
        Column("区分", lambda item: item.group, 16),
        Column("番号", number, 7),
        Column("項目名", lambda item: item.title, 22),
        *amounts,
        Column("執行率\n（％）", lambda item: None, 8),
        Column("目標", lambda item: item.goal, 30),
        Column("取り組み内容", lambda item: item.initiative, 30),
        Column("実績", lambda item: item.result, 40),
    ]
    sheet.put(1, 2, report.title)
    sheet.put(1, 9, f"部の構成：{composition(report)}")
    sheet.put(2, 2, report.legend)
    _head(sheet, 4, 1, columns)
    for row, item in enumerate(report.items, 5):
        _line(sheet, row, 1, columns, item)
        _rate(sheet, row, 6 + len(amounts), _letters(report, 6), item)
        if item.mark == "◎":
            sheet.page.row_dimensions[row].hidden = True
    sheet.page.auto_filter.ref = f"A4:{get_column_letter(len(columns))}{4 + len(report.items)}"
    sheet.page.auto_filter.add_filter_column(0, sorted({item.mark or "" for item in report.items} - {"◎"}))
    return saved(book, [sheet])


# --- 6: a list of texts -------------------------------------------------------------------------


def make_list_of_texts(report: Report) -> bytes:
    """Everything typed as text: 3,918千円, (1), 【 ◎ 】; － where there is nothing; a blank row before each
    section; name and year of the department in cells of their own at the top."""
    book = new_book()
    sheet = Sheet(book, "様式")
    sheet.put(1, 2, report.title)
    for at, (label, text) in enumerate(
        [("年度", report.fiscal_year_label), ("部", report.department), ("部の構成", composition(report))]
    ):
        sheet.box(3, 2 + 2 * at, label, head=True)
        sheet.box(3, 3 + 2 * at, text)
    columns = [
        Column("番号", _printed_number, 8),
        Column("事業名・項目名", lambda item: item.title, 24),
        Column("目標", lambda item: item.goal or "－", 30),
        Column("取り組み", lambda item: item.initiative or "－", 30),
        *_amounts(report, "{}額", _with_unit),
        Column("実績", lambda item: item.result, 40),
        Column("取り組みに対する\n達成状況", bracketed, 12),
    ]
    _head(sheet, 5, 2, columns)
    row = 6
    for part in parts(report):
        row += part.first and part.section > 1
        for heading in part_headings(part):
            sheet.block(row, 2, 1, len(columns), heading)
            row += 1
        for item in part.items:
            _line(sheet, row, 2, columns, item)
            row += 1
    sheet.put(row + 1, 2, report.legend)
    return saved(book)


def _printed_number(item: Item) -> str:
    if item.kind == "priority":
        return f"({item.number})"
    return f"{item.number}." if item.number else "－"
