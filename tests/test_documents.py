"""The same report in the ways of many offices: the same items and the same findings, each at its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from jisseki_check import forms
from jisseki_check.engine import run
from jisseki_check.engine.convert import load_report
from jisseki_check.model import Document, Finding, Item, Outcome, Report
from tests.documents.places import text_at, whole_text
from tests.documents.styles import REPORTS, STYLES, document
from tests.documents.wording import bytes_of, digits, of_stage, report_of
from tests.edits import AS_OF, read
from tests.strategies import reports

Fields = tuple[object, ...]
Findings = Counter[tuple[str, int | None]]

MADE = [style.name for style in STYLES.values() if style.saved_from is None]
BOTH = pytest.mark.parametrize(
    ("report", "style"), [(report, style) for report in REPORTS for style in STYLES]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@pytest.fixture
def path(report: str, style: str, folder: Path) -> Path:
    """The report in that style, as a file."""
    file = folder / f"{report}-{style}.{STYLES[style].ending}"
    if not file.exists():
        file.write_bytes(document(report, style))
    return file


@cache
def _outcome(path: Path) -> Outcome:
    return run.check([path], options=run.Options(as_of=AS_OF))


@cache
def _document(path: Path) -> Document:
    return load_report(path, forms.Chooser(None))[0]


@cache
def _expected(report: str) -> Outcome:
    """What is found in the report itself."""
    return run.check([], options=run.Options(as_of=AS_OF, stdin=(bytes_of(report), f"{report}.json")))


# --- items --------------------------------------------------------------------------------------


@BOTH
def test_items_are_the_same(report: str, style: str, path: Path) -> None:
    found = _document(path)
    wanted = [_shown(item, style) for item in report_of(report).items]
    assert [_shown(item, style) for item in found.report.items] == wanted


@BOTH
def test_what_stands_above_the_items_is_the_same(report: str, style: str, path: Path) -> None:
    found = _document(path)
    wanted = report_of(report)
    assert (found.report.department, found.report.fiscal_year) == (wanted.department, wanted.fiscal_year)
    assert found.report.divisions == wanted.divisions


@pytest.mark.parametrize("style", MADE)
@settings(max_examples=5, deadline=None)
@given(report=reports())
def test_items_of_any_report_are_the_same(report: Report, style: str) -> None:
    in_thousands = _in_thousands(report)
    found = read(STYLES[style].make(in_thousands), f"報告.{STYLES[style].ending}").report
    assert [_shown(item, style) for item in found.items] == [
        _shown(item, style) for item in in_thousands.items
    ]


@pytest.mark.parametrize("style", MADE)
def test_a_sentence_may_be_long_and_still_name_its_item(style: str) -> None:
    report = report_of("clean")
    items = tuple(
        replace(item, title="関係する団体や市民の声を聞きながら、" * 8 + "取り組みを進めます。")
        if item.kind == "bullet" and item.section in {3, 4}
        else item
        for item in report.items
    )
    found = read(STYLES[style].make(replace(report, items=items)), f"報告.{STYLES[style].ending}").report
    assert [item.title for item in found.items] == [item.title for item in items]


def _in_thousands(report: Report) -> Report:
    """The report with all its amounts in the one unit that a list's headings name."""
    items = [
        replace(item, amounts=tuple(replace(amount, unit="千円") for amount in item.amounts))
        for item in report.items
    ]
    return replace(report, items=tuple(items))


def _shown(item: Item, style: str) -> Fields:
    """The fields that any layout shows."""
    # The unit of an amount that cannot be read is a guess.
    amounts = [
        (amount.stage, amount.value, amount.unit if amount.value is not None else None)
        for amount in item.amounts
    ]
    texts = (item.title, item.goal, item.initiative, item.result)
    if STYLES[style].ending == "pdf":
        # A PDF knows lines and not paragraphs, and a gap between letters may be a blank or not.
        texts = tuple(text and _squeezed(text) for text in texts)  # type: ignore[assignment]
    return item.number, *texts, item.mark or "", sorted(amounts, key=str)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- findings -----------------------------------------------------------------------------------


@BOTH
def test_findings_are_the_same(report: str, style: str, path: Path) -> None:
    assert _found(_outcome(path)) == _found(_expected(report))
    assert _outcome(path).verdict == _expected(report).verdict


# DOC006 tells how a file was read (another label, a hidden row); there is nothing such in JSON.
_OF_THE_FILE = {"DOC006"}


def _found(outcome: Outcome) -> Findings:
    return Counter(
        (each.rule, each.item.index if each.item else None)
        for each in outcome.findings
        if each.rule not in _OF_THE_FILE
    )


@pytest.mark.parametrize("report", ["faulty"])
@pytest.mark.parametrize("style", STYLES)
def test_findings_point_into_the_right_cell_or_paragraph(report: str, style: str, path: Path) -> None:
    items = {item.index: item for item in report_of(report).items}
    placed = [
        (items[finding.item.index], finding)
        for finding in _outcome(path).findings
        if finding.item is not None and finding.item.index in items and finding.rule not in _OF_THE_FILE
    ]
    assert len(placed) == len(items)  # each has one fault
    data, ending = path.read_bytes(), STYLES[style].ending
    texts = [(item, finding, text_at(data, ending, finding.location)) for item, finding in placed]
    wrong = [
        (finding.rule, finding.location, text)
        for item, finding, text in texts
        if not _stands_there(item, finding, text)
    ]
    assert wrong == []


def _stands_there(item: Item, finding: Finding, place: str) -> bool:
    """Whether the place holds the field, or one paragraph of it."""
    if finding.rule == "MRK101":  # nothing stands there; of a PDF, the whole page is looked at
        return finding.location.page is not None or not set(place) & set("◎○△×〇")
    amount = of_stage(item, finding.field or "")
    if amount is not None:
        return digits(amount) in place.replace("\n", "")
    text = _squeezed(getattr(item, finding.field or "title") or "")
    return bool(place.strip()) and (text in _squeezed(place) or _squeezed(place) in text)


@pytest.mark.parametrize("style", MADE)
@pytest.mark.parametrize("report", REPORTS)
def test_the_document_holds_all_of_the_report(report: str, style: str) -> None:
    """What a maker left out, no reader could find."""
    text = _squeezed(whole_text(document(report, style), STYLES[style].ending))
    for item in report_of(report).items:
        for paragraph in (item.title, item.goal, item.initiative, *(item.result or "").split("\n")):
            assert _squeezed(paragraph or "") in text
        assert all(digits(amount) in text for amount in item.amounts)
