"""The boxes of comments: readable, in their place, and beside whatever is drawn there already."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from jisseki_check.marking.note_boxes import NoteBoxes, numbers
from jisseki_check.marking.package import parsed
from jisseki_check.marking.refusal import CannotMark
from jisseki_check.marking.styles import MAIN
from jisseki_check.marking.worksheet import Worksheet

# As Office writes it for a form control: no XML parser takes the <br>.
CONTROL = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shape id="_x0000_s1025" type="#_x0000_t201"><v:textbox><div>点検<br>する</div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Row>4</x:Row><x:Column>5</x:Column></x:ClientData></v:shape></xml>'
)
TEXT = "【誤り】FIN101　決算額が予算額を上回っています\n直し方：注記を書いてください。"


def _sheet(inside: str = "<sheetData/>") -> Worksheet:
    return Worksheet(parsed(f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'.encode()))


def _shown(data: bytes | None = None, text: str = TEXT, sheet: Worksheet | None = None) -> str:
    boxes = NoteBoxes(data, set())
    boxes.show(5, 6, text, sheet or _sheet())
    return boxes.bytes().decode()


def _anchor(text: str) -> list[int]:
    found = re.findall(r"<\w+:Anchor>([^<]*)<", text)[-1]
    return [int(each) for each in found.split(",")]


def test_a_new_drawing_is_well_formed() -> None:
    root = etree.fromstring(_shown().encode())
    assert [each.text for each in root.iter("{*}Row", "{*}Column")] == ["4", "5"]


def test_what_is_drawn_there_stays_as_it_is() -> None:
    shown = _shown(CONTROL.encode())
    start, end = CONTROL.split("data=")[0], CONTROL.partition("</o:shapelayout>")[2].removesuffix("</xml>")
    assert shown.startswith(start)
    assert end in shown
    assert 'data="1"' in shown
    assert 'id="_x0000_s1026"' in shown


def test_a_control_at_the_cell_is_no_box_of_it() -> None:
    boxes = NoteBoxes(CONTROL.encode(), set())
    boxes.remove(5, 6)
    assert boxes.bytes().decode() == CONTROL


def test_a_box_that_is_there_is_made_larger_not_doubled() -> None:
    once = _shown()
    twice = _shown(once.encode(), text=f"{TEXT}\n" * 6)
    assert twice.count("ObjectType=") == 1
    assert _anchor(twice)[6] > _anchor(once)[6]


def test_a_box_with_other_prefixes_and_without_an_anchor_is_known() -> None:
    other = (
        re.sub("<x:Anchor>.*?</x:Anchor>", "", _shown()).replace("x:", "ns7:").replace("xmlns:ns7", "xmlns:x")
    )
    other = other.replace("v:shape ", "ns3:shape ").replace("/v:shape>", "/ns3:shape>")
    shown = _shown(other.encode())
    assert shown.count("ObjectType=") == 1
    assert "<ns7:Anchor>" in shown
    boxes = NoteBoxes(other.encode(), set())
    boxes.remove(5, 6)
    assert "ObjectType=" not in boxes.bytes().decode()


def test_numbers_of_other_drawings_are_not_taken() -> None:
    boxes = NoteBoxes(None, {1, 2})
    boxes.show(5, 6, TEXT, _sheet())
    assert 'id="_x0000_s3073"' in boxes.bytes().decode()
    assert numbers(boxes.bytes().decode()) == {3}


def test_a_full_drawing_takes_in_further_numbers() -> None:
    full = CONTROL.replace("</xml>", "".join(f'<i id="_x0000_s{n}"/>' for n in range(1026, 2048)) + "</xml>")
    assert 'data="1,2"' in _shown(full.encode())


@pytest.mark.parametrize("data", [b"\xff\xfe<xml/>", b"<other/>"])
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(CannotMark):
        _shown(data)


# --- size and place -----------------------------------------------------------------------------


def _width(text: str, sheet: Worksheet) -> int:
    left, left_offset, _, _, right, right_offset, _, _ = _anchor(_shown(text=text, sheet=sheet))
    return sum(sheet.width(each + 1) for each in range(left, right)) - left_offset + right_offset


def _height(text: str, sheet: Worksheet) -> int:
    _, _, top, top_offset, _, _, bottom, bottom_offset = _anchor(_shown(text=text, sheet=sheet))
    return sum(sheet.height(each + 1) for each in range(top, bottom)) - top_offset + bottom_offset


@pytest.mark.parametrize(
    "inside",
    [
        "<sheetData/>",
        '<cols><col min="1" max="60" width="2.2" customWidth="1"/></cols><sheetData/>',
        '<cols><col min="7" max="7" width="200" customWidth="1"/></cols><sheetData/>',
        '<sheetFormatPr defaultRowHeight="9"/><sheetData><row r="5" ht="400"/></sheetData>',
        '<cols><col min="7" max="16384" hidden="1"/></cols><sheetData/>',
        '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><sheetData>'
        + "".join(f'<row r="{n}" ht="15"/>' for n in range(1, 9))
        + "</sheetData>",
    ],
    ids=["usual", "graph paper", "wide column", "high row", "columns hidden to the end", "rows hidden"],
)
def test_the_box_has_its_size_whatever_the_columns_are(inside: str) -> None:
    sheet = _sheet(inside)
    assert _width(TEXT, sheet) >= 360
    assert _height(TEXT, sheet) >= 4 * 16


def test_a_long_text_has_a_wide_box() -> None:
    long = f"{TEXT}\n" * 40
    assert _width(TEXT, _sheet()) < _width(long, _sheet())
    assert _height(TEXT, _sheet()) < _height(long, _sheet())


def test_the_box_stands_beside_merged_cells() -> None:
    merged = _sheet('<sheetData/><mergeCells><mergeCell ref="F5:K9"/></mergeCells>')
    assert _anchor(_shown(sheet=merged))[0] >= 11
