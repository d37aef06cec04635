"""Our sheet: whatever a report holds, it is text there."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check import own_marks
from jisseki_check.formatters.text import clean
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.marking import mark
from jisseki_check.marking.words import spoken
from jisseki_check.marking.workbook import Workbook
from tests.marking.workbooks import LIST, contents, finding, opened, parts, workbook

BOOK = workbook()
BEGINNINGS = [
    '=HYPERLINK("http://mizuki.example/","x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", "＋1", "－1",
    "＠SUM(A1)", "'=1+1", "=cmd|' /C calc'!A0", "_x003D_1+1", "1E5", "2018/4/1", "007", "TRUE", "#REF!",
    "改行\nのある文", "a\r\nb",
]  # fmt: skip


@pytest.mark.parametrize("text", BEGINNINGS)
def test_a_text_is_never_a_formula(text: str) -> None:
    marked = mark(
        BOOK, ".xlsx", contents(finding(1, LIST, "F5", message=text, excerpt=text, explanation=text))
    )
    sheet = opened(marked)[own_marks.SHEET]
    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} == {"s", "n"}
    assert [cell.column for row in sheet for cell in row if cell.data_type == "n" and cell.value] == [1]
    assert b"<f>" not in parts(marked)["xl/worksheets/sheet3.xml"]


def test_a_text_that_could_be_a_formula_stays_text_when_edited() -> None:
    marked = mark(BOOK, ".xlsx", contents(finding(1, LIST, "F5", message="=1+1", excerpt="普通の文")))
    [row] = [row for row in opened(marked)[own_marks.SHEET] if row[5].value == "=1+1"]
    assert row[5].quotePrefix
    assert not row[6].quotePrefix
    assert row[8].number_format == "@"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=40, deadline=None)
@given(texts, texts)
def test_any_reason_comes_back(first: str, second: str) -> None:
    held = [finding(1, LIST, "F5", explanation=first), finding(2, None, None, explanation=second)]
    marked = mark(BOOK, ".xlsx", contents(*held))
    former = Workbook(marked, DEFAULT_LIMITS).former()
    read = former.explanations()
    once = mark(marked, ".xlsx", contents(finding(1, LIST, "F5"), finding(2, None, None)))
    assert Workbook(once, DEFAULT_LIMITS).former().explanations() == read
    if first.isprintable() and "【" not in first:
        assert read.get(own_marks.reference(held[0].fingerprint), "") == first.strip()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_reads_the_same_texts(tmp_path: Path) -> None:
    held = [
        finding(number, LIST, f"F{number + 3}", message=text, excerpt=text, explanation=text)
        for number, text in enumerate(BEGINNINGS, 1)
    ]
    marked = mark(BOOK, ".xlsx", contents(*held))
    (tmp_path / "marked.xlsx").write_bytes(marked)
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3",
            "--outdir", str(tmp_path), str(tmp_path / "marked.xlsx"),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    [path] = tmp_path.glob("*.csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    headings = next(row for row in rows if own_marks.REFERENCE in row)
    listed = rows[rows.index(headings) + 1 :][: len(BEGINNINGS)]
    for heading, said in (("指摘", clean), ("書かれていること", clean), ("理由", spoken)):
        column = headings.index(heading)
        assert [row[column] for row in listed] == [said(text) for text in BEGINNINGS]
