"""A report → text in the layout of labelled blocks, as the form prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jisseki_check.forms.besides import aside
from jisseki_check.model import Item, Report
from jisseki_check.profiles import ItemKind, Profile
from jisseki_check.writers.characters import for_documents
from jisseki_check.writers.entries import entries
from jisseki_check.writers.front import form_lines, front_lines
from jisseki_check.writers.outline import NOTHING, Heading, outline
from jisseki_check.writers.printed import group_sign, heading_of, kind_of


def write(report: Report, profile: Profile) -> bytes:
    """The report's text in UTF-8; a lone surrogate, which has no bytes, becomes U+FFFD."""
    return for_documents(to_text(report, profile, whole=True)).encode()


def to_text(report: Report, profile: Profile, *, whole: bool = False) -> str:
    """The report as the form prints it; `whole`: with lines for what the form has no place for."""
    held = report if whole else _on_the_form(report)
    front = front_lines(report, profile) if whole else form_lines(report, profile)
    return "\n".join((*front, *_lines(held, profile))) + "\n"


def _on_the_form(report: Report) -> Report:
    items = (replace(item, division=None, indicators=(), extra=()) for item in report.items)
    return replace(report, items=tuple(items))


def _lines(report: Report, profile: Profile) -> Iterator[str]:
    for part in outline(report, profile):
        if isinstance(part, Heading):
            yield ""
            yield part.text if part.level == 1 else f"{group_sign(profile)}{part.text}"
            if part.empty:
                yield NOTHING
        elif part.kind == "statement" and part.section is None:
            yield f"<{part.title or ''}>"
            yield from _fields(part, report, profile)
        else:
            yield from _item(part, report, profile)


def _item(item: Item, report: Report, profile: Profile) -> Iterator[str]:
    kind = kind_of(item, profile)
    if kind.opens != "heading":
        yield ""
        yield from _heading(item, kind)
    yield from _fields(item, report, profile)


def _heading(item: Item, kind: ItemKind) -> Iterator[str]:
    heading = heading_of(item, kind)
    if kind.opens == "table":
        yield "\t".join(kind.header)
        if heading is not None or item.goal:
            yield (heading or "") + (f"\t{_continued(item.goal)}" if item.goal else "")
    elif heading is not None:
        yield heading


def _fields(item: Item, report: Report, profile: Profile) -> Iterator[str]:
    held = list(entries(item, report, profile))
    mark = profile.fields["mark"][0]
    for entry in held:
        if entry.beside or entry.label == mark:
            continue
        if entry.text is not None:
            yield entry.text if entry.label is None else f"{entry.label}\t{_continued(entry.text)}"
        yield from entry.amounts
    # Within the last field, for below the mark the item is over.
    yield from (aside(entry.label or "", entry.text or "") for entry in held if entry.beside)
    for entry in held:
        if entry.label == mark and not entry.beside:
            yield from (f"{mark} {bracketed}" for bracketed in entry.lines)


def _continued(text: str) -> str:
    """Further paragraphs stand in the same column, below an empty cell."""
    return text.replace("\n", "\n\t")
