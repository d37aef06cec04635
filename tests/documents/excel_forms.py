"""Excel files in which each item is a form to fill in: on graph paper, in blocks, on a sheet of its own."""

from __future__ import annotations

from openpyxl.worksheet.pagebreak import Break

from jisseki_check.model import Amount, Item, Report
from tests.documents.sheet import Sheet, new_book, saved
from tests.documents.wording import (
    MARK_LABEL,
    bracketed,
    budgets,
    composition,
    digits,
    entitled,
    money,
    noted,
    numbered,
    parts,
    plans,
    settlements,
)


def _titled(item: Item) -> str:
    return f"テーマ　{item.title}" if item.kind == "improvement" else numbered(item)


# Rows of graph paper on a page.
_PAGE = 64

# --- graph paper --------------------------------------------------------------------------------


def make_graph_paper(report: Report) -> bytes:
    """方眼紙: 42 narrow columns; every label and every field a merged block, over several rows where the text
    is long; budget, settlement and mark side by side in one line."""
    book = new_book()
    sheet = Sheet(book, "様式")
    sheet.widths(*[2.4] * 44)
    sheet.block(2, 2, 2, 42, report.title)
    sheet.block(5, 2, 1, 6, "部の構成", head=True)
    sheet.block(5, 8, 1, 36, composition(report))
    sheet.put(6, 2, report.legend)
    row, top = 8, 1
    for part in parts(report):
        if part.first:
            sheet.block(row, 2, 1, 42, part.heading)
            row += 2
        if part.group:
            sheet.block(row, 2, 1, 42, f"◆{part.group}")
            row += 1
        for item in part.items:
            row = _graph_paper_item(sheet, row, item) + 1
            if row - top > _PAGE - 16:
                sheet.page.row_breaks.append(Break(id=row - 1))
                top = row
    sheet.print_on_a4(landscape=False, scale=66)
    return saved(book)


def _graph_paper_item(sheet: Sheet, row: int, item: Item) -> int:
    """One item's blocks; the row after the last."""
    sheet.block(row, 2, 2, 42, _titled(item))
    row += 2
    for label, text in [*plans(item), ("実績", item.result or "")]:
        rows = 2 + len(text) // 36 + text.count("\n")
        sheet.block(row, 2, rows, 7, label, head=True)
        sheet.block(row, 9, rows, 35, text)
        row += rows
    for amount in budgets(item)[1:]:
        sheet.block(row, 2, 1, 7, amount.label, head=True)
        sheet.block(row, 9, 1, 8, money(amount))
        row += 1
    column, rows = 2, 2 if any(amount.note for amount in item.amounts) else 1
    for amount in [*budgets(item)[:1], *settlements(item)]:
        sheet.block(row, column, rows, 7, amount.label, head=True)
        sheet.block(row, column + 7, rows, 8, money(amount))
        column += 15
    sheet.block(row, column, rows, 5, "達成状況", head=True)
    sheet.block(row, column + 5, rows, 3, item.mark)
    return row + rows


# --- a sheet for each section -------------------------------------------------------------------


def make_form_by_section(report: Report) -> bytes:
    """A sheet for each section; blocks of label and text below one another; amounts as numbers whose unit
    is only in the format of the cell."""
    book = new_book()
    of_section: dict[int, tuple[Sheet, int]] = {}
    for part in parts(report):
        if part.section not in of_section:
            sheet = Sheet(book, f"{part.section}")
            sheet.widths(20, 24, 20, 24)
            if not of_section:
                sheet.put(1, 1, report.title)
                sheet.put(2, 1, f"<部の構成> {composition(report)}")
                sheet.put(3, 1, report.legend)
            sheet.put(5, 1, part.heading)
            of_section[part.section] = sheet, 7
        sheet, row = of_section[part.section]
        if part.group:
            sheet.put(row, 1, f"◆{part.group}")
            row += 1
        for item in part.items:
            row = _section_item(sheet, row, item) + 1
        of_section[part.section] = sheet, row
    return saved(book)


def _section_item(sheet: Sheet, row: int, item: Item) -> int:
    sheet.block(row, 1, 1, 4, _titled(item))
    row += 1
    for label, text in [*plans(item), ("実績", item.result or "")]:
        sheet.box(row, 1, label, head=True)
        sheet.block(row, 2, 1, 3, text)
        sheet.page.row_dimensions[row].height = 15 * (1 + len(text) // 30 + text.count("\n"))
        row += 1
    amounts = [*budgets(item), *settlements(item)]
    for start in range(0, len(amounts), 2):
        for at, amount in enumerate(amounts[start : start + 2]):
            sheet.box(row, 1 + 2 * at, amount.label, head=True)
            _number_with_unit(sheet, row, 2 + 2 * at, amount)
        row += 1
    sheet.box(row, 1, MARK_LABEL, head=True)
    sheet.block(row, 2, 1, 3, bracketed(item))
    return row + 1


def _number_with_unit(sheet: Sheet, row: int, column: int, amount: Amount) -> None:
    """A number shown with its unit; a text where a note follows or it is no number."""
    if amount.value is None or amount.note:
        sheet.box(row, column, f"{digits(amount)}{amount.unit}{noted(amount)}")
    else:
        sheet.box(row, column, amount.value, f'#,##0"{amount.unit}"')


# --- a sheet for each item ----------------------------------------------------------------------


def make_sheet_for_each_item(report: Report) -> bytes:
    """A sheet for each item, with the report's title and the section's heading on each; name and number of
    the item in cells of their own."""
    book = new_book()
    for part in parts(report):
        for item in part.items:
            _item_sheet(Sheet(book, f"{item.section}-{item.index}"), report, part.heading, item)
    return saved(book)


def _item_sheet(sheet: Sheet, report: Report, heading: str, item: Item) -> None:
    sheet.widths(22, 60)
    sheet.put(1, 1, report.title)
    sheet.put(2, 1, heading)
    row = 3
    if item.group:
        sheet.put(row, 1, f"◆{item.group}")
        row += 1
    if item.index == 1:
        sheet.put(row, 1, f"<部の構成> {composition(report)}")
        sheet.put(row + 1, 1, report.legend)
        row += 2
    row += 1
    label = {"reform": "改革課題", "improvement": "テーマ"}.get(item.kind)
    if label:
        sheet.box(row, 1, label, head=True)
        sheet.box(row, 2, entitled(item))
    else:
        sheet.block(row, 1, 1, 2, numbered(item))
    pairs = plans(item) + [(amount.label, money(amount)) for amount in budgets(item)]
    pairs.append(("実績", item.result or ""))
    pairs += [(amount.label, money(amount)) for amount in settlements(item)]
    pairs.append((MARK_LABEL, bracketed(item)))
    for at, (name, text) in enumerate(pairs, row + 1):
        sheet.box(at, 1, name, head=True)
        sheet.box(at, 2, text)
    sheet.page.print_area = f"A1:B{row + len(pairs)}"
