from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import coordinate_to_tuple

from jisseki_check.readers.cell_names import cell_name, column_name


@given(st.integers(1, 1_048_576), st.integers(0, 16_383))
def test_a_library_reads_the_names(row: int, column: int) -> None:
    assert coordinate_to_tuple(cell_name(row, column)) == (row, column + 1)


def test_the_letters_go_on_behind_the_last() -> None:
    assert [column_name(column) for column in (0, 25, 26, 51, 52, 701, 702, 16_383)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD")
    ]
