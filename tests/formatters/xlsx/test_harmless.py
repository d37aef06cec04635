"""The workbook as a file of others' words: no formula, no link, no markup, whatever a report holds."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from jisseki_check.formatters.text import clean
from jisseki_check.formatters.xlsx.texts import LONGEST, cell_text
from jisseki_check.model import Location, Outcome
from tests.documents.office import convert
from tests.formatters.audited import AUDITED, opened, parts, records, workbook
from tests.formatters.outcomes import outcomes
from tests.formatters.sample import FAILED, OVERRUN

_PAYLOADS = (
    "=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(\"http://example.invalid\",\"x\")", "=cmd|' /C calc'!A0",
    "http://example.invalid", "mailto:a@example.invalid", "internal:総括!A1", "file:///etc/passwd",
    "<r><t>x</t></r>", "<r></is></c></row></r>", "_x003D_1", "_x0000_", "&amp;", "]]>", "{=1}", "1234",
    "0012", "1e5", "TRUE", "#REF!", "2026-05-31", "nan", " 前後の空白 ",
)  # fmt: skip
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _hostile(text: str) -> Outcome:
    finding = replace(
        OVERRUN, message=text, fix=text, given=text, expected=text, excerpt=text, explanation=text,
        location=Location(text, sheet=text, cell="A1"), department=text,
    )  # fmt: skip
    report = replace(AUDITED.reports[0], municipality=text, department=text)
    return replace(AUDITED, findings=(finding,), reports=(report,), profile=text, skipped=(text,))


@pytest.mark.parametrize("text", _PAYLOADS)
def test_a_text_stays_a_text(text: str) -> None:
    data = workbook(_hostile(text))
    sheet = load_workbook(io.BytesIO(data))["指摘一覧"]
    heads = [cell.value for cell in sheet[1]]
    for heading in ("内容", "直し方", "書かれた値", "期待値", "原文", "理由", "部", "ファイル"):
        cell = sheet.cell(2, heads.index(heading) + 1)
        assert cell.data_type == "s"
        assert unescape(str(cell.value)).lstrip() == clean(text).lstrip()
        assert cell.hyperlink is None


def _assert_harmless(data: bytes) -> None:
    for name, part in parts(data).items():
        assert not any(each in name.lower() for each in ("vba", "external", "embed", "activex", "media"))
        root = ElementTree.fromstring(part)
        if name.startswith("xl/worksheets/sheet"):
            assert list(root.iter(f"{_MAIN}f")) == []
            assert list(root.iter(f"{_MAIN}hyperlink")) == []
        if name.endswith(".rels"):
            assert "TargetMode" not in part


@given(outcome=outcomes())
@settings(max_examples=20, deadline=None)
def test_the_file_is_whole_and_harmless_whatever_stands_in_it(outcome: Outcome) -> None:
    data = workbook(outcome)
    _assert_harmless(data)
    held = records(opened(data)["指摘一覧"])
    assert [each["内容"] for each in held] == [cell_text(clean(each.message)) for each in outcome.findings]


def test_a_text_that_no_cell_holds_is_cut_and_says_so() -> None:
    for text in ("あ" * 40_000, "𠮷" * 20_000, "a" * LONGEST + "b"):
        cut = cell_text(text)
        assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
        kept, _, notice = cut.partition("…")
        assert text.startswith(kept)
        assert notice == f"（セルに入る長さを超えるため、以下{len(text) - len(kept):,}字を省きました）"
    assert cell_text("𠮷" * (LONGEST // 2)) == "𠮷" * (LONGEST // 2)
    [row] = records(
        opened(workbook(replace(FAILED, findings=(replace(OVERRUN, message="長" * 50_000),))))["指摘一覧"]
    )
    assert "字を省きました" in row["内容"]


def test_the_same_outcome_gives_the_same_bytes() -> None:
    data = workbook(AUDITED)
    assert data == workbook(AUDITED)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {0}


def test_no_file_is_left_behind(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    workbook(AUDITED)
    assert list(tmp_path.iterdir()) == []


def test_libreoffice_reads_the_same_texts_and_numbers_and_no_formula() -> None:
    findings = tuple(replace(OVERRUN, message=text, explanation=text) for text in _PAYLOADS)
    made = workbook(replace(AUDITED, findings=findings))
    [again] = convert({"結果.xlsx": made}, "xlsx").values()
    before, after = opened(made), opened(again)
    assert list(before) == list(after)
    rows = records(after["指摘一覧"])
    assert [str(row["内容"]).strip() for row in rows] == [text.strip() for text in _PAYLOADS]
    assert {row["書かれた値（数）"] for row in rows} == {4620}
    assert records(after["項目一覧"]) == records(before["項目一覧"])
    book = load_workbook(io.BytesIO(again))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["指摘一覧"].auto_filter.ref == load_workbook(io.BytesIO(made))["指摘一覧"].auto_filter.ref


def test_libreoffice_prints_it() -> None:
    [printed] = convert({"結果.xlsx": workbook(AUDITED)}, "pdf").values()
    assert printed.startswith(b"%PDF-")
