"""What stands in the files: CSV, Excel, Word and text as people and programs open them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jisseki_check import forms, readers
from jisseki_check.engine.examples import clean_report
from jisseki_check.model import Amount, Item, Remark, Report
from jisseki_check.writers import CannotWrite, write
from tests.edits import profile
from tests.example_files import EXAMPLES

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "'=1",
    " =1",
    "#N/A",
)


@pytest.fixture(scope="module")
def report() -> Report:
    return forms.read(readers.read(EXAMPLES / "clean" / "environment.json"), profile()).report


def with_first(**changes: Any) -> Report:
    """The clean report, its first item changed."""
    held = clean_report()
    return replace(held, items=(replace(held.items[0], **changes), *held.items[1:]))


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data: bytes) -> Worksheet:
    held = load_workbook(io.BytesIO(data)).worksheets[0]
    assert isinstance(held, Worksheet)
    return held


def cells(data: bytes, heading: str) -> list[Any]:
    """The cells of an Excel column below its heading."""
    for column in sheet(data).iter_cols():
        texts = [str(cell.value).replace("\n", "") for cell in column]
        if heading in texts:
            return list(column[texts.index(heading) + 1 :])
    raise AssertionError(heading)


# --- CSV ----------------------------------------------------------------------------------------


def test_csv_is_as_spreadsheets_want_it(report: Report) -> None:
    data = write(report, profile(), ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b'"\r\n')
    assert data.count(b"\r\n") == len(rows(data))
    assert b"\n" in data.replace(b"\r\n", b"")  # within a cell
    header = next(row for row in rows(data) if row[0] == "節")
    assert len(rows(data)) == rows(data).index(header) + 1 + len(report.items)
    assert {len(row) for row in rows(data)[rows(data).index(header) :]} == {len(header)}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    held = with_first(title=text, result=text, extra=((text, text),))
    data = write(held, profile(), ".csv")
    for line in rows(data):
        assert not [cell for cell in line if cell.lstrip(" \u3000")[:1] in set("=+-@\t＝＋－＠") - {""}]
    found = sheet(write(held, profile(), ".xlsx"))
    assert {cell.data_type for row in found.iter_rows() for cell in row} <= {"s", "n"}


def test_amounts_are_numbers_in_csv() -> None:
    amounts = (Amount("settlement", "平成29年度決算", 2017, -1200, "千円", None, "result"),)
    data = write(with_first(amounts=amounts), profile(), ".csv")
    header = next(row for row in rows(data) if row[0] == "節")
    at = header.index("平成29年度決算（千円）")
    assert rows(data)[rows(data).index(header) + 1][at] == "-1200"


def test_a_number_that_looks_like_a_day_keeps_its_full_stop() -> None:
    held = clean_report()
    items = (held.items[0], replace(held.items[1], number="18-1"), *held.items[2:])
    data = write(replace(held, items=items), profile(), ".csv")
    assert "18-1." in [row[2] for row in rows(data) if len(row) > 2]
    again = forms.read(readers.read_bytes(data, "一覧.csv"), profile()).report
    assert again.items[1].number == "18-1"


# --- Excel --------------------------------------------------------------------------------------


def test_amounts_are_numbers_in_excel(report: Report) -> None:
    held = cells(write(report, profile(), ".xlsx"), "平成29年度当初予算（千円）")
    assert int in {type(cell.value) for cell in held}
    assert next(cell for cell in held if cell.value).number_format.startswith("#,##0")


def test_each_unit_and_each_oddity_stays_what_it_is() -> None:
    """A column counts what most of its amounts count; the others say so themselves."""
    held = clean_report()
    year = "平成29年度"
    amounts = [
        (
            Amount("initial_budget", f"{year}当初予算", 2017, value, unit, None, field),
            Amount("settlement", f"{year}決算", 2017, None, "千円", None, "result", "3.918千円"),
        )
        for value, unit, field in ((5, "万円", "initiative"), (-70, "千円", "goal"), (80, "千円", "goal"))
    ]
    items = [replace(item, amounts=pair) for item, pair in zip(held.items, amounts, strict=False)]
    data = write(replace(held, items=(*items, *held.items[3:])), profile(), ".xlsx")
    assert [cell.value for cell in cells(data, f"{year}当初予算（千円）")][:4] == ["5万円", -70, 80, None]
    assert cells(data, f"{year}決算（千円）")[0].value == "3.918千円"
    assert "（単位：千円）" not in {row[0].value for row in sheet(data).iter_rows(max_row=5)}


def test_an_amount_without_a_unit_gets_none() -> None:
    amounts = (Amount("settlement", "平成29年度決算", 2017, 300, None, None, "result"),)
    data = write(with_first(amounts=amounts), profile(), ".xlsx")
    assert cells(data, "平成29年度決算")[0].value == 300


@pytest.mark.parametrize("text", ["_x0041_", "表_x000D_紙", "_x005F_x0041_"])
def test_what_looks_like_an_escaped_character(text: str) -> None:
    data = write(with_first(title=text), profile(), ".xlsx")
    assert forms.read(readers.read_bytes(data, "一覧.xlsx"), profile()).report.items[0].title == text


def test_a_sheet_for_people(report: Report) -> None:
    held = sheet(write(report, profile(), ".xlsx"))
    assert held.title == "取り組み実績"
    assert held["A1"].value == report.title
    header = next(cell.row for (cell,) in held.iter_rows(max_col=1) if cell.value == "節")
    titles = 1 + [cell.value for cell in held[header]].index("項目名")
    assert held.freeze_panes == held.cell(header + 1, titles + 1).coordinate
    assert held.auto_filter.ref == f"A{header}:{held.cell(held.max_row, held.max_column).coordinate}"
    assert held.print_title_rows == f"${header}:${header}"
    assert (held.page_setup.orientation, held.page_setup.paperSize) == ("landscape", 9)
    assert held.page_setup.fitToWidth == 1
    assert not held.merged_cells.ranges
    assert all(cell.alignment.wrap_text for cell in held[header + 1])


def test_what_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(CannotWrite, match=r"「実績」に32,768字の文があり"):
        write(with_first(result="文" * 32_768), profile(), ".xlsx")


# --- Word ---------------------------------------------------------------------------------------


def test_a_word_file_for_people(report: Report) -> None:
    document = Document(io.BytesIO(write(report, profile(), ".docx")))
    page = document.sections[0]
    assert [round(Length(side or 0).mm) for side in (page.page_width, page.page_height)] == [210, 297]
    styles = [(str(getattr(each.style, "name", "")), each.text) for each in document.paragraphs]
    assert styles[0] == ("Title", report.title)
    headings = [text for style, text in styles if style == "Heading 1"]
    assert headings == [f"{section.number}. {section.title}" for section in profile().sections]
    assert sum(style == "Heading 2" for style, _ in styles) == 2
    assert len(document.tables) == len(report.items)
    assert [row.cells[0].text for row in document.tables[0].rows] == [
        "目標", "取り組み", "実績", "取り組みに対する達成状況",
    ]  # fmt: skip
    for name in ("Normal", "Title", "Heading 1", "Label"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")).startswith("ＭＳ")
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_two_tables_do_not_run_together(report: Report) -> None:
    body = Document(io.BytesIO(write(report, profile(), ".docx"))).element.body
    tags = [child.tag for child in body]
    assert (qn("w:tbl"), qn("w:tbl")) not in set(pairwise(tags))


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_no_file_tells_when_it_was_written(ending: str, report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(write(report, profile(), ending))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    assert "jisseki-check" in core


# --- text and data ------------------------------------------------------------------------------


def test_amounts_stand_below_their_field() -> None:
    amounts = tuple(
        Amount("initial_budget", f"平成{year}年度当初予算", 1988 + year, year, "千円", None, field)
        for year, field in ((27, "goal"), (28, "initiative"), (29, "goal"))
    )
    lines = write(with_first(amounts=amounts), profile(), ".txt").decode().splitlines()
    at = [
        next(n for n, line in enumerate(lines) if line.startswith(start))
        for start in ("目標", "平成27年度", "平成29年度当初", "取り組み\t", "平成28年度", "実績\t")
    ]
    assert at == sorted(at)


def test_empty_sections_say_so_and_others_are_not_made_up() -> None:
    held = clean_report()
    items = tuple(item for item in held.items if item.section not in {2, 4})
    without = replace(
        held, items=items, remarks=(Remark("section", "4. 組織運営・人材育成", "組織運営・人材育成"),)
    )
    lines = write(without, profile(), ".txt").decode().splitlines()
    assert lines[lines.index("4. 組織運営・人材育成") + 1] == "該当なし"
    assert "2. 行政改革・業務改善" not in lines
    cut = replace(without, remarks=(*without.remarks, Remark("truncated", "広報・情報発信")))
    assert "該当なし" not in write(cut, profile(), ".txt").decode()


@pytest.mark.parametrize("ending", [".txt", ".csv", ".xlsx", ".docx", ".json", ".yaml"])
def test_characters_that_no_file_can_hold(ending: str) -> None:
    data = write(with_first(title="表\ud800\x00紙\x0b"), profile(), ending)
    again = forms.read(readers.read_bytes(data, f"報告{ending}"), profile()).report
    assert again.items[0].title is not None
    assert again.items[0].title[0] == "表"


def test_a_bureau_has_a_composition_of_its_own() -> None:
    held = replace(clean_report(), department="上下水道局", title="平成29年度上下水道局の取り組み実績")
    assert "<局の構成> " in write(held, profile(), ".txt").decode()


def test_json_and_yaml_hold_the_same(report: Report) -> None:
    import yaml

    assert json.loads(write(report, profile(), ".json")) == yaml.safe_load(write(report, profile(), ".yaml"))


def test_an_item_of_a_kind_that_the_form_has_not() -> None:
    """Data may name any kind; nothing of such an item is left out."""
    stray = Item(
        1, "statement", title="部長の方針", initiative="市民の声を聞きます。", section=9, section_title="方針"
    )
    held = replace(clean_report(), items=(stray, *clean_report().items))
    for ending in (".txt", ".csv"):
        text = write(held, profile(), ending).decode()
        assert "部長の方針" in text
        assert "市民の声を聞きます。" in text


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name="openpyxl")

    monkeypatch.setattr("jisseki_check.writers.import_module", missing)
    with pytest.raises(CannotWrite, match=r"部品（openpyxl）が入っていません.*jisseki-check\[office\]"):
        write(clean_report(), profile(), ".xlsx")
