"""Workbooks that cannot be read whole: refused early, and in plain words."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Unreadable
from jisseki_check.readers import read_bytes
from tests.readers.packages import archive
from tests.readers.xlsx.books import (
    NAME,
    NAMESPACES,
    Members,
    beside,
    members,
    number,
    read,
    row,
    sheet,
    text,
)

BODY = sheet(row(text("A1", "本文")))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_WORKBOOK = "xl/workbook.xml"
_SHEET = "xl/worksheets/sheet1.xml"


def refused(held: Members | bytes, limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    data = held if isinstance(held, bytes) else archive(held)
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, NAME, limits)
    fault = caught.value
    assert (fault.rule, fault.at is not None and fault.at.path) == ("DOC001", NAME)
    assert fault.fix
    assert fault.fix.endswith("。")
    assert "不具合" not in fault.message, fault.__cause__
    return fault


# --- damaged ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "",
        "本文",
        BODY[:-20],
        BODY + "<x/>",
        sheet(row('<c r="A1" t="s"><v>0</v></c>')),
        sheet(row('<c r="A1" t="s"><v>x</v></c>')),
        sheet(row('<c r="A1"><v>五</v></c>')),
        sheet(row(f'<c r="A1" t="s"><v>{"9" * 9_000}</v></c>')),
        sheet(row(f'<c r="A1"><v>{"9" * 9_000}</v></c>')),
        sheet(row(f'<c r="A{"9" * 9_000}"><v>9</v></c>')),
        sheet(f'<row r="{"9" * 9_000}"/>'),
        sheet(row('<c r="A1"><v>NaN</v></c>')),
        sheet(row('<c r="A1" t="d"><v>三月</v></c>')),
        sheet(row('<c r="A2"><v>5</v></c>')),
        sheet(row('<c r="1"><v>5</v></c>')),
        sheet(row('<c r="a1"><v>5</v></c>')),
        sheet(row('<c r="XFE1"><v>5</v></c>')),
        sheet(row('<c r="A1"><v>5</v></c><c r="A1"><v>6</v></c>')),
        sheet(row('<c r="A1"><v>5</v></c>') + row('<c r="A1"><v>6</v></c>')),
        sheet(row("<c><v>5</v></c>", at=0)),
        sheet(row("<c><v>5</v></c>", at=1_048_577)),
        sheet('<c r="A1"><v>5</v></c>'),
        sheet(row(), before="<cols>" + '<col min="1" max="1"/>' * 16_385 + "</cols>"),
        sheet(row(text("A1", "一")), after='<mergeCells><mergeCell ref="A1:XFE1"/></mergeCells>'),
    ],
)
def test_what_no_spreadsheet_writes(content: str) -> None:
    fault = refused(members(content))
    assert fault.message == f"ファイルの中身（{_SHEET}）が壊れています"


@pytest.mark.parametrize("part", [_WORKBOOK, _SHEET, "xl/styles.xml", "xl/sharedStrings.xml"])
def test_a_document_type_is_refused(part: str) -> None:
    held = members(BODY)
    held[part] = LAUGHS + str(held[part])
    assert "DOCTYPE" in refused(held).message


@pytest.mark.parametrize("part", [_WORKBOOK, _SHEET, "xl/styles.xml", "xl/sharedStrings.xml"])
def test_a_missing_part_is_named(part: str) -> None:
    held = members(BODY)
    del held[part]
    assert part in refused(held).message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r:id="s1"', 'r:id="s9"'),
        ('r:id="s1"', ""),
        ("<sheet ", "<leaf "),
        ('r:id="s2"', 'r:id="s1"'),
    ],
)
def test_a_workbook_that_names_sheets_it_has_not(old: str, new: str) -> None:
    held = members(BODY, BODY)
    held[_WORKBOOK] = str(held[_WORKBOOK]).replace(old, new)
    assert refused(held).message == f"ファイルの中身（{_WORKBOOK}）が壊れています"


def test_two_sheets_are_no_one_part() -> None:
    held = members(BODY, BODY)
    listed = "xl/_rels/workbook.xml.rels"
    held[listed] = str(held[listed]).replace("sheet2.xml", "SHEET1.xml")
    assert refused(held).message == f"ファイルの中身（{_WORKBOOK}）が壊れています"


SOUND = archive(members(sheet(row(text("A1", "事業名"), number("B1", 490))), titles=["一覧"]))
DAMAGE = st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=3)


def complaint(data: bytes) -> str:
    """What is said of a file that may be sound or not."""
    try:
        read_bytes(data, NAME)
    except Unreadable as fault:
        return fault.message
    return ""


@settings(deadline=None)
@given(DAMAGE)
def test_damage_anywhere_is_refused_or_harmless(damage: list[tuple[int, int]]) -> None:
    content = bytearray(SOUND)
    for at, byte in damage:
        content[at] = byte
    assert "不具合" not in complaint(bytes(content))


@settings(deadline=None)
@given(st.text(alphabet="<>/\"= rcvstABdf1'", max_size=60), st.sampled_from([_WORKBOOK, _SHEET]))
def test_any_xml_is_read_or_refused(inside: str, part: str) -> None:
    held = members(BODY)
    content = str(held[part])
    for element in ("<sheetData>", "<sheets>"):
        content = content.replace(element, element + inside)
    assert "不具合" not in complaint(archive(held | {part: content}))


# --- without text -------------------------------------------------------------------------------


def test_a_book_without_text() -> None:
    assert (
        refused(members(sheet(), sheet(row('<c r="A1" s="1"/>')))).message
        == "ブックに文字がありません（どのシートも空です）"
    )


def test_a_book_of_pictures() -> None:
    held = members(sheet()) | beside(1, {"drawing": f"<d {NAMESPACES}/>"}) | {"xl/media/image1.png": b"x"}
    assert refused(held).message == "ブックの中身が画像だけで、文字がありません"


# --- limits -------------------------------------------------------------------------------------


SMALL = replace(DEFAULT_LIMITS, max_cells=10)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            sheet(row(*(number(f"{letter}1", 1) for letter in "ABCDEFGHIJK"))),
            "セルが多すぎます（上限は10個）",
        ),
        (sheet(row(*("<c><f>B2</f></c>" for _ in range(11)))), "セルが多すぎます"),
        (sheet(row(number("DA1", 1))), "表が広すぎます（空のセルも数えて、上限は100個）"),
        (
            sheet(
                row(text("A1", "一"), text("X1", "二")),
                after='<mergeCells><mergeCell ref="A1:W1"/></mergeCells>',
            ),
            "結合されたセルが多すぎます（上限は20個）",
        ),
        (
            sheet(after="<mergeCells>" + '<mergeCell ref="A1:B1"/>' * 21 + "</mergeCells>"),
            "結合されたセルが多すぎます（上限は20個）",
        ),
    ],
)
def test_more_cells_than_are_read(content: str, said: str) -> None:
    assert said in refused(members(content), SMALL).message


def test_what_is_just_within_the_limits() -> None:
    cells = row(*(number(f"{letter}1", 1) for letter in "ABCDEFGHIJ"))
    merged = '<mergeCells><mergeCell ref="A2:S2"/></mergeCells>'
    assert read(sheet(cells, after=merged), limits=SMALL).blocks


def test_shared_texts_are_counted_with_each_cell() -> None:
    cells = row(*('<c t="s"><v>0</v></c>' for _ in range(5)))
    held = members(sheet(cells))
    held["xl/sharedStrings.xml"] = f"<sst {NAMESPACES}><si><t>{'一行目&#10;' * 4}</t></si></sst>"
    assert read_bytes(archive(held), NAME, replace(DEFAULT_LIMITS, max_values=20)).blocks
    assert "上限は19行" in refused(held, replace(DEFAULT_LIMITS, max_values=19)).message
    many = members(sheet(row(*('<c t="s"><v>0</v></c>' for _ in range(400)))))
    many["xl/sharedStrings.xml"] = f"<sst {NAMESPACES}><si><t>{'一' * 100}</t></si></sst>"
    assert "上限の119,999バイト" in refused(many, replace(DEFAULT_LIMITS, max_bytes=119_999)).message
    assert read_bytes(archive(many), NAME, replace(DEFAULT_LIMITS, max_bytes=120_000)).blocks


def test_more_shared_texts_than_cells_can_be() -> None:
    held = members(BODY)
    held["xl/sharedStrings.xml"] = f"<sst {NAMESPACES}>{'<si><t>a</t></si>' * 11}</sst>"
    assert "上限は10個" in refused(held, SMALL).message


@pytest.mark.parametrize(
    "inside",
    [
        "<x " + " ".join(f'a{at}=""' for at in range(300_000)) + "/>",
        f'<x a="{"x" * 3_000_000}"/>',
        f"<!--{'x' * 3_000_000}-->",
    ],
)
def test_elements_that_take_memory(inside: str) -> None:
    assert "大きすぎ" in refused(members(BODY.replace("<sheetData>", f"{inside}<sheetData>"))).message


def test_more_tags_than_styles_have() -> None:
    held = members(BODY)
    held["xl/styles.xml"] = f"<styleSheet {NAMESPACES}>{'<x/>' * 2_000_000}</styleSheet>"
    assert "大きすぎ" in refused(held).message


def test_empty_rows_and_cells_take_no_memory() -> None:
    rows = "".join(f'<row r="{at}" s="1"/>' for at in range(2, 60_000))
    cells = row(text("A1", "本文"), *('<c s="1"/>' for _ in range(16_000)))
    data = archive(members(sheet(cells + rows)))
    tracemalloc.start()
    source = read_bytes(data, NAME)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(source.blocks or ()) == 1
    assert peak < 20_000_000
