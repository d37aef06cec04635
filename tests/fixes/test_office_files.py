"""Word, Excel and CSV files: what is corrected in them, and that nothing else of them changes."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from jisseki_check import forms
from jisseki_check.fixes import Fixed, fix

HEADER = ["番号", "事業名", "目標", "取り組み", "当初予算（千円）", "実績", "決算（千円）", "達成状況"]
ROWS: list[list[object]] = [
    [
        1,
        "備蓄倉庫の充実",
        "備蓄を増やします。",
        "倉庫を設けます。",
        "８，２００",
        "南小学校に倉庫を\u200b設けました。",
        7950,
        "〇",
    ],
    [
        2,
        "防災訓練の実施",
        "訓練を行います。",
        "訓練を行います。",
        500,
        "訓練を3回行い、210人が参加しました。",
        480,
        "◎",
    ],
    [
        3,
        "避難路の点検",
        "避難路を確かめます。",
        "引続き点検します。",
        None,
        "避難路12か所を点検しました。",
        None,
        "〇",
    ],
]


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "一覧"
    sheet["A1"] = "平成29年度市民安全部の取り組み実績"
    sheet["A2"] = "<部の構成> 危機管理課、防災課"
    for column, heading in enumerate(HEADER, 1):
        sheet.cell(4, column, heading).font = Font(bold=True)
    for row, values in enumerate(ROWS, 5):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value  # type: ignore[assignment]
    sheet.merge_cells("A1:H1")
    choices = DataValidation(type="list", formula1='"◎,○,△,×"')
    choices.add("H5:H9")
    sheet.add_data_validation(choices)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _document() -> bytes:
    document = docx.Document()
    document.add_paragraph("平成29年度市民安全部の取り組み実績")
    document.add_paragraph("<部の構成> 危機管理課、防災課")
    document.add_paragraph("1. 重点施策・事業")
    document.add_paragraph("(1) 備蓄倉庫の充実")
    table = document.add_table(rows=0, cols=2)
    for label, text in (
        ("目　標", "備蓄倉庫を増やします。"),
        ("取り組み", "小学校の校庭に設けます。\n平成29年度当初予算：８，２００千円"),
        ("実績", "南小学校に備蓄\u200b倉庫を設けました。\n平成29年度決算：7,950千円"),
        ("取り組みに対する達成状況", "【 〇 】"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, text
    # One sign may be spread over several runs, as Word does with what was edited.
    paragraph = table.rows[3].cells[1].paragraphs[0]
    paragraph.runs[0].text = "【 "
    paragraph.add_run("〇").bold = True
    paragraph.add_run(" 】")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fix(data: bytes, name: str, *, spellings: bool = False) -> Fixed:
    return fix(data, name, forms.Chooser(), spellings=spellings)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_is_corrected_cell_by_cell() -> None:
    data = _workbook()
    fixed = _fix(data, "報告.xlsx", spellings=True)
    assert not fixed.left
    sheet = openpyxl.load_workbook(io.BytesIO(fixed.data))["一覧"]
    before = openpyxl.load_workbook(io.BytesIO(data))["一覧"]
    changed = {
        cell.coordinate: cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != before[cell.coordinate].value
    }
    assert changed == {
        "E5": "8,200",
        "F5": "南小学校に倉庫を設けました。",
        "H5": "○",
        "D7": "引き続き点検します。",
        "H7": "○",
    }
    assert sheet["B4"].font.bold
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["H5:H9"]
    assert str(sheet.merged_cells) == "A1:H1"


def test_all_other_parts_of_a_workbook_stay_as_they_were() -> None:
    data = _workbook()
    before, after = _parts(data), _parts(_fix(data, "報告.xlsx").data)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}


def test_a_document_is_corrected_across_its_runs() -> None:
    data = _document()
    fixed = _fix(data, "報告.docx")
    assert not fixed.left
    table = docx.Document(io.BytesIO(fixed.data)).tables[0]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[1][1].endswith("平成29年度当初予算：8,200千円")
    assert texts[2][1].startswith("南小学校に備蓄倉庫を")
    assert texts[3][1] == "【 ○ 】"
    assert table.rows[3].cells[1].paragraphs[0].runs[1].bold
    before, after = _parts(data), _parts(fixed.data)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_fields_of_csv_keep_their_quotation_marks(encoding: str) -> None:
    lines = ['"平成29年度市民安全部の取り組み実績"', "", ",".join(HEADER)]
    for row in ROWS:
        lines.append(",".join("" if value is None else f'"{value}"' for value in row).replace("\u200b", ""))
    data = ("\r\n".join(lines) + "\r\n").encode(encoding)
    fixed = _fix(data, "報告.csv")
    assert {each.before for each in fixed.made} == {"〇", "８，２００"}
    assert fixed.data.decode(encoding) == data.decode(encoding).replace("〇", "○").replace(
        "８，２００", "8,200"
    )


@pytest.mark.parametrize(("data", "name"), [(_workbook(), "a.xlsx"), (_document(), "a.docx")])
def test_twice_is_as_once(data: bytes, name: str) -> None:
    once = _fix(data, name, spellings=True)
    twice = _fix(once.data, name, spellings=True)
    assert once.made
    assert not twice.made
    assert twice.data == once.data


def test_what_stands_there_more_often_is_left_to_a_person() -> None:
    """The same word stands in quotation marks, too, where it is cited: which is meant, the place does not
    tell."""
    book = openpyxl.load_workbook(io.BytesIO(_workbook()))
    sheet = book["一覧"]
    sheet["D7"] = "「引続きの点検」を、引続き行います。"
    out = io.BytesIO()
    book.save(out)
    fixed = _fix(out.getvalue(), "a.xlsx", spellings=True)
    assert [(each.kind, each.before) for each in fixed.left] == [("spelling", "引続き")]
