"""Cells of a worksheet: found, added and given a format, whatever the program that wrote it left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jisseki_check.marking.package import parsed
from jisseki_check.marking.styles import MAIN
from jisseki_check.marking.worksheet import Worksheet, coordinates, letters


def _sheet(inside: str) -> Worksheet:
    return Worksheet(parsed(f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'.encode()))


def _names(sheet: Worksheet) -> list[str]:
    return [str(each.get("r")) for each in sheet.root.iter(f"{{{MAIN}}}c")]


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_names_of_cells(row: int, column: int) -> None:
    assert coordinates(f"{letters(column)}{row}") == (row, column)


@pytest.mark.parametrize("name", ["", "F", "12", "XFE1", "A1048577", "A0", "a1", "A1:B2"])
def test_what_is_no_cell(name: str) -> None:
    assert coordinates(name) is None


def test_cells_are_added_in_their_order() -> None:
    sheet = _sheet('<sheetData><row r="2" spans="1:2"><c r="B2"/></row><row r="9"/></sheetData>')
    for name in ("C2", "A2", "B5", "A1", "D9", "A12"):
        at = coordinates(name)
        assert at is not None
        sheet.restyle(*at, 3)
    assert _names(sheet) == ["A1", "A2", "B2", "C2", "B5", "D9", "A12"]
    assert b"spans" not in etree.tostring(sheet.root)


def test_rows_and_cells_without_numbers_are_counted() -> None:
    sheet = _sheet(
        '<sheetData><row><c s="1"/><c s="2"/></row><row r="4"><c r="C4"/><c s="4"/></row><row/></sheetData>'
    )
    assert [sheet.style(1, 1), sheet.style(1, 2), sheet.style(4, 4)] == [1, 2, 4]
    assert sheet.styled() == [(1, 1, 1), (1, 2, 2), (4, 4, 4)]


def test_a_cell_that_is_not_there_looks_like_its_row_or_column() -> None:
    sheet = _sheet(
        '<cols><col min="2" max="3" style="7"/></cols><sheetData><row r="3" s="5" customFormat="1"/>'
        '<row r="4" s="6"/></sheetData>'
    )
    assert [sheet.style(3, 2), sheet.style(4, 2), sheet.style(9, 3), sheet.style(9, 4)] == [5, 7, 7, 0]


def test_the_usual_format_is_not_written() -> None:
    sheet = _sheet('<sheetData><row r="1"><c r="A1" s="4"/></row></sheetData>')
    sheet.restyle(1, 1, 0)
    [cell] = sheet.root.iter(f"{{{MAIN}}}c")
    assert list(cell.attrib) == ["r"]


def test_a_sheet_without_cells() -> None:
    sheet = _sheet('<sheetPr/><pageMargins left="1"/>')
    sheet.restyle(2, 2, 1)
    assert [etree.QName(each).localname for each in sheet.root] == ["sheetPr", "sheetData", "pageMargins"]


def test_merged_cells_are_one() -> None:
    sheet = _sheet('<sheetData/><mergeCells><mergeCell ref="B2:D4"/></mergeCells>')
    assert sheet.whole(3, 3) == (2, 2, 4)
    assert sheet.whole(5, 3) == (5, 3, 3)
