"""Reports to edit: what they find before, and what may go with an edit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from jisseki_check import catalogue, forms, profiles, readers
from jisseki_check.engine import run
from jisseki_check.model import Document, Finding, Outcome, Report, Spot

AS_OF = dt.date(2026, 5, 31)
Key = tuple[str, int | None, str | None]
"""Rule, the item's index, field."""


@cache
def profile() -> profiles.Profile:
    return profiles.load("hirakata")


def read(text: str | bytes, name: str = "報告.txt") -> Document:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return forms.read(readers.read_bytes(data, name), profile())


def check(text: str | bytes, name: str = "報告.txt") -> Outcome:
    """The outcome of one text."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return run.check([], options=run.Options(as_of=AS_OF, stdin=(data, name)))


def key_of(finding: Finding) -> Key:
    """A finding without its line. Mixed notation of years is the whole document's, wherever it shows."""
    if finding.rule == "DAT111":
        return finding.rule, None, None
    return finding.rule, finding.item.index if finding.item else None, finding.field


@cache
def blockers(rule: str) -> frozenset[str]:
    return frozenset(next(each for each in catalogue.load().rules if each.id == rule).blocked_by)


@dataclass(frozen=True)
class Edit:
    """An edited text, and what it must give beyond what the original gives."""

    name: str
    text: str
    expected: frozenset[Key]
    item: int | None = None

    @property
    def touched(self) -> set[int]:
        """The items of which another finding may go, for it rested on what is edited."""
        return {item for _, item, _ in self.expected if item is not None} | (
            {self.item} if self.item else set()
        )


@dataclass(frozen=True)
class Original:
    """A report to edit."""

    name: str
    text: str

    @classmethod
    def of(cls, path: Path) -> Original:
        return cls(path.stem, path.read_text(encoding="utf-8"))

    @cached_property
    def document(self) -> Document:
        return read(self.text)

    @property
    def report(self) -> Report:
        return self.document.report

    @cached_property
    def outcome(self) -> Outcome:
        return check(self.text)

    def may_go(self, key: Key, edit: Edit) -> bool:
        """Whether a finding of the original may be missing after the edit: it is of the edited item, rests
        on it, or is held back until the edit's own finding is put right."""
        rule, _, _ = key
        findings = [finding for finding in self.outcome.findings if key_of(finding) == key]
        if any(finding.item and finding.item.index in edit.touched for finding in findings):
            return True
        if {expected for expected, _, _ in edit.expected} & blockers(rule):
            return True
        lines = [related.line for finding in findings for related in finding.related if related.line]
        return any(self.item_of_line(line - 1) in edit.touched for line in lines)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """The line (from 0) on which each item begins."""
        spots = [self.document.places.locate(Spot(item.index, "")).line for item in self.report.items]
        return [line - 1 for line in spots if line is not None]

    def item_of_line(self, line: int) -> int:
        """The index of the item in which a line (from 0) stands."""
        return sum(start <= line for start in self.starts)

    def item_at(self, offset: int) -> int:
        return self.item_of_line(self.text.count("\n", 0, offset))

    def kind(self, index: int) -> str:
        return self.report.items[index - 1].kind

    def without(self, *lines: int) -> str:
        return "\n".join(line for at, line in enumerate(self.lines) if at not in lines)
