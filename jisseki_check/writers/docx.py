"""A report → Word: the form as labelled tables."""

from __future__ import annotations

from docx.document import Document

from jisseki_check.model import Item, Report
from jisseki_check.profiles import Profile
from jisseki_check.writers import pages
from jisseki_check.writers.entries import entries
from jisseki_check.writers.front import front_lines
from jisseki_check.writers.outline import NOTHING, Heading, outline
from jisseki_check.writers.printed import group_sign, heading_of, kind_of


def write(report: Report, profile: Profile) -> bytes:
    """The report as the form prints it."""
    document = pages.document(report.title or "")
    lines = list(front_lines(report, profile))
    if report.title is not None:
        pages.put_title(document, lines.pop(0))
    for line in lines:
        pages.put_line(document, line)
    for part in outline(report, profile):
        if isinstance(part, Heading):
            _heading(document, part, profile)
        else:
            _item(document, part, report, profile)
    return pages.saved(document)


def _heading(document: Document, heading: Heading, profile: Profile) -> None:
    sign = "" if heading.level == 1 else group_sign(profile)
    pages.put_heading(document, f"{sign}{heading.text}", heading.level)
    if heading.empty:
        pages.put_line(document, NOTHING)


def _item(document: Document, item: Item, report: Report, profile: Profile) -> None:
    kind = kind_of(item, profile)
    heading = heading_of(item, kind)
    rows: list[tuple[str, list[str]]] = []
    if kind.opens == "table":
        goal = item.goal.split("\n") if item.goal is not None else []
        rows += [(kind.header[0], list(kind.header[1:])), (heading or "", goal)]
    elif item.kind == "statement" and item.section is None:
        pages.put_line(document, f"<{item.title or ''}>")
    elif kind.opens != "heading" and heading is not None:
        pages.put_heading(document, heading, 3)
    for entry in entries(item, report, profile):
        if entry.label is not None:
            rows.append((entry.label, list(entry.lines)))
        elif rows:
            rows[-1][1].extend(entry.lines)
        else:
            for line in entry.lines:
                pages.put_line(document, line)
    if rows:
        pages.put_table(document, rows, headed=kind.opens == "table")
