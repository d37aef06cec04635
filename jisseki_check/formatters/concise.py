"""`concise`: one line a finding, which editors and CI logs make clickable; the summary is the last line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jisseki_check.formatters import summary
from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.tally import listed
from jisseki_check.formatters.text import clean, paint
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import formats_of, level, message, place, waiver
from jisseki_check.model import Finding, Outcome


def pieces(outcome: Outcome, view: View) -> Iterator[str]:
    return (line + "\n" for line in _lines(outcome, view))


def _lines(outcome: Outcome, view: View) -> Iterator[str]:
    formats = formats_of(outcome)
    for finding in () if view.summary_only else listed(outcome, view):
        yield _line(finding, view, formats)
    yield from (f"既知の指摘: {text}" for text in summary.gone(outcome, view))
    yield from (f"判定不能: {reason}" for reason in summary.reasons(outcome))
    yield from (f"注意: {text}" for text in notes(outcome, view))
    yield summary.line(outcome)


def _line(finding: Finding, view: View, formats: Mapping[str, str | None]) -> str:
    at = finding.location
    where = ":".join(part for part in (clean(at.path or ""), place(at, formats)) if part)
    grade = paint(level(finding), finding.severity.value, view.color)
    why = f"（免除：{waiver(finding.waiver)}）" if finding.waiver is not None else ""
    return f"{where}: {grade} {finding.rule} {message(finding)}{why}"
