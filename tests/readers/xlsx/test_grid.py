"""Merged cells: shown once, known wherever they reach, and never a way to make a small file large."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries

from jisseki_check.model import Block
from tests.readers.xlsx.books import covers, number, read, read_book, row, shape, sheet, text


def merged(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{each}"/>' for each in ranges) + "</mergeCells>"


def blocks(rows: str, *ranges: str) -> tuple[Block, ...]:
    return read(sheet(rows, after=merged(*ranges))).blocks or ()


def test_a_merged_cell_stands_once_and_covers_the_rest() -> None:
    rows = row(text("A1", "表題"), text("F1", "右")) + row(text("A2", "左"), text("C2", "中"), at=2)
    first, second = blocks(rows, "A1:D1", "A2:B2")
    assert [len(block.cells) for block in (first, second)] == [6, 3]
    assert covers(first) == {1: "表題", 2: "表題", 3: "表題"}
    assert covers(second) == {1: "左"}
    assert first.covers[1] == first.cells[0]


def test_a_cell_merged_over_rows_covers_them() -> None:
    rows = row(text("A1", "節"), text("C1", "一")) + row(text("C2", "二"), at=2) + row(text("C4", "四"), at=4)
    found = blocks(rows, "A1:B3")
    assert [covers(block) for block in found] == [{1: "節"}, {0: "節", 1: "節"}, {0: "節", 1: "節"}, {}]
    assert [block.cells == () for block in found] == [False, False, True, False]


def test_rows_that_the_same_cells_cover_are_one_block() -> None:
    rows = row(text("A1", "節")) + row(text("B900", "下"), at=900) + row(text("A1000", "末"), at=1000)
    found = blocks(rows, "A1:A950")
    assert [covers(block) for block in found] == [{}, {0: "節"}, {0: "節"}, {0: "節"}, {}, {}]
    assert [bool(block.cells) for block in found] == [True, False, True, False, False, True]


def test_what_a_merged_cell_covers_is_not_shown() -> None:
    hidden = row(text("A1", "表題"), text("B1", "陰")) + row(text("A2", "陰"), at=2)
    rows = hidden + row(text("B3", "下"), at=3)
    found = blocks(rows, "A1:B2")
    assert shape(read(sheet(rows, after=merged("A1:B2")))) == [["表題"], [], ["", "下"]]
    assert [covers(block) for block in found] == [{1: "表題"}, {0: "表題", 1: "表題"}, {}]


def test_a_blank_merged_cell_hides_what_it_covers_and_covers_nothing() -> None:
    rows = row('<c r="A1" s="1"/>', text("B1", "陰"), text("D1", "右"))
    (found,) = blocks(rows, "A1:C1")
    assert covers(found) == {}
    assert [bool(cell) for cell in found.cells] == [False, False, False, True]


def test_of_cells_that_overlap_the_first_counts() -> None:
    rows = row(text("A1", "一"), text("B1", "二"), text("C1", "三"))
    (found,) = blocks(rows, "A1:B1", "B1:C1")
    assert shape(read(sheet(rows, after=merged("A1:B1", "B1:C1")))) == [["一", "", "三"]]
    assert covers(found) == {1: "一"}


def test_ranges_that_are_none_are_passed_over() -> None:
    rows = row(text("A1", "一"), text("B1", "二"))
    source = read(sheet(rows, after=merged("A1", "", "B1:A1", "A1:A1", "一")))
    assert shape(source) == [["一", "二"]]


def test_cells_merged_to_the_end_of_the_sheet_cost_nothing() -> None:
    last = row(number("XFD1048576", 5), at=1_048_576)
    first, between, end = blocks(row(text("A1", "一")) + last, "A1:XFD1048575")
    assert (len(first.covers), len(between.covers), len(end.covers)) == (16_383, 16_384, 0)
    (alone,) = blocks(row(text("A1", "一")), "A1:XFD1048576")
    assert alone.covers == {}


def test_the_merged_cells_of_a_library_are_read() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for reference, words in {"A1": "事業名", "C1": "窓口の案内", "A2": "実績", "C2": "設けました。"}.items():
        page[reference] = words
    for reference in ("A1:B1", "C1:F1", "A2:B4", "C2:F4"):
        page.merge_cells(reference)
    page["A5"] = "達成状況"
    source = read_book(book)
    assert shape(source) == [["事業名", "", "窓口の案内"], ["実績", "", "設けました。"], [], ["達成状況"]]
    assert source.blocks is not None
    assert covers(source.blocks[2]) == {0: "実績", 1: "実績", 2: "設けました。"}


_SIZE = 7
_CORNERS = st.tuples(st.integers(1, _SIZE), st.integers(1, _SIZE))
_RANGES = st.lists(st.tuples(_CORNERS, _CORNERS), max_size=5)
_CELLS = st.dictionaries(_CORNERS, st.sampled_from("一二三四五六"), min_size=1)


@settings(deadline=None)
@given(_CELLS, _RANGES)
def test_merged_cells_as_a_plain_reading_has_them(
    cells: dict[tuple[int, int], str], ranges: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    given_ranges = sorted(
        {(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in ranges if a != b}
    )
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    names: list[str] = []
    for top, left, bottom, right in given_ranges:
        area = [(at, column) for at in range(top, bottom + 1) for column in range(left, right + 1)]
        names.append(f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}")
        if not any(place in owners for place in area):
            owners |= dict.fromkeys(area, (top, left))
    rows = "".join(
        row(
            *(
                text(f"{get_column_letter(c)}{r}", cells[r, c])
                for c in range(1, _SIZE + 1)
                if (r, c) in cells
            ),
            at=r,
        )
        for r in range(1, _SIZE + 1)
    )
    shown = {place: words for place, words in cells.items() if owners.get(place, place) == place}
    wanted = {
        at: (
            {column: shown[at, column] for column in range(1, _SIZE + 1) if (at, column) in shown},
            {
                column: shown[owner]
                for column in range(1, max((c for _, c in shown), default=0) + 1)
                if (owner := owners.get((at, column), (at, column))) != (at, column) and owner in shown
            },
        )
        for at in range(1, max((r for r, _ in shown), default=0) + 1)
    }
    if not shown:
        return
    assert _with_rows(blocks(rows, *names)) == _collapsed(wanted)


Held = tuple[dict[int, str], dict[int, str]]


def _with_rows(found: tuple[Block, ...]) -> list[Held]:
    return [
        (
            {column: cell[0][0].text for column, cell in enumerate(block.cells, 1) if cell},
            {column + 1: words for column, words in covers(block).items()},
        )
        for block in found
    ]


def _collapsed(rows: dict[int, Held]) -> list[Held]:
    """Without the rows that hold nothing themselves and are covered as the one above, which holds nothing."""
    held = list(rows.values())
    return [
        row for before, row in pairwise([({0: ""}, {}), *held]) if row[0] or before[0] or row[1] != before[1]
    ]


def test_the_names_of_ranges_are_those_of_a_library() -> None:
    assert range_boundaries("B2:D3") == (2, 2, 4, 3)
    (first, second) = blocks(row(text("B2", "一"), at=2) + row(text("E3", "右"), at=3), "B2:D3")[1:]
    assert covers(first) == {2: "一", 3: "一"}
    assert covers(second) == {1: "一", 2: "一", 3: "一"}
