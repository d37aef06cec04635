"""Office files as parts: what is edited is new, the rest as it was."""

from __future__ import annotations

import io
import zipfile

import pytest

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.marking.package import Package
from jisseki_check.marking.refusal import CannotMark
from tests.marking.workbooks import changed, parts, workbook

BOOK = workbook()
SHEET = "xl/worksheets/sheet1.xml"
NOTES = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


def _package(data: bytes = BOOK) -> Package:
    return Package(data, DEFAULT_LIMITS)


def test_nothing_edited_nothing_changed() -> None:
    package = _package()
    package.view(SHEET)
    assert parts(package.bytes()) == parts(BOOK)


def test_members_keep_their_order_time_and_compression() -> None:
    mixed = io.BytesIO()
    with zipfile.ZipFile(mixed, "w") as archive:
        for name, data in parts(BOOK).items():
            kind = zipfile.ZIP_STORED if name.endswith(".xml") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 4, 1, 9, 30, 0)), data, kind)
    package = _package(mixed.getvalue())
    package.edit(SHEET)
    with (
        zipfile.ZipFile(io.BytesIO(package.bytes())) as after,
        zipfile.ZipFile(io.BytesIO(mixed.getvalue())) as before,
    ):
        assert [(each.filename, each.date_time, each.compress_type) for each in after.infolist()] == [
            (each.filename, each.date_time, each.compress_type) for each in before.infolist()
        ]


def test_a_name_is_found_in_any_case() -> None:
    package = _package()
    assert "XL/Workbook.XML" in package
    assert package.data("XL/Workbook.XML") == parts(BOOK)["xl/workbook.xml"]
    assert package.edit("XL/Workbook.XML") is package.view("xl/workbook.xml")


def test_parts_that_are_missing_are_said() -> None:
    with pytest.raises(CannotMark, match="ありません"):
        _package().data("xl/none.xml")


def test_relations_of_parts() -> None:
    package = _package()
    part = package.unused("xl/comments{}.xml")
    package.put(part, b"<a/>")
    package.declare(part, NOTES)
    number = package.relate(SHEET, "comments", part)
    assert package.target(SHEET, number) == part
    assert package.content_type(part) == NOTES
    assert list(package.referring(part)) == [SHEET]
    again = _package(package.bytes())
    assert again.target(SHEET, number) == part
    again.unrelate(SHEET, part)
    again.remove(part)
    assert again.target(SHEET, number) is None
    assert part not in parts(again.bytes())
    assert b"/xl/comments1.xml" not in parts(again.bytes())["[Content_Types].xml"]


def test_a_part_without_relations_gets_some() -> None:
    package = _package()
    package.relate("xl/worksheets/sheet2.xml", "vmlDrawing", "xl/drawings/vmlDrawing1.vml")
    written = parts(package.bytes())["xl/worksheets/_rels/sheet2.xml.rels"]
    assert b'Target="../drawings/vmlDrawing1.vml"' in written


def test_what_lies_outside_is_no_part() -> None:
    outside = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Type="x/hyperlink" Target="xl/workbook.xml" TargetMode="External"/></Relationships>'
    )
    package = _package(changed(BOOK, lambda held: {"xl/worksheets/_rels/sheet2.xml.rels": outside}))
    assert package.relations("xl/worksheets/sheet2.xml")[0].target is None


@pytest.mark.parametrize(
    "limits", [Limits(max_inflated=1000), Limits(max_members=3)], ids=["inflated", "members"]
)
def test_limits_hold_here_too(limits: Limits) -> None:
    with pytest.raises(CannotMark):
        Package(BOOK, limits)


def test_a_file_without_a_main_part_is_refused() -> None:
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    with pytest.raises(CannotMark, match="主な部分"):
        _package(changed(BOOK, lambda held: {"_rels/.rels": empty}))
