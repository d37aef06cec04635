"""How a report is built: `sections`, `fields` and `readings`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jisseki_check.facts.listing import NoColumn
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Item, Remark
from jisseki_check.profiles import ItemKind, Profile

Row = dict[str, Any]

_QUOTED = 20
_WORDS = re.compile(r"\w")
_LABELS = {
    "title": "項目の名",
    "initiative": "取り組み",
    "goal": "目標",
    "result": "実績",
    "mark": "達成状況",
}


def label_of(field: str | None, profile: Profile, kind: str | None = None) -> str | None:
    """What the form calls a field; a table item's plan has the header's name."""
    if field is None:
        return None
    held = profile.item_kinds.get(kind or "")
    if field == "goal" and held is not None and len(held.header) > 1:
        return held.header[1]
    if field in profile.fields:
        return profile.fields[field][0]
    if field in profile.stages:
        return profile.stages[field][0]
    return _LABELS.get(field, field)


def section_rows(view: ReportView) -> Iterator[Row]:
    """One row for each section of the form, and for each lost sub-heading."""
    held: dict[str, int] = {}
    for item in view.report.items:
        if item.section_title is not None:
            held.setdefault(item.section_title, item.index)
    empty = {
        remark.read_as: number
        for number, remark in enumerate(view.report.remarks)
        if remark.kind == "section"
    }
    # A list may speak of no section at all: which ones it has is then not known.
    is_told = (1, "section") not in view.missing_columns
    order = [section.title for section in view.profile.sections]
    seen = [order.index(title) for title in held if title in order]
    for place, section in enumerate(view.profile.sections):
        index = held.get(section.title)
        at = seen.index(place) if place in seen else None
        in_order = at is None or all(earlier < place for earlier in seen[:at])
        if section.optional and index is None:
            continue
        yield {
            "report": view.number,
            "item": index if not in_order else None,
            "section": f"{section.number}. {section.title}",
            "present": (index is not None or section.title in empty) if is_told else None,
            "in_order": in_order,
            "field": "",
        }
    for number, remark in enumerate(view.report.remarks):
        if remark.kind == "heading":
            yield {
                "report": view.number,
                "item": remark.item,
                "section": remark.text,
                "present": False,
                "in_order": True,
                "field": f"remarks/{number}",
            }


def field_rows(view: ReportView) -> Iterator[Row]:
    """One row for each field that an item's kind requires, and one for each that a list has no column for."""
    missing = view.missing_columns
    told: set[int] = set()
    repeated = {remark.item for remark in view.report.remarks if remark.kind == "repeated"}
    unlabelled = {
        (remark.item, remark.field): remark.text
        if len(remark.text) <= _QUOTED
        else f"{remark.text[:_QUOTED]}…"
        for remark in reversed(view.report.remarks)
        if _lost_its_label(remark)
    }
    for item in view.report.items:
        kind = view.profile.item_kinds.get(item.kind)
        if kind is None:
            continue
        lost = item.title is None and item.index - 1 in repeated
        previous_missing = lost
        for field in _required(item, kind, view.profile):
            value = getattr(item, field)
            present = value is not None
            column = None if present else missing.get((item.index, field))
            if column is not None and column.remark not in told and column.stands_in is None:
                told.add(column.remark)
                yield _no_column_row(view, column)
            yield {
                "report": view.number,
                "item": item.index,
                "kind": kind.title,
                "field": field,
                "label": label_of(field, view.profile, item.kind),
                "present": present if column is None else None,
                "blank": present and not _WORDS.search(value),
                "follows": not present and previous_missing,
                "unlabelled": unlabelled.get((item.index, field)),
            }
            previous_missing = previous_missing or (field == "title" and not present)


def _no_column_row(view: ReportView, column: NoColumn) -> Row:
    """A column that a list lacks: said once, and not of each item."""
    return {
        "report": view.number,
        "kind": "項目",
        "field": f"remarks/{column.remark}",
        "label": label_of(column.field, view.profile),
        "present": False,
        "blank": False,
        "follows": False,
        "no_column": column.said,
    }


def _required(item: Item, kind: ItemKind, profile: Profile) -> list[str]:
    """The title comes first: where a heading is lost, its fields are not missed one by one."""
    fields = ["title", *(field for field in kind.required if field != "title")]
    if kind.opens == "bullet" and not _is_sentence(item.title):
        section = next((s for s in profile.sections if s.number == item.section), None)
        if section is not None and section.plan == "initiative":
            fields.insert(1, "initiative")
    return fields


def _is_sentence(title: str | None) -> bool:
    """A bullet that is itself the plan's sentence needs no statement below it."""
    return title is not None and bool(
        re.search(r"(?:ます|る|た)。?(?:\s*[（(][^（()）]*[)）])?\s*$|。", title)
    )


def _lost_its_label(remark: Remark) -> bool:
    """Unread text that stands where a field is missing: that finding quotes it."""
    return remark.kind == "unread" and remark.field is not None


def reading_rows(view: ReportView) -> Iterator[Row]:
    """What was noticed on reading; a row of kind "none" says that the report was looked at."""
    yield {"report": view.number, "kind": "none", "count": 0, "field": "title"}
    kinds = {item.index: item.kind for item in view.report.items}
    for number, remark in enumerate(view.report.remarks):
        yield {
            "report": view.number,
            "item": remark.item,
            "kind": "unlabelled" if _lost_its_label(remark) else remark.kind,
            "text": remark.text,
            "read_as": remark.read_as,
            "count": remark.count,
            "label": label_of(remark.field, view.profile, kinds.get(remark.item or 0)),
            "field": f"remarks/{number}",
        }
