"""Comments beside the data: of which findings of their report they may speak."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check.model import Directive, Document, Finding, Item, KnownFinding, Spot
from jisseki_check.notation.personal import mask


@dataclass(frozen=True, slots=True)
class Beside:
    """A comment in its report. `about`: report and item of which it speaks, as the register names them.

    One of these says how far it reaches; none does where nothing follows it. `of_report`: all that is said
    of the whole report. `item`: all of that item (its index). `pointer`: all that is below. `line`: what is
    found at that line.
    """

    directive: Directive
    about: KnownFinding
    of_report: bool = False
    item: int | None = None
    pointer: str | None = None
    line: int | None = None

    def may_mean(self, finding: Finding) -> bool:
        """Whether it stands where it could speak of a finding of its file."""
        if self.of_report:
            return finding.item is None or finding.subject is not None
        if self.item is not None:
            return finding.item is not None and finding.item.index == self.item
        if self.pointer is not None:
            at = finding.location.pointer or ""
            return at == self.pointer or at.startswith(f"{self.pointer}/")
        return self.line is not None and finding.location.line == self.line


def placed(directives: tuple[Directive, ...], document: Document) -> tuple[Beside, ...]:
    """The comments of a document, each with what it reaches."""
    if not directives:
        return ()
    starts = {
        line: item
        for item in reversed(document.report.items)
        if (line := document.places.locate(Spot(item.index, "")).line) is not None
    }
    return tuple(_placed(each, document, starts) for each in directives)


def _placed(directive: Directive, document: Document, starts: dict[int, Item]) -> Beside:
    if directive.pointer is not None:
        return _at_pointer(directive, document, directive.pointer)
    if directive.line is None:
        return Beside(directive, _about(document))
    item = starts.get(directive.line)
    if item is not None:
        return Beside(directive, _about(document, item), item=item.index)
    title = document.places.locate(Spot(None, "title")).line if document.report.title else None
    first = min(starts, default=0) - 1 if title is None else title
    if directive.line <= first:
        return Beside(directive, _about(document), of_report=True)
    before = max((line for line in starts if line <= directive.line), default=None)
    return Beside(directive, _about(document, starts.get(before or 0)), line=directive.line)


def _at_pointer(directive: Directive, document: Document, pointer: str) -> Beside:
    if pointer == "":
        return Beside(directive, _about(document), of_report=True)
    _, *parts = pointer.split("/")
    items = document.report.items
    position = (
        int(parts[1]) if len(parts) > 1 and parts[0] == "items" and parts[1].isdecimal() else len(items)
    )
    item = items[position] if position < len(items) else None
    if item is not None and len(parts) == len(("items", "0")):
        return Beside(directive, _about(document, item), item=item.index)
    return Beside(directive, _about(document, item), pointer=pointer)


def _about(document: Document, item: Item | None = None) -> KnownFinding:
    report = document.report
    return KnownFinding(
        rule="",
        path=document.path,
        department=report.department,
        fiscal_year=report.fiscal_year,
        report_kind=report.kind,
        section=item.section if item else None,
        number=item.number if item else None,
        title=mask(item.title) if item and item.title else None,
    )
