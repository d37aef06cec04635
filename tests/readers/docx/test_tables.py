"""Rows keep their grid, and merged cells say what they cover."""

from __future__ import annotations

import pytest

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Source, Unreadable
from tests.readers.packages import line, lines, p, r, read_word, tbl, tc, tr

SPAN = '<w:gridSpan w:val="{}"/>'
START = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"


def rows(source: Source) -> list[Block]:
    return [block for block in source.blocks or () if block.table is not None]


def covers(block: Block) -> dict[int, str]:
    return {column: line(Block((cell,))) for column, cell in block.covers.items()}


def test_cells_stand_in_their_columns() -> None:
    source = read_word(p("前") + tbl(tr(tc("番号"), tc("事業")), tr(tc("1"), tc("窓口", "案内"))) + p("後"))
    assert lines(source) == ["前", "番号|事業", "1|窓口/案内", "後"]
    assert [block.table for block in source.blocks or ()] == [None, 1, 1, None]


def test_places_are_cells_of_the_grid() -> None:
    source = read_word(
        tbl(tr(tc("題", properties=SPAN.format(2)), tc("後", p(), p("一", r("<w:br/>"), "二"))))
    )
    runs = [run for cell in rows(source)[0].cells for paragraph in cell for run in paragraph]
    assert [(run.text, run.at) for run in runs] == [
        ("題", Location(table=1, row=1, cell="A1", line=1, column=1)),
        ("後", Location(table=1, row=1, cell="C1", line=1, column=1)),
        ("一", Location(table=1, row=1, cell="C1", line=3, column=1)),
        ("二", Location(table=1, row=1, cell="C1", line=3, column=3)),
    ]


def test_a_cell_over_several_columns_covers_them() -> None:
    source = read_word(tbl(tr(tc("重点施策", properties=SPAN.format(3)), tc("◎"))))
    assert lines(source) == ["重点施策|||◎"]
    assert covers(rows(source)[0]) == {1: "重点施策", 2: "重点施策"}


def test_a_cell_over_several_rows_covers_them() -> None:
    source = read_word(
        tbl(
            tr(tc("窓口", properties=START), tc("目標")),
            tr(tc(properties=GOES_ON), tc("実績")),
            tr(tc("備蓄", properties=START), tc("目標")),
            tr(tc(properties=GOES_ON), tc()),
            tr(tc("相談"), tc("目標")),
        )
    )
    assert lines(source) == ["窓口|目標", "|実績", "備蓄|目標", "|", "相談|目標"]
    assert [covers(block) for block in rows(source)] == [{}, {0: "窓口"}, {}, {0: "備蓄"}, {}]


def test_a_cell_over_rows_and_columns_covers_both() -> None:
    both = SPAN.format(2) + START
    source = read_word(
        tbl(tr(tc("広", properties=both), tc("a")), tr(tc(properties=SPAN.format(2) + GOES_ON), tc("b")))
    )
    assert lines(source) == ["広||a", "||b"]
    assert [covers(block) for block in rows(source)] == [{1: "広"}, {0: "広", 1: "広"}]


def test_columns_that_a_row_leaves_out_count() -> None:
    before, after = '<w:gridBefore w:val="2"/>', '<w:gridAfter w:val="1"/>'
    source = read_word(tbl(tr(tc("a"), tc("b"), tc("c"), tc("d")), tr(tc("x"), properties=before + after)))
    assert lines(source) == ["a|b|c|d", "||x|"]
    assert rows(source)[1].cells[2][0][0].at.cell == "C2"


def test_cells_merged_in_the_old_way_cover_too() -> None:
    source = read_word(
        tbl(tr(tc("広", properties='<w:hMerge w:val="restart"/>'), tc(properties="<w:hMerge/>")))
    )
    assert lines(source) == ["広|"]
    assert covers(rows(source)[0]) == {1: "広"}


@pytest.mark.parametrize("first", [tr(tc("別の行"), tc("a")), ""])
def test_a_cell_that_goes_on_from_nothing_is_its_own(first: str) -> None:
    source = read_word(tbl(first, tr(tc("続き", properties=GOES_ON), tc("b"))))
    assert lines(source)[-1] == "続き|b"
    assert source.remarks == ()


def test_text_that_a_merged_cell_hides_is_read_and_said() -> None:
    source = read_word(tbl(tr(tc("上", properties=START)), tr(tc("隠れた文", properties=GOES_ON))))
    assert lines(source) == ["上", "隠れた文"]
    assert [(remark.kind, remark.text, remark.at) for remark in source.remarks] == [
        ("hidden", "隠れた文", Location(table=1, row=2, cell="A2", line=1, column=1))
    ]


def test_rows_and_cells_may_be_wrapped() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    source = read_word(tbl(control.format(tr(tc("a"), control.format(tc("b")))), tr(tc("c"), tc("d"))))
    assert lines(source) == ["a|b", "c|d"]


def test_a_tab_within_a_cell_parts_nothing() -> None:
    assert lines(read_word(tbl(tr(tc(p("当初予算", r("<w:tab/>"), "490千円")), tc("x"))))) == [
        "当初予算 490千円|x"
    ]


def test_a_blank_row_keeps_its_table() -> None:
    assert rows(read_word(tbl(tr(tc("a")), tr(tc()), tr(tc(" ")))))[1:] == [Block((), 1), Block((), 1)]


def test_a_table_within_a_cell_has_its_own_rows() -> None:
    inner = tbl(tr(tc("内1"), tc("内2")), tr(tc("内3"), tc("内4")))
    source = read_word(
        tbl(tr(tc("実績"), tc("前", inner, "後"), tc("右")), tr(tc("次"), tc(), tc())) + p("終")
    )
    assert lines(source) == ["実績|前|右", "内1|内2", "内3|内4", "|後|", "次||", "終"]
    assert [block.table for block in source.blocks or ()] == [1, 2, 2, 1, 1, None]
    inside = rows(source)[2].cells[1][0][0]
    assert inside.at == Location(table=2, row=2, cell="B2", line=1, column=1)
    behind = rows(source)[3].cells[1][0][0]
    assert behind.at == Location(table=1, row=1, cell="B1", line=2, column=1)


def test_a_frame_around_the_page_hides_nothing() -> None:
    inner = tbl(tr(tc("目標"), tc("備えます。")))
    deepest = tbl(tr(tc(inner, p())))
    source = read_word(tbl(tr(tc(deepest, "※ 注", tbl(tr(tc("別"))), p()))))
    assert [text for text in lines(source) if text.strip("|")] == ["目標|備えます。", "※ 注", "別"]
    assert [block.table for block in source.blocks or () if block.cells] == [3, 1, 4]


def test_a_merged_cell_with_a_table_in_it_covers_its_whole_text() -> None:
    inner = tbl(tr(tc("内")))
    source = read_word(tbl(tr(tc("前", inner, "後", properties=START)), tr(tc(properties=GOES_ON))))
    assert covers(rows(source)[-1]) == {0: "前/後"}


def test_too_many_cells_are_refused_before_they_are_made() -> None:
    body = tbl(tr(tc("a", properties=SPAN.format(50)), tc("b")))
    assert len(rows(read_word(body, limits=Limits(max_cells=51)))[0].cells) == 51
    for wide in (body, tbl(tr(tc("a"), properties='<w:gridBefore w:val="999999999"/>'))):
        with pytest.raises(Unreadable, match="上限は50個") as caught:
            read_word(wide, limits=Limits(max_cells=50))
        assert caught.value.at == Location(path="報告.docx")


@pytest.mark.parametrize("value", ["-3", "0", "x", "", "99999999999999999999"])
def test_odd_spans_are_one_column(value: str) -> None:
    span = f'<w:gridSpan w:val="{value}"/>'
    before = f'<w:gridBefore w:val="{value}"/>'
    assert lines(read_word(tbl(tr(tc("a", properties=span), tc("b"), properties=before)))) == ["a|b"]
