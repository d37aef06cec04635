"""Fills empty forms in, as staff do: values into cells, texts into controls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from jisseki_check.model import Item, Report
from jisseki_check.profiles import Profile
from jisseki_check.templates import Wishes, create, form
from jisseki_check.templates.form import Place
from jisseki_check.templates.xlsx import FORM
from jisseki_check.writers.printed import amount_value, section_line

Value = str | int | None


def filled_sheet(report: Report, profile: Profile) -> bytes:
    """The Excel form with a report's items in it, and rows to spare."""
    wishes = Wishes(report.department, report.fiscal_year, len(report.items) + 5)
    book = load_workbook(io.BytesIO(create(profile, wishes, ".xlsx")))
    sheet = book[FORM]
    columns = form.columns(profile, report.fiscal_year)
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == columns[0].heading)
    for row in range(1, header):
        if str(sheet.cell(row, 1).value).startswith("<"):
            sheet.cell(row, 1).value = f"{sheet.cell(row, 1).value}{'、'.join(report.divisions or ())}"
    for row, item in enumerate(report.items, start=header + 1):
        for at, column in enumerate(columns, start=1):
            sheet.cell(row, at).value = _value(item, column.name, profile)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _value(item: Item, name: str, profile: Profile) -> Value:
    if name == "section":
        return section_line(item.section, item.section_title, profile)
    if name == "note":
        return next((amount.note for amount in item.amounts if amount.stage == "settlement"), None)
    if name in profile.stages:
        return next((amount.value for amount in item.amounts if amount.stage == name), None)
    value: Value = getattr(item, name)
    return value


def filled_document(report: Report, profile: Profile) -> bytes:
    """The Word form with a report's items in it; what is to spare stays as it is."""
    places = form.places(profile)
    held = {place: [item for item in report.items if stands_in(item, place)] for place in places}
    most = max(map(len, held.values()))
    document = Document(
        io.BytesIO(create(profile, Wishes(report.department, report.fiscal_year, most), ".docx"))
    )
    asking = [
        each
        for each in document.element.body.iter(qn("w:sdt"))
        if each.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr")) is not None
    ]
    controls = iter(asking)
    next(controls)  # how to fill the form in
    _fill(next(controls), "、".join(report.divisions or ()))
    for place in places:
        for at in range(most):
            for name in _controls(place, profile):
                control = next(controls)
                if at < len(held[place]):
                    _fill(control, _text(held[place][at], name, profile))
    assert next(controls, None) is None
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def stands_in(item: Item, place: Place) -> bool:
    """Whether an item belongs to that part of the form."""
    return (item.section, item.group) == (place.section.number, place.group)


def _controls(place: Place, profile: Profile) -> Iterator[str]:
    """The controls of one item in their order."""
    has_money = form.has_money(place, profile)
    yield "title"
    for field in ("goal", "initiative"):
        if form.holds(place, field):
            yield field
    yield from (stage for stage in profile.form_stages if has_money and stage != "settlement")
    yield "result"
    yield from (stage for stage in profile.form_stages if has_money and stage == "settlement")
    yield "mark"


def _text(item: Item, name: str, profile: Profile) -> str | None:
    if name in profile.stages:
        held = [amount for amount in item.amounts if amount.stage == name]
        return next((f"{amount_value(a)}（{a.note}）" if a.note else amount_value(a) for a in held), None)
    if name == "title" and item.number and profile.item_kinds[item.kind].opens == "table":
        return f"{item.number}. {item.title}"
    text: str | None = getattr(item, name)
    return text


def _fill(control: Any, text: str | None) -> None:
    """Writes into a control as Word does: it shows its placeholder no more."""
    if not text:
        return
    properties = control.find(qn("w:sdtPr"))
    properties.remove(properties.find(qn("w:showingPlcHdr")))
    run = next(control.iter(qn("w:r")))
    first, *rest = text.split("\n")
    run.find(qn("w:t")).text = first
    run.remove(run.find(qn("w:rPr")))
    paragraph = run.getparent()
    for line in reversed(rest):
        further = paragraph.makeelement(qn("w:p"))
        held = further.makeelement(qn("w:r"))
        word = held.makeelement(qn("w:t"))
        word.text = line
        held.append(word)
        further.append(held)
        paragraph.addnext(further)
