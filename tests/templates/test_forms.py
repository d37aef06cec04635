"""Empty forms: nothing to judge until they are filled in, and nothing to find when that is done well."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation

from jisseki_check import forms, profiles, readers
from jisseki_check.engine import run
from jisseki_check.engine.schema import report_schema
from jisseki_check.model import Outcome, Report, Severity, Verdict
from jisseki_check.templates import Wishes, create, form
from jisseki_check.templates.xlsx import FORM, GUIDE
from tests.edits import AS_OF, profile
from tests.example_files import EXAMPLES
from tests.templates.filling import filled_document, filled_sheet

PROFILES = ("hirakata", "hirakata-h27", "hirakata-h28", "hirakata-h30-plan", "hirakata-r2")
WISHES = Wishes("環境部", 2017)
FILLED = {".xlsx": filled_sheet, ".docx": filled_document}


def check(data: bytes, name: str, of: str | None = None) -> Outcome:
    return run.check([], options=run.Options(as_of=AS_OF, stdin=(data, name), profile=of))


def graver(outcome: Outcome) -> list[tuple[str, str]]:
    """Findings that are no mere advice."""
    held = [each for each in outcome.findings if each.severity is not Severity.INFO]
    return [(each.rule, each.message) for each in held]


@pytest.fixture(scope="module")
def report() -> Report:
    """A clean report; where it tells of a supplementary budget, the form has but the note for it."""
    held = forms.read(readers.read(EXAMPLES / "clean" / "environment.json"), profile()).report
    items = []
    for item in held.items:
        budgets = {amount.stage for amount in item.amounts}
        note = "補正予算等の対応あり" if "supplementary_budget" in budgets else None
        kept = [amount for amount in item.amounts if amount.stage in profile().form_stages]
        items.append(replace(item, amounts=tuple(replace(a, note=a.note or note) for a in kept)))
    return replace(held, items=tuple(items))


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_a_form_that_is_filled_in_well_is_clean(ending: str, report: Report) -> None:
    data = FILLED[ending](report, profile())
    outcome = check(data, f"報告{ending}")
    assert graver(outcome) == []
    assert (outcome.verdict, outcome.faults) == (Verdict.PASS, ())
    read = forms.read(readers.read_bytes(data, f"報告{ending}"), profile()).report
    assert len(read.items) == len(report.items)
    for item, held in zip(read.items, report.items, strict=True):
        for name in ("section", "group", "kind", "number", "title", "goal", "initiative", "result", "mark"):
            assert (getattr(item, name) or None) == (getattr(held, name) or None), (held.title, name)
        assert [a.value for a in item.amounts] == [a.value for a in held.amounts]
    assert (read.department, read.fiscal_year) == ("環境部", 2017)
    assert read.divisions == report.divisions


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("wishes", [WISHES, Wishes()], ids=["told", "untold"])
def test_an_empty_form_is_not_judged(name: str, ending: str, wishes: Wishes) -> None:
    outcome = check(create(profiles.load(name), wishes, ending), f"報告{ending}", name)
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert [finding.rule for finding in outcome.findings] == ["DOC002"]


@pytest.mark.parametrize("name", PROFILES)
def test_an_empty_json_form_is_a_report_with_empty_fields(name: str) -> None:
    data = create(profiles.load(name), Wishes(rows=2), ".json")
    held = json.loads(data)
    assert held["$schema"]
    assert len(held["items"]) == 2 * len(form.places(profiles.load(name)))
    outcome = check(data, "報告.json", name)
    assert outcome.verdict is Verdict.FAIL
    assert not [finding for finding in outcome.findings if finding.rule.startswith("SCH")]
    assert {"STR103", "PLH101"} <= {finding.rule for finding in outcome.findings}


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".json"])
def test_the_same_bytes_each_time(ending: str) -> None:
    assert create(profile(), WISHES, ending) == create(profiles.load("hirakata"), WISHES, ending)


def test_what_is_not_known_is_left_open() -> None:
    assert form.title(profile(), WISHES) == "平成29年度環境部の取り組み実績"
    assert form.title(profile(), Wishes(department="環境部")) == "○○年度環境部の取り組み実績"
    plan = profiles.load("hirakata-h30-plan")
    assert form.title(plan, Wishes("環境部", 2018)) == "平成30年度環境部の運営方針"
    assert form.title(profile(), Wishes(year=2019)) == "令和元年度○○部の取り組み実績"


# --- the Excel form -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(create(profile(), WISHES, ".xlsx")))


def column_of(book: Workbook, name: str) -> int:
    columns = form.columns(profile(), 2017)
    return 1 + next(at for at, column in enumerate(columns) if column.name == name)


def validation(book: Workbook, name: str) -> DataValidation:
    """What may be typed into the cells of a column."""
    number = column_of(book, name)
    each: DataValidation
    for each in book[FORM].data_validations.dataValidation:
        if any(range_boundaries(str(area))[0] == number for area in each.sqref.ranges):
            return each
    raise AssertionError(name)


def test_headings_are_the_form_s(book: Workbook) -> None:
    sheet = book[FORM]
    assert sheet["A1"].value == "平成29年度環境部の取り組み実績"
    assert sheet["A2"].value.startswith("<部の構成>")
    headings = [str(cell.value).replace("\n", "") for cell in sheet[5]]
    assert headings == [
        "節", "小見出し", "番号", "項目名", "目標", "取り組み", "平成29年度当初予算（千円）", "実績",
        "平成29年度決算（千円）", "平成29年度決算の注記", "取り組みに対する達成状況",
    ]  # fmt: skip


def test_limits_are_the_schema_s(book: Workbook) -> None:
    definitions = report_schema()["$defs"]
    bounds = definitions["amount"]["properties"]["value"]
    for name in ("initial_budget", "settlement"):
        held = validation(book, name)
        assert (held.type, held.operator) == ("whole", "between")
        assert held.formula1 == "0"
        assert held.formula2 == str(bounds["maximum"])
        assert "0以上の整数を、千円を単位として" in str(held.error)
    lengths = {
        name: int(definitions["item"]["properties"][name]["maxLength"])
        for name in ("number", "title", "goal")
    }
    for name, longest in lengths.items():
        held = validation(book, name)
        assert (held.type, held.formula1) == ("textLength", str(min(longest, 32_767)))


def test_an_amount_that_may_be_negative_has_the_schema_s_least(book: Workbook) -> None:
    own = replace(
        profile(), form_stages=("initial_budget", "supplementary_budget", "revised_budget", "settlement")
    )
    held = load_workbook(io.BytesIO(create(own, WISHES, ".xlsx")))[FORM].data_validations.dataValidation
    least = sorted(each.formula1 for each in held if each.type == "whole")
    assert least == [str(report_schema()["$defs"]["amount"]["properties"]["value"]["minimum"]), "0", "0", "0"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("section", [f"{section.number}. {section.title}" for section in profile().sections]),
        ("group", [group.title for section in profile().sections for group in section.groups]),
        ("mark", list(profile().mark_signs)),
    ],
)
def test_choices(book: Workbook, name: str, words: list[str]) -> None:
    held = validation(book, name)
    assert held.type == "list"
    area = book.defined_names[held.formula1].attr_text
    sheet, _, cells = area.replace("$", "").rpartition("!")
    assert sheet.strip("'") == GUIDE
    assert [row[0].value for row in book[GUIDE][cells]] == words


def test_headings_are_protected_and_cells_are_not(book: Workbook) -> None:
    sheet = book[FORM]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert all(cell.protection.locked for cell in sheet[5])
    assert not any(cell.protection.locked for row in sheet.iter_rows(min_row=6) for cell in row)
    assert not sheet["A1"].protection.locked
    assert sheet.max_row == 5 + 60


def test_pages(book: Workbook) -> None:
    sheet = book[FORM]
    assert sheet.print_title_rows == "$5:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.freeze_panes == "E6"


def test_the_guide_tells_of_every_mark_rule_and_colour(book: Workbook) -> None:
    texts = {str(cell.value) for row in book[GUIDE].iter_rows() for cell in row if cell.value}
    assert {sign.meaning for sign in profile().signs} <= texts
    rules = form.rules(profile())
    assert {code for code in rules if code[:3] not in {"DOC", "SCH"}} <= texts
    assert not [text for text in texts if "{" in text or "None" in text]
    for name, held in (("目標", "必ず書きます"), ("平成29年度当初予算（千円）", "千円を単位とする整数")):
        row = next(row for row in book[GUIDE].iter_rows() if row[0].value == name)
        assert any(held in str(cell.value) for cell in row)


def test_the_guide_is_no_part_of_the_report(report: Report) -> None:
    """Whatever it is called: staff may rename it."""
    renamed = load_workbook(io.BytesIO(filled_sheet(report, profile())))
    renamed[GUIDE].title = "手引"
    stream = io.BytesIO()
    renamed.save(stream)
    read = forms.read(readers.read_bytes(stream.getvalue(), "報告.xlsx"), profile()).report
    assert len(read.items) == len(report.items)
    assert not [remark for remark in read.remarks if remark.kind in {"unread", "lenient"}]


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_has_the_columns_that_its_items_need(name: str) -> None:
    held = profiles.load(name)
    columns = {column.name for column in form.columns(held, 2017)}
    needed = {field for place in form.places(held) for field in place.kind.required}
    assert needed <= columns
    assert ("mark" in columns) is held.marked
    assert set(held.form_stages) <= columns


def test_the_labels_of_the_word_form_cannot_be_changed() -> None:
    """They can still be deleted and copied with their table; what staff write is free."""
    document = Document(io.BytesIO(create(profile(), WISHES, ".docx")))
    locked: list[str] = []
    free: list[str] = []
    for control in document.element.body.iter(qn("w:sdt")):
        text = "".join(each.text or "" for each in control.iter(qn("w:t")))
        lock = control.find(qn("w:sdtPr")).find(qn("w:lock"))
        (free if lock is None else locked).append(text)
        assert lock is None or lock.get(qn("w:val")) == "contentLocked"
    assert {"目標", "取り組み", "実績", "取り組みに対する達成状況", "1. 重点施策・事業"} <= set(locked)
    assert not {"目標", "実績"} & set(free)
    assert any("記入してください" in text for text in free)
