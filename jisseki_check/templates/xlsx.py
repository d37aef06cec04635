"""An empty form for Excel: a list with choices, limits and colours, and its instructions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jisseki_check import own_marks
from jisseki_check.model import Severity
from jisseki_check.profiles import Profile
from jisseki_check.templates import form, guide, hints
from jisseki_check.templates.form import Column, Wishes
from jisseki_check.writers import sheets
from jisseki_check.writers.front import composition
from jisseki_check.writers.listing import unit_line

FORM, GUIDE = "報告", "記入要領"
_ROWS = 60
_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
_INK = {Severity.ERROR: "9C0006", Severity.WARNING: "7F6000", Severity.INFO: "1F4E79"}
_WIDTHS = {
    "section": 16.0, "group": 15.0, "kind": 13.0, "number": 7.0, "title": 20.0, "goal": 28.0,
    "initiative": 32.0, "result": 42.0, "note": 13.0, "mark": 9.5,
}  # fmt: skip
_AMOUNT_WIDTH = 11.0
_ROW_HEIGHT = 42.0
_GUIDE_WIDTHS = (20.0, 14.0, 40.0, 56.0, 60.0)
_LISTS = {"section": hints.SECTIONS, "group": hints.GROUPS, "kind": hints.KINDS, "mark": hints.SIGNS}
_OPEN = Protection(locked=False)


def create(profile: Profile, wishes: Wishes) -> bytes:
    """The empty form."""
    book = sheets.workbook()
    made = _Form(profile, wishes, book.create_sheet(FORM))
    made.fill()
    _guide(book, made)
    book.active = 0
    return sheets.saved(book)


class _Form:
    """The sheet that is filled in."""

    def __init__(self, profile: Profile, wishes: Wishes, sheet: Worksheet) -> None:
        self.profile, self.wishes, self.sheet = profile, wishes, sheet
        self.columns = form.columns(profile, wishes.year)
        self.places = form.places(profile)
        self.rules = form.rules(profile)
        self.front = tuple(_front(profile, wishes))
        self.first = len(self.front) + 2
        self.last = self.first + (wishes.rows or _ROWS) - 1
        self.layout = hints.Sheet(profile, self.columns, self.places, self.first)
        self.hints = hints.hints(self.layout, self.rules)

    def fill(self) -> None:
        sheets.put_front(self.sheet, self.front)
        for row in range(1, self.first - 1):
            sheets.cell_at(self.sheet, row, 1).protection = _OPEN
        for number, column in enumerate(self.columns, start=1):
            sheets.put_heading(sheets.cell_at(self.sheet, self.first - 1, number), column.heading)
            self._column(number, column)
        self._lay_out()
        for each in self.hints:
            self._colour(each)
        _protect(self.sheet)

    def _column(self, number: int, column: Column) -> None:
        for row in range(self.first, self.last + 1):
            cell = sheets.cell_at(self.sheet, row, number)
            cell.font, cell.border, cell.protection = sheets.BODY, sheets.BOX, _OPEN
            cell.alignment = sheets.TOP_CENTER if column.sort in {"number", "mark"} else sheets.TOP
            if column.sort == "amount":
                cell.number_format = sheets.MONEY
            elif column.sort == "number":
                cell.number_format = "@"  # else 18-1 becomes the 18th of January
        self._limit(column)

    def _lay_out(self) -> None:
        sheet, header = self.sheet, self.first - 1
        sheets.lay_out(sheet, [_WIDTHS.get(column.name, _AMOUNT_WIDTH) for column in self.columns])
        sheets.fit_heights(sheet, range(header, header + 1))
        sheets.set_heights(sheet, range(self.first, self.last + 1), _ROW_HEIGHT)
        sheet.print_title_rows = f"{header}:{header}"
        title = next(at for at, column in enumerate(self.columns, start=1) if column.name == "title")
        sheet.freeze_panes = f"{get_column_letter(title + 1)}{self.first}"
        last = get_column_letter(len(self.columns))
        sheet.auto_filter.ref = f"A{header}:{last}{self.last}"

    def _range(self, name: str) -> str:
        letter = self.layout.letters[name]
        return f"{letter}{self.first}:{letter}{self.last}"

    def _limit(self, column: Column) -> None:
        validation = _validation(column, self.profile.unit)
        if validation is not None:
            validation.add(self._range(column.name))
            self.sheet.add_data_validation(validation)

    def _colour(self, hint: hints.Hint) -> None:
        where = "A1" if hint.column is None else self._range(hint.column)
        fill = PatternFill(bgColor=_COLOURS[hint.level], fill_type="solid")
        style = DifferentialStyle(fill=fill, font=Font(color=_INK[hint.level]))
        rule = Rule("expression", formula=[hint.formula], stopIfTrue=True, dxf=style)
        self.sheet.conditional_formatting.add(where, rule)


def _front(profile: Profile, wishes: Wishes) -> Iterable[str]:
    yield form.title(profile, wishes)
    if form.asks_for_divisions(profile):
        yield f"<{composition(wishes.department, profile)}> "
    told = form.legend(profile)
    if told is not None:
        yield told
    yield unit_line(profile.unit)


# --- what may be typed --------------------------------------------------------------------------


def _validation(column: Column, unit: str) -> DataValidation | None:
    """What may stand in the cells of a column, and what Excel says of anything else."""
    if column.name in _LISTS:
        made = DataValidation("list", formula1=_LISTS[column.name], allow_blank=True)
        said = "一覧にない言葉は入力できません。セルの右の ▼ から選んでください。"
        return _said(made, column, said, "▼ から選びます。")
    if column.sort == "amount":
        bounds = form.item_schema()["amount"]["value"]
        least = hints.least_amount(column.name, bounds["minimum"])
        made = DataValidation(
            "whole",
            operator="between",
            formula1=str(least),
            formula2=str(bounds["maximum"]),
            allow_blank=True,
        )
        what = "整数" if least < 0 else "0以上の整数"
        said = f"{what}を、{unit}を単位として入力してください。小数や文字は入力できません。"
        return _said(made, column, said, f"{unit}を単位とする{what}。ない項目では空けます。")
    longest = guide.longest_text(column)
    made = DataValidation("textLength", operator="lessThanOrEqual", formula1=str(longest), allow_blank=True)
    return _said(made, column, f"{longest:,}字までで入力してください。", None)


def _said(made: DataValidation, column: Column, error: str, prompt: str | None) -> DataValidation:
    made.errorTitle, made.error, made.showErrorMessage = "入力できません", error, True
    if prompt is not None:
        made.promptTitle, made.prompt, made.showInputMessage = column.heading[:32], prompt, True
    return made


def _protect(sheet: Worksheet) -> None:
    """Headings stay as they are; there is no password, for whoever must may lift it."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(protection, allowed, False)


# --- the instructions ---------------------------------------------------------------------------


def _guide(book: Workbook, made: _Form) -> None:
    sheet = book.create_sheet(GUIDE)
    sheets.lay_out(sheet, _GUIDE_WIDTHS)
    sheets.put_front(sheet, (f"{form.kind_words(made.profile)}の{GUIDE}", *guide.steps()))
    row = sheet.max_row + 2
    for table in guide.tables(made.profile, made.columns, made.places, made.rules, made.hints):
        row = _table(sheet, table, row) + 2
    _lists(book, sheet, made, row)
    own = DefinedName(own_marks.GUIDE_NAME, attr_text=f'"{own_marks.GUIDE_PROOF}"', hidden=True)
    sheet.defined_names[own_marks.GUIDE_NAME] = own
    sheet.protection.sheet = True


def _table(sheet: Worksheet, table: guide.Table, row: int) -> int:
    """Puts a table there; its last row."""
    title = sheets.cell_at(sheet, row, 1)
    sheets.put_text(title, table.title)
    title.font = sheets.BOLD
    for at, texts in enumerate((table.header, *table.rows), start=row + 1):
        column, widths = 1, []
        for text, span in zip(texts, table.spans, strict=True):
            cell = sheets.cell_at(sheet, at, column)
            if at == row + 1:
                sheets.put_heading(cell, text)
            else:
                sheets.put_text(cell, text)
                cell.font, cell.alignment = sheets.BODY, sheets.TOP
            sheets.join_cells(sheet, at, column, span)
            widths.append((text, sum(_GUIDE_WIDTHS[column - 1 : column - 1 + span])))
            column += span
        sheets.set_height(sheet, at, widths)
    for at, level in enumerate(table.levels, start=row + 2):
        cell = sheets.cell_at(sheet, at, 1)
        cell.fill = PatternFill("solid", fgColor=_COLOURS[level])
        cell.font = Font(sheets.FACE, 10, color=_INK[level])
    return row + 1 + len(table.rows)


def _lists(book: Workbook, sheet: Worksheet, made: _Form, row: int) -> None:
    """The lists that choices and colours refer to, each with a name."""
    title = sheets.cell_at(sheet, row, 1)
    sheets.put_text(title, "選択肢と、理由とみなす言葉")
    title.font = sheets.BOLD
    for column, (name, words) in enumerate(_words(made).items(), start=1):
        sheets.put_heading(sheets.cell_at(sheet, row + 1, column), name)
        for at, word in enumerate(words, start=row + 2):
            cell = sheets.cell_at(sheet, at, column)
            sheets.put_text(cell, word)
            cell.font, cell.border, cell.alignment = sheets.BODY, sheets.BOX, sheets.TOP
        if words:
            letter = get_column_letter(column)
            area = f"'{GUIDE}'!${letter}${row + 2}:${letter}${row + 1 + len(words)}"
            book.defined_names[name] = DefinedName(name, attr_text=area)


def _words(made: _Form) -> Mapping[str, Sequence[str]]:
    """The lists in the order of the columns that are wide enough for them."""
    words = made.profile.words
    lists: dict[str, Sequence[str]] = {
        hints.SECTIONS: list(dict.fromkeys(form.heading(place, made.profile) for place in made.places)),
        hints.SIGNS: made.profile.mark_signs if made.profile.marked else (),
        hints.GROUPS: [place.group for place in made.places if place.group],
        hints.OVERRUN: words.get("overrun", ()),
        hints.UNDERSPEND: words.get("underspend", ()),
    }
    if made.layout.has("kind"):
        lists[hints.KINDS] = [kind.title for kind in made.profile.item_kinds.values()]
    return lists
