"""The cells of one worksheet: finding them, adding empty ones, and how wide and high they are shown."""

from __future__ import annotations

import re
from bisect import bisect_left

from lxml import etree

from jisseki_check.marking.package import place_after
from jisseki_check.marking.styles import MAIN
from jisseki_check.readers.cell_names import column_name

_M = f"{{{MAIN}}}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_COLUMNS, _ROWS = 16_384, 1_048_576

# Children of a worksheet that stand before the drawing of its comments.
BEFORE_NOTES = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
)  # fmt: skip

_DIGIT = 7  # pixels that a digit is wide, and that a column has beside its characters: 5
_USUAL_WIDTH = 8.43
_USUAL_HEIGHT = 15.0  # points


def coordinates(reference: str) -> tuple[int, int] | None:
    """B3 → row 3, column 2; None for what no cell is called."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if column <= _COLUMNS and row <= _ROWS else None


def letters(column: int) -> str:
    """1 → A."""
    return column_name(column - 1)


class Worksheet:
    """The XML of a worksheet. Rows and cells without a number stand next to the one before."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        data = root.find(f"{_M}sheetData")
        if data is None:
            data = etree.Element(f"{_M}sheetData")
            place_after(root, BEFORE_NOTES[: BEFORE_NOTES.index("sheetData")], data)
        self._data = data
        self._rows: dict[int, etree._Element] = {}
        number = 0
        for row in data.iterchildren(f"{_M}row"):
            number = int(row.get("r", number + 1))
            self._rows[number] = row
        self._numbers = sorted(self._rows)

    def style(self, row: int, column: int) -> int:
        """The format of a cell, be it there or not."""
        cell = self._cell(row, column)
        if cell is not None:
            return int(cell.get("s", "0"))
        held = self._rows.get(row)
        if held is not None and _is(held, "customFormat"):
            return int(held.get("s", "0"))
        return next((int(each.get("style", "0")) for each in self._columns(column)), 0)

    def element(self, row: int, column: int) -> etree._Element | None:
        """The cell, if it is there."""
        return self._cell(row, column)

    def restyle(self, row: int, column: int, style: int) -> None:
        """Give a cell another format; a cell that is not there is added, empty."""
        cell = self._cell(row, column)
        if cell is None:
            cell = self._add(row, column)
        if style:
            cell.set("s", str(style))
        else:
            cell.attrib.pop("s", "")

    def styled(self) -> list[tuple[int, int, int]]:
        """Row, column and format of every cell that has a format of its own."""
        return [
            (number, column, int(cell.get("s", "0")))
            for number, row in self._rows.items()
            for column, cell in _cells(row)
            if cell.get("s", "0") != "0"
        ]

    def whole(self, row: int, column: int) -> tuple[int, int, int]:
        """Row and first column of the cell that shows what stands here, and its last column: of merged cells,
        those of them all."""
        for each in self.root.iterfind(f"{_M}mergeCells/{_M}mergeCell"):
            first, last = map(coordinates, each.get("ref", "").partition(":")[::2])
            if first and last and first[0] <= row <= last[0] and first[1] <= column <= last[1]:
                return *first, last[1]
        return row, column, column

    def width(self, column: int) -> int:
        """Pixels."""
        held = next(iter(self._columns(column)), None)
        if column > _COLUMNS or (held is not None and _is(held, "hidden")):
            return 0
        usual = self._usual("defaultColWidth", _USUAL_WIDTH + 5 / _DIGIT)
        return round(float(held.get("width", usual) if held is not None else usual) * _DIGIT)

    def height(self, row: int) -> int:
        """Pixels."""
        held = self._rows.get(row)
        form = self.root.find(f"{_M}sheetFormatPr")
        if row > _ROWS or (_is(held, "hidden") if held is not None else _is(form, "zeroHeight")):
            return 0
        usual = self._usual("defaultRowHeight", _USUAL_HEIGHT)
        return round(float(held.get("ht", usual) if held is not None else usual) * 4 / 3)

    def _usual(self, name: str, value: float) -> float:
        held = self.root.find(f"{_M}sheetFormatPr")
        return value if held is None else float(held.get(name, value))

    def _columns(self, column: int) -> list[etree._Element]:
        return [
            each
            for each in self.root.iterfind(f"{_M}cols/{_M}col")
            if int(each.get("min", "0")) <= column <= int(each.get("max", "0"))
        ]

    def _cell(self, row: int, column: int) -> etree._Element | None:
        held = self._rows.get(row)
        return None if held is None else next((cell for at, cell in _cells(held) if at == column), None)

    def _add(self, row: int, column: int) -> etree._Element:
        held = self._rows.get(row)
        if held is None:
            held = etree.Element(f"{_M}row", r=str(row))
            place = bisect_left(self._numbers, row)
            if place < len(self._numbers):
                self._rows[self._numbers[place]].addprevious(held)
            else:
                self._data.append(held)
            self._numbers.insert(place, row)
            self._rows[row] = held
        held.attrib.pop("spans", "")  # an aid to readers that would now be wrong
        new = etree.Element(f"{_M}c", r=f"{letters(column)}{row}")
        following = next((cell for at, cell in _cells(held) if at > column), None)
        if following is None:
            place_after(held, ("c",), new)
        else:
            following.addprevious(new)
        return new


def _is(element: etree._Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _cells(row: etree._Element) -> list[tuple[int, etree._Element]]:
    cells = []
    column = 0
    for cell in row.iterchildren(f"{_M}c"):
        at = coordinates(cell.get("r", ""))
        column = at[1] if at else column + 1
        cells.append((column, cell))
    return cells
