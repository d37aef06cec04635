"""A sheet's XML → what its cells show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

from jisseki_check.model import Cell, Location, Run
from jisseki_check.readers.budget import Budget
from jisseki_check.readers.cell_names import cell_name
from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.xlsx import margins
from jisseki_check.readers.xlsx.number_formats import number_of, plain
from jisseki_check.readers.xlsx.serial_dates import number_of_date
from jisseki_check.readers.xlsx.streaming import SPREADSHEET, count_in
from jisseki_check.readers.xlsx.styles import Style, Styles
from jisseki_check.readers.xlsx.texts import (
    Paragraphs,
    SharedTexts,
    TextListener,
    is_on,
    paragraphs_of,
    unescaped,
)

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_EXTENDED = ("http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",)
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_WIDTHS = frozenset({"0", "0.0"})
_EXACT = 16  # digits from which on Excel does not keep all of them
_MOST_SOURCES = 10_000
_LONGEST_SOURCE = 300
_DIGITS = "0123456789"

# What stands for a cell whose formula was saved without its result.
NO_RESULT: Cell = ((Run("", Location()),),)

Range = tuple[int, int, int, int]


@dataclass(slots=True)
class SheetCells:
    """What a sheet holds: rows by number, each with its cells by column (A is 0). `merges`: top, left,
    bottom, right. `struck`: cells with text that is struck through; `unshown`: cells whose format hides
    them. `zeros`: cells whose formula was saved with 0 as its result, and `has_results`: whether any was
    saved with another. `choices`: where the cells' lists of choices stand, as formulas have it. `margins`:
    its headers and footers, each with what it is and its words."""

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: bytearray = field(default_factory=lambda: bytearray(LAST_COLUMN))
    struck: list[tuple[int, int, str]] = field(default_factory=list)
    unshown: list[tuple[int, int]] = field(default_factory=list)
    choices: set[str] = field(default_factory=set)
    margins: list[tuple[str, str]] = field(default_factory=list)
    zeros: list[tuple[int, int]] = field(default_factory=list)
    has_results: bool = False

    def unresolved(self) -> Iterator[tuple[int, int]]:
        """The cells whose formula was saved without any result."""
        for row, cells in self.rows.items():
            for column, cell in cells.items():
                if cell is NO_RESULT:
                    yield row, column


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook have in common."""

    texts: SharedTexts
    styles: Styles
    since_1904: bool


class BadCell(Exception):
    """A place or a value that no spreadsheet has."""


@lru_cache(maxsize=LAST_COLUMN)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise BadCell
        number = 26 * number + ord(letter) - ord("A") + 1
    if not 1 <= number <= LAST_COLUMN:
        raise BadCell
    return number - 1


def _row(digits: str) -> int:
    number = count_in(digits)
    if not 1 <= number <= LAST_ROW:
        raise BadCell
    return number


class SheetListener(TextListener):
    """Hears one sheet. Raises BadCell for what no spreadsheet writes."""

    most_tags = 20_000_000

    def __init__(self, title: str, book: Book, budget: Budget) -> None:
        super().__init__()
        self.cells = SheetCells(title)
        self._book = book
        self._budget = budget
        self._shows_zeros = True
        self._columns = 0
        self._row = 0
        self._row_digits = ""
        self._row_is_hidden = False
        self._held: dict[int, Cell] = {}
        self._column = 0
        self._reference = ""
        self._kind = "n"
        self._style: str | None = None
        self._value: str | None = None
        self._inline: tuple[str, str] | None = None  # the text, and what of it is struck through
        self._has_formula = False
        self.on(SPREADSHEET, "row", self._open_row, self._close_row)
        self.on(SPREADSHEET, "c", self._open_cell, self._close_cell)
        self.on(SPREADSHEET, "v", self.collect, self._end_value)
        self.on(SPREADSHEET, "is", closed=self._end_inline)
        self.on(SPREADSHEET, "f", self._hear_formula)
        self.on(SPREADSHEET, "sheetView", self._hear_view)
        self.on(SPREADSHEET, "col", self._hear_column)
        self.on(SPREADSHEET, "mergeCell", self._hear_merge)
        self.on(SPREADSHEET + _EXTENDED, "formula1", self.collect, self._end_choices)
        for name, named in margins.MARGINS.items():
            self.on(SPREADSHEET, name, self.collect, partial(self._end_margin, named))

    def _end_value(self) -> None:
        self._value = self.collected()

    def _end_inline(self) -> None:
        self._inline = self.taken()

    def _hear_formula(self, _: Mapping[str, str]) -> None:
        self._has_formula = True

    # --- what holds for more than one cell ------------------------------------------------------

    def _hear_view(self, attributes: Mapping[str, str]) -> None:
        self._shows_zeros = is_on(attributes.get("showZeros"))

    def _hear_column(self, attributes: Mapping[str, str]) -> None:
        self._columns += 1
        if self._columns > LAST_COLUMN:
            raise BadCell
        first, last = count_in(attributes.get("min")), count_in(attributes.get("max"))
        if is_hidden(attributes, "width") and first > 0:
            columns = range(first - 1, min(last, LAST_COLUMN))
            self.cells.hidden_columns[columns.start : columns.stop] = b"\1" * len(columns)

    def _hear_merge(self, attributes: Mapping[str, str]) -> None:
        found = _RANGE.fullmatch(attributes.get("ref", ""))
        if found:
            self._budget.take_covered(1, Location(sheet=self.cells.title))
            self.cells.merges.append((_row(found[2]), _column(found[1]), _row(found[4]), _column(found[3])))

    def _end_choices(self) -> None:
        source = self.collected()
        if len(source) <= _LONGEST_SOURCE and len(self.cells.choices) < _MOST_SOURCES:
            self.cells.choices.add(source)

    def _end_margin(self, named: str) -> None:
        if len(self.cells.margins) < len(margins.MARGINS):
            self.cells.margins.append((named, margins.shown(self.collected())))

    # --- rows and cells -------------------------------------------------------------------------

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        self._row = self._row + 1 if given is None else _row(given)
        self._row_digits = str(self._row)
        self._row_is_hidden = is_hidden(attributes, "ht")
        self._reference = ""
        self._held = self.cells.rows.get(self._row, {})

    def _close_row(self) -> None:
        if self._held:
            self.cells.rows[self._row] = self._held
            if self._row_is_hidden:
                self.cells.hidden_rows.append(self._row)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self._reference = attributes.get("r") or self._next_reference()
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s")
        self._value = None
        self._inline = None
        self._has_formula = False

    def _next_reference(self) -> str:
        """The name of the cell behind the last one, for one that does not give its own."""
        column = _column(self._reference.rstrip(_DIGITS)) + 1 if self._reference else 0
        return cell_name(self._row, column)

    def _close_cell(self) -> None:
        if self._value is None and self._inline is None and not self._has_formula:
            return  # most cells of many sheets have borders, and nothing else
        letters = self._reference.rstrip(_DIGITS)
        self._column = _column(letters)
        if self._reference[len(letters) :] != self._row_digits or self._column in self._held:
            raise BadCell
        shown = None if self._has_formula and self._lacks_result() else self._shown()
        if not shown and not self._has_formula:
            return
        at = Location(sheet=self.cells.title, cell=self._reference)
        self._budget.take_cell(shown or (), at)
        if shown is None:
            self._held[self._column] = NO_RESULT
        elif shown:
            self._held[self._column] = tuple([(Run(text, at),) for text in shown])

    def _lacks_result(self) -> bool:
        if self._value is None or (self._value == "" and self._kind != "str"):
            return True
        if self._value == "0":
            self.cells.zeros.append((self._row, self._column))
        else:
            self.cells.has_results = True
        return False

    # --- what a cell shows ----------------------------------------------------------------------

    def _shown(self) -> Paragraphs:
        kind, value = self._kind, self._value
        if self._inline is not None:
            text, struck = self._inline
            return self._text_shown(paragraphs_of(text), struck)
        if not value:
            return ()
        if kind == "s":
            return self._shared(value)
        if kind in ("str", "inlineStr"):
            return self._text_shown(paragraphs_of(unescaped(value)), "")
        if kind == "b":
            return ("TRUE" if value in ("1", "true") else "FALSE",)
        if kind == "e":
            return (value.strip(BLANKS),)
        return self._number(value)

    def _shared(self, value: str) -> Paragraphs:
        texts = self._book.texts
        number = count_in(value)
        if not 0 <= number < len(texts.texts):
            raise BadCell
        return self._text_shown(texts.texts[number], texts.struck.get(number, ""))

    def _text_shown(self, paragraphs: Paragraphs, struck: str) -> Paragraphs:
        if not paragraphs:
            return ()
        style = self._book.styles.of(self._style)
        if style.is_struck or struck.strip(BLANKS):
            self._note_struck("、".join(paragraphs) if style.is_struck else struck.strip(BLANKS))
        if style.format.leaves_texts:
            return paragraphs
        shown = style.format.text("\n".join(paragraphs))
        return paragraphs_of(shown) if shown else self._unshown(paragraphs)

    def _number(self, value: str) -> Paragraphs:
        style = self._book.styles.of(self._style)
        if style.format.is_general and value[0] != "0" and len(value) < _EXACT and value.isdecimal():
            shown: Paragraphs = (value,)
        else:
            shown = self._number_shown(value, style)
        if shown and style.is_struck:
            self._note_struck(shown[0])
        return shown

    def _number_shown(self, value: str, style: Style) -> Paragraphs:
        try:
            is_date = self._kind == "d"
            number = number_of_date(value, self._book.since_1904) if is_date else number_of(value)
        except ValueError:
            raise BadCell from None
        if not number and not self._shows_zeros:
            return ()
        shown = style.format.number(number, since_1904=self._book.since_1904)
        if shown is None:
            return self._unshown((plain(number),)) if number else ()
        return paragraphs_of(shown)

    def _note_struck(self, text: str) -> None:
        self.cells.struck.append((self._row, self._column, text))

    def _unshown(self, paragraphs: Paragraphs) -> Paragraphs:
        self.cells.unshown.append((self._row, self._column))
        return paragraphs


def is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width."""
    hidden = attributes.get("hidden")
    return (hidden is not None and is_on(hidden)) or attributes.get(size) in _WIDTHS
