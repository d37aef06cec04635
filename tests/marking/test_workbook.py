"""Marked workbooks: the findings are in them, and nothing else has changed."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check import own_marks
from jisseki_check.marking import CannotMark, is_marked, mark
from jisseki_check.marking.styles import COLOURS
from jisseki_check.model import Severity
from tests.marking.workbooks import (
    FORM,
    LIST,
    SHEETS,
    changed,
    comments,
    contents,
    fills,
    finding,
    opened,
    parts,
    saved_again,
    workbook,
)

BOOK = workbook()
OVERRUN = finding(1, LIST, "F5")
LOW = finding(2, LIST, "F5", Severity.WARNING)
SHORT = finding(3, LIST, "D4", Severity.INFO)
MERGED = finding(4, FORM, "K4")
NOT_THERE = finding(5, FORM, "B30")
WHOLE = finding(6, None, None, Severity.WARNING)
THEIRS = finding(7, LIST, "E5", Severity.WARNING)
ALL = (OVERRUN, LOW, SHORT, MERGED, NOT_THERE, WHOLE, THEIRS)
MARKED = mark(BOOK, ".xlsx", contents(*ALL))


def listed(data: bytes) -> list[dict[str, Any]]:
    """The rows of our sheet by its headings."""
    rows = list(opened(data)[own_marks.SHEET].iter_rows(values_only=True))
    at = next(place for place, row in enumerate(rows) if own_marks.REFERENCE in row)
    headings = [str(cell) for cell in rows[at]]
    return [
        dict(zip(headings, row, strict=True)) for row in rows[at + 1 :] if row[headings.index("照合番号")]
    ]


# --- what is put in -----------------------------------------------------------------------------


def test_each_finding_is_at_its_cell_and_in_the_list() -> None:
    held = comments(MARKED)
    assert set(held) == {
        (LIST, "F5"), (LIST, "D4"), (LIST, "E5"), (LIST, "B6"), (FORM, "K4"), (FORM, "B30")
    }  # fmt: skip
    for each in ALL[:5]:
        sheet, cell = each.location.sheet, each.location.cell
        assert sheet is not None
        assert cell is not None
        assert f"{each.rule}　{each.message}" in held[sheet, cell]
    rows = listed(MARKED)
    assert [row["番号"] for row in rows] == list(range(1, 8))
    assert {row[own_marks.REFERENCE] for row in rows} == {
        own_marks.reference(each.fingerprint) for each in ALL
    }


def test_the_gravest_comes_first() -> None:
    assert [row["段階"] for row in listed(MARKED)] == ["誤り"] * 3 + ["確認"] * 3 + ["参考"]
    text = comments(MARKED)[LIST, "F5"]
    assert text.index("【誤り】") < text.index("【確認】")
    assert fills(MARKED)[LIST, "F5"] == COLOURS[Severity.ERROR]


def test_colours_by_level() -> None:
    before, after = fills(BOOK), fills(MARKED)
    ours = {
        place: colour for place, colour in after.items() if place[0] in SHEETS and before.get(place) != colour
    }
    assert ours == {
        (LIST, "F5"): COLOURS[Severity.ERROR],
        (LIST, "D4"): COLOURS[Severity.INFO],
        (LIST, "E5"): COLOURS[Severity.WARNING],
        (FORM, "K4"): COLOURS[Severity.ERROR],
        (FORM, "B30"): COLOURS[Severity.ERROR],
    }


def test_a_comment_of_others_keeps_its_words_and_author() -> None:
    cell = opened(MARKED)[LIST]["E5"]
    assert cell.comment.author == "財政課"
    theirs, ours = own_marks.divided(cell.comment.text, cell.comment.author)
    assert theirs == "補正後の額か"
    assert [note.reference for note in own_marks.in_comment(ours)] == [
        own_marks.reference(THEIRS.fingerprint)
    ]
    assert comments(MARKED)[LIST, "B6"] == "名称は仮"


def test_places_lead_to_their_cells() -> None:
    sheet = opened(MARKED)[own_marks.SHEET]
    targets = {cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    quoted = LIST.replace("'", "''")
    assert targets == {f"'{quoted}'!F5", f"'{quoted}'!D4", f"'{quoted}'!E5", f"'{FORM}'!K4", f"'{FORM}'!B30"}


def test_the_sheet_is_known_as_ours_and_made_for_paper() -> None:
    book = opened(MARKED)
    sheet = book[own_marks.SHEET]
    assert book.sheetnames == [*SHEETS, own_marks.SHEET]
    assert book.active is not None
    assert book.active.title == LIST
    assert sheet.defined_names[own_marks.PROOF_NAME].attr_text == f'"{own_marks.PROOF}"'
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:I11"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert [name for name, column in sheet.column_dimensions.items() if column.hidden] == ["J", "K", "L"]


def test_a_sheet_of_that_name_is_left_alone() -> None:
    book = opened(BOOK)
    book.create_sheet(own_marks.SHEET)["A1"] = "課内の点検"
    out = _bytes(book)
    marked = mark(mark(out, ".xlsx", contents(OVERRUN)), ".xlsx", contents(OVERRUN))
    assert opened(marked).sheetnames == [*SHEETS, own_marks.SHEET, f"{own_marks.SHEET} (2)"]
    assert opened(marked)[own_marks.SHEET]["A1"].value == "課内の点検"


def test_without_findings_the_sheet_says_what_was_judged() -> None:
    marked = mark(BOOK, ".xlsx", contents())
    texts = [cell.value for row in opened(marked)[own_marks.SHEET] for cell in row if cell.value]
    assert "点検した範囲に指摘はありません。" in texts
    assert "判定　適合　指摘　誤り 0・確認 0・参考 0" in texts
    assert comments(marked) == comments(BOOK)
    assert is_marked(marked, ".xlsx")


def test_what_was_not_judged_is_said() -> None:
    unjudged = replace(contents(OVERRUN), unjudged=("計算の途中で問題が起きました",))
    texts = [cell.value for row in opened(mark(BOOK, ".xlsx", unjudged))[own_marks.SHEET] for cell in row]
    assert "計算の途中で問題が起きました" in texts
    assert any("点検できなかったところがあります" in str(text) for text in texts)


def test_more_than_a_comment_holds_stands_in_the_list() -> None:
    many = [finding(number, LIST, "F5", message="長い指摘です。" * 30) for number in range(10, 210)]
    marked = mark(BOOK, ".xlsx", contents(*many))
    text = comments(marked)[LIST, "F5"]
    assert len(text) < 32_767
    assert "件の指摘があります。シート「点検結果」をご覧ください。" in text
    assert len(listed(marked)) == 200


# --- what stays ---------------------------------------------------------------------------------


def test_every_other_part_is_the_same() -> None:
    before, after = parts(BOOK), parts(MARKED)
    assert set(before) <= set(after)
    edited = {name for name in before if before[name] != after[name]}
    assert all(
        re.search(r"\[Content_Types\]|workbook\.xml|styles\.xml|worksheets/sheet|comment|\.vml", name)
        for name in edited
    )
    assert not any("chart" in name or "docProps" in name or "theme" in name for name in edited)


def test_what_a_sheet_holds_is_the_same() -> None:
    before, after = opened(BOOK), opened(MARKED)
    for name in SHEETS:
        old: Any = before[name]
        new: Any = after[name]
        for row in old.iter_rows():
            for cell in row:
                other = new[cell.coordinate]
                assert (cell.value, cell.number_format, cell.data_type) == (
                    other.value, other.number_format, other.data_type
                )  # fmt: skip
                assert [repr(each) for each in (cell.font, cell.border, cell.alignment)] == [
                    repr(each) for each in (other.font, other.border, other.alignment)
                ]
        assert old.merged_cells.ranges == new.merged_cells.ranges
        assert old.data_validations == new.data_validations
        assert _conditional(old) == _conditional(new)
        assert (old.print_area, old.freeze_panes, old.auto_filter.ref, old.protection.sheet) == (
            new.print_area, new.freeze_panes, new.auto_filter.ref, new.protection.sheet
        )  # fmt: skip
        assert len(old._charts) == len(new._charts)


def test_parts_that_no_library_knows_stay() -> None:
    """Printer settings, slicers, threads of comments: what a library that loads and saves would lose."""
    more = {
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
        "xl/slicers/slicer1.xml": b"<slicers/>",
        "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
        "customXml/item1.xml": b"<a>\r\n</a>",
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    }

    def add(held: Mapping[str, bytes]) -> dict[str, bytes]:
        name = "xl/worksheets/_rels/sheet1.xml.rels"
        relation = (
            b'<Relationship Id="rId50" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships'
            b'/printerSettings" Target="../printerSettings/printerSettings1.bin"/></Relationships>'
        )
        return {**more, name: held[name].replace(b"</Relationships>", relation)}

    before = changed(BOOK, add)
    after = parts(mark(before, ".xlsm", contents(*ALL)))
    assert {name: after[name] for name in more} == more
    assert (
        after["xl/worksheets/_rels/sheet1.xml.rels"] == parts(before)["xl/worksheets/_rels/sheet1.xml.rels"]
    )


def test_nothing_is_added_to_a_thread_but_it_is_said() -> None:
    def thread(held: Mapping[str, bytes]) -> dict[str, bytes]:
        name = next(name for name in held if "comments/" in name)
        return {name: held[name].replace("財政課".encode(), b"tc={0}")}

    before = changed(BOOK, thread)
    marked = mark(before, ".xlsx", contents(THEIRS))
    assert comments(marked) == comments(before)
    assert fills(marked)[LIST, "E5"] == COLOURS[Severity.WARNING]
    texts = [str(cell.value) for row in opened(marked)[own_marks.SHEET] for cell in row]
    assert any(f"{LIST}!E5 にはスレッド形式のコメントがある" in text for text in texts)


def test_a_workbook_without_styles_gets_some() -> None:
    def strip(held: dict[str, bytes]) -> dict[str, bytes]:
        del held["xl/styles.xml"]
        sheets = {name: data for name, data in held.items() if "worksheets/sheet" in name}
        return {
            "xl/_rels/workbook.xml.rels": re.sub(
                rb"<Relationship [^>]*styles[^>]*/>", b"", held["xl/_rels/workbook.xml.rels"]
            ),
            **{name: re.sub(rb' (?:s|dxfId)="[0-9]+"', b"", data) for name, data in sheets.items()},
        }

    marked = mark(changed(BOOK, strip), ".xlsx", contents(*ALL))
    assert fills(marked)[LIST, "F5"] == COLOURS[Severity.ERROR]
    assert len(listed(marked)) == len(ALL)


def test_the_same_input_gives_the_same_bytes() -> None:
    again = mark(BOOK, ".xlsx", contents(*ALL))
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(MARKED).hexdigest()


cells = st.tuples(st.sampled_from("ABCDEFGHZ"), st.integers(1, 40)).map(lambda each: f"{each[0]}{each[1]}")
# Merged cells show what their first one holds.
SHOWN_IN = {
    (name, cell.coordinate): merged.start_cell.coordinate
    for name in SHEETS
    for merged in opened(BOOK)[name].merged_cells.ranges
    for row in opened(BOOK)[name][merged.coord]
    for cell in row
}
places = st.tuples(st.sampled_from(SHEETS), cells, st.sampled_from(list(Severity)))


@settings(max_examples=25, deadline=None)
@given(st.lists(places, max_size=12))
def test_whatever_cells_are_marked(marks: list[tuple[str, str, Severity]]) -> None:
    findings = [finding(number, *each) for number, each in enumerate(marks, 1)]
    marked = mark(BOOK, ".xlsx", contents(*findings))
    gravest: dict[tuple[str, str], Severity] = {}
    for sheet, cell, severity in sorted(marks, key=lambda each: list(Severity).index(each[2]), reverse=True):
        gravest[sheet, SHOWN_IN.get((sheet, cell), cell)] = severity
    assert set(comments(marked)) == set(gravest) | set(comments(BOOK))
    held = fills(marked)
    assert {place: held[place] for place in gravest} == {
        place: COLOURS[severity] for place, severity in gravest.items()
    }
    others = {place: colour for place, colour in held.items() if place[0] in SHEETS and place not in gravest}
    assert others == {place: colour for place, colour in fills(BOOK).items() if place not in gravest}
    cleared = mark(marked, ".xlsx", contents())
    assert comments(cleared) == comments(BOOK)
    assert {place: colour for place, colour in fills(cleared).items() if place[0] in SHEETS} == fills(BOOK)


# --- a marked copy that is marked again ---------------------------------------------------------


def test_marking_again_doubles_nothing() -> None:
    once = mark(MARKED, ".xlsx", contents(*ALL))
    twice = mark(once, ".xlsx", contents(*ALL))
    assert comments(once) == comments(MARKED)
    assert fills(once) == fills(MARKED)
    assert listed(once) == listed(MARKED)
    assert parts(once) == parts(twice)


@pytest.mark.parametrize("resave", [lambda data: data, saved_again], ids=["as it was", "saved again"])
def test_reasons_in_the_list_are_carried_over(resave: Any) -> None:
    book = opened(MARKED)
    book[own_marks.SHEET]["I6"] = "協議ずみ"
    number = book[own_marks.SHEET]["J6"].value
    again = mark(resave(_bytes(book)), ".xlsx", contents(*ALL))
    assert {row[own_marks.REFERENCE]: row["理由"] for row in listed(again) if row["理由"]} == {
        number: "協議ずみ"
    }
    assert own_marks.explanations(comments(again).values()) == ((number, "協議ずみ"),)
    assert [row["元の塗り"] for row in listed(again)] == [row["元の塗り"] for row in listed(MARKED)]


def test_reasons_in_a_comment_are_carried_over() -> None:
    book = opened(MARKED)
    book[LIST]["D4"].comment.text += "様式の都合"
    again = mark(_bytes(book), ".xlsx", contents(*ALL))
    assert {row["コード"]: row["理由"] for row in listed(again) if row["理由"]} == {SHORT.rule: "様式の都合"}


def test_reasons_of_an_earlier_copy_are_carried_over() -> None:
    book = opened(MARKED)
    book[LIST]["D4"].comment.text += "様式の都合"
    again = mark(BOOK, ".xlsx", contents(*ALL), earlier=_bytes(book))
    assert {row["コード"]: row["理由"] for row in listed(again) if row["理由"]} == {SHORT.rule: "様式の都合"}


def test_a_reason_whose_finding_is_gone_is_kept_apart() -> None:
    explained = mark(BOOK, ".xlsx", contents(replace(OVERRUN, explanation="補正予算による"), LOW))
    again = mark(explained, ".xlsx", contents(LOW))
    assert [(row["番号"], row["コード"], row["理由"]) for row in listed(again)] == [
        (1, LOW.rule, None),
        (None, OVERRUN.rule, "補正予算による"),
    ]
    back = mark(again, ".xlsx", contents(OVERRUN, LOW))
    assert [row["理由"] for row in listed(back)] == ["補正予算による", None]


def test_the_sheet_of_ours_may_have_been_renamed_and_moved() -> None:
    book = opened(MARKED)
    ours = book[own_marks.SHEET]
    ours.title = "指摘の一覧"
    book.move_sheet(ours, -2)
    book.active = 0
    again = mark(_bytes(book), ".xlsx", contents(*ALL))
    assert opened(again).sheetnames == [*SHEETS, own_marks.SHEET]
    assert opened(again)[LIST].print_title_rows == "$3:$3"


def test_a_formula_that_staff_put_into_our_sheet_goes_with_it() -> None:
    def add_formula(held: Mapping[str, bytes]) -> dict[str, bytes]:
        chain = (
            '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="N5" i="3"/>'
            "</calcChain>"
        )
        relations = held["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships'
            b'/calcChain" Target="calcChain.xml"/></Relationships>',
        )
        ours = next(name for name in held if name.endswith("sheet3.xml"))
        with_formula = re.sub(
            rb'(<row r="5".*?)(</row>)', rb'\1<c r="N5"><f>1+1</f></c>\2', held[ours], count=1
        )
        return {
            "xl/calcChain.xml": chain.encode(), "xl/_rels/workbook.xml.rels": relations, ours: with_formula
        }  # fmt: skip

    again = parts(mark(changed(MARKED, add_formula), ".xlsx", contents(*ALL)))
    assert "xl/calcChain.xml" not in again
    assert b"calcChain" not in again["xl/_rels/workbook.xml.rels"]


# --- what cannot be marked ----------------------------------------------------------------------


def _signed(held: Mapping[str, bytes]) -> dict[str, bytes]:
    signature = (
        b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
        b'digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    )
    return {
        "_rels/.rels": held["_rels/.rels"].replace(b"</Relationships>", signature),
        "_xmlsignatures/origin.sigs": b"",
    }


def _strict(held: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        name: data.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, data in held.items()
    }


def _shared(held: Mapping[str, bytes]) -> dict[str, bytes]:
    log = (
        b'<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'revisionHeaders" Target="revisions/revisionHeaders.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    return {name: held[name].replace(b"</Relationships>", log), "xl/revisions/revisionHeaders.xml": b"<h/>"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_signed, "電子署名"),
        (_strict, "Strict Open XML"),
        (_shared, "共有"),
        (lambda held: {"xl/styles.xml": b"<broken"}, "壊れています"),
        (lambda held: {"xl/workbook.xml": b"<!DOCTYPE w [<!ENTITY a 'b'>]><w>&a;</w>"}, "DOCTYPE"),
    ],
    ids=["signed", "strict", "shared", "broken", "doctype"],
)
def test_what_would_be_spoilt_is_not_marked(change: Any, said: str) -> None:
    with pytest.raises(CannotMark, match=said):
        mark(changed(BOOK, change), ".xlsx", contents(OVERRUN))


def test_what_is_no_archive_is_not_marked() -> None:
    with pytest.raises(CannotMark):
        mark(b"PK\x03\x04 nothing", ".xlsx", contents(OVERRUN))
    assert not is_marked(b"nothing", ".xlsx")


def test_a_fault_of_ours_is_said_and_not_raised() -> None:
    bad = changed(
        BOOK,
        lambda held: {
            "xl/worksheets/sheet1.xml": held["xl/worksheets/sheet1.xml"].replace(b'r="4"', b'r="x"')
        },
    )
    with pytest.raises(CannotMark, match="点検プログラムの不具合"):
        mark(bad, ".xlsx", contents(OVERRUN))


def test_only_a_marked_copy_is_taken_for_one() -> None:
    assert is_marked(MARKED, ".xlsx")
    assert is_marked(saved_again(MARKED), ".xlsx")
    assert not is_marked(BOOK, ".xlsx")


def _conditional(sheet: Any) -> list[Any]:
    held = sheet.conditional_formatting
    return [
        (str(each.sqref), [(rule.formula, rule.dxf.fill.bgColor.rgb) for rule in each.rules]) for each in held
    ]


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
