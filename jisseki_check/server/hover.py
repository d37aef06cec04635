"""The page of the rules that found something at a place."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position

from jisseki_check import catalogue
from jisseki_check.catalogue import Entry
from jisseki_check.formatters.rule_page import escaped, markdown
from jisseki_check.formatters.text import clean
from jisseki_check.model import Finding, Waiver
from jisseki_check.server.checking import Checked


def hover(checked: Checked, position: Position) -> Hover | None:
    """Each rule once, the finding with the smallest place first. Raises CatalogueError."""
    at = checked.buffer.offset(position)
    spans = ((*checked.buffer.span(finding.location), finding) for finding in checked.findings)
    found = sorted(
        ((end - start, start, finding) for start, end, finding in spans if start <= at <= end),
        key=lambda each: each[:2],
    )
    if not found or checked.options is None:
        return None
    entries, _ = catalogue.entries(own=checked.options.own_rules)
    rules = {entry["id"]: entry for entry in entries}
    firsts: dict[str, Finding] = {}
    for _, _, finding in found:
        firsts.setdefault(finding.rule, finding)
    pages = ("\n\n".join(_page(finding, rules[code])) for code, finding in firsts.items())
    length, start, _ = found[0]
    return Hover(
        MarkupContent(MarkupKind.Markdown, "\n\n---\n\n".join(pages)),
        checked.buffer.range(start, start + length),
    )


def _page(finding: Finding, rule: Entry) -> Iterator[str]:
    yield markdown(rule)
    if finding.waiver is not None:
        yield _waiver(finding.waiver)


def _waiver(waiver: Waiver) -> str:
    parts = (
        ("申請", waiver.requested_by),
        ("承認", waiver.approved_by),
        ("期限", waiver.until),
    )
    told = "、".join(f"{name} {value}" for name, value in parts if value)
    reason = clean(f"{waiver.reason}（{told}）" if told else waiver.reason)
    return f"**免除の理由**\n\n{escaped(reason)}"
