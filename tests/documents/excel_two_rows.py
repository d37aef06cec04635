"""An Excel list in which each item takes two rows."""

from __future__ import annotations

from jisseki_check.model import Item, Report
from tests.documents.excel_lists import as_number, number, part_headings
from tests.documents.sheet import Sheet, new_book, saved
from tests.documents.wording import STAGE_NAMES, composition, parts, stages


def make_two_rows_for_an_item(report: Report) -> bytes:
    """Each item on two rows, as the two header rows show: 目標 above 取り組み, 当初予算 above 決算, what was
    changed in between beside them; number, name, result and mark merged over both."""
    book = new_book()
    sheet = Sheet(book, "進捗管理表")
    between = [stage for stage in stages(report) if stage not in ("initial_budget", "settlement")]
    tall = {1: "番号", 2: "項目", 5 + len(between): "実績", 6 + len(between): "達成状況"}
    sheet.put(1, 1, report.title)
    sheet.put(2, 1, f"部の構成：{composition(report)}")
    sheet.put(3, 6, "（単位：千円）")
    for column, heading in tall.items():
        sheet.block(4, column, 2, 1, heading, head=True)
    for column, pair in {3: ("目標", "取り組み"), 4: ("当初予算", "決算")}.items():
        for row, heading in enumerate(pair, 4):
            sheet.box(row, column, heading, head=True)
    for column, stage in enumerate(between, 5):
        sheet.block(4, column, 2, 1, STAGE_NAMES[stage], head=True)
    sheet.widths(8, 24, 40, 14, *[14] * len(between), 46, 10)
    row = 6
    for part in parts(report):
        for heading in part_headings(part):
            sheet.block(row, 1, 1, 6 + len(between), heading)
            row += 1
        for item in part.items:
            _two_rows(sheet, row, item, between)
            row += 2
    sheet.put(row + 1, 1, report.legend)
    return saved(book)


def _two_rows(sheet: Sheet, row: int, item: Item, between: list[str]) -> None:
    sheet.block(row, 1, 2, 1, number(item))
    sheet.block(row, 2, 2, 1, item.title)
    for at, text in enumerate((item.goal, item.initiative)):
        sheet.box(row + at, 3, text)
    for at, stage in enumerate(("initial_budget", "settlement")):
        sheet.box(row + at, 4, as_number(stage)(item), "#,##0")
    for column, stage in enumerate(between, 5):
        sheet.block(row, column, 2, 1, as_number(stage)(item))
    sheet.block(row, 5 + len(between), 2, 1, item.result)
    sheet.block(row, 6 + len(between), 2, 1, item.mark)
