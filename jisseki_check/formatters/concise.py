"""`concise`: one line a finding, which editors and CI logs make clickable; the summary is the last line."""

from __future__ import annotations

from collections.abc import Mapping

from jisseki_check.formatters import summary
from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.tally import listed
from jisseki_check.formatters.text import clean, paint
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import formats_of, level, message, place, waiver
from jisseki_check.model import Finding, Outcome


def render(outcome: Outcome, view: View) -> str:
    formats = formats_of(outcome)
    shown = [] if view.summary_only else listed(outcome, view)
    lines = [_line(finding, view, formats) for finding in shown]
    lines += [f"既知の指摘: {text}" for text in summary.gone(outcome, view)]
    lines += [f"判定不能: {reason}" for reason in summary.reasons(outcome)]
    lines += [f"注意: {text}" for text in notes(outcome, view)]
    lines.append(summary.line(outcome))
    return "".join(line + "\n" for line in lines)


def _line(finding: Finding, view: View, formats: Mapping[str, str | None]) -> str:
    at = finding.location
    where = ":".join(part for part in (clean(at.path or ""), place(at, formats)) if part)
    grade = paint(level(finding), finding.severity.value, view.color)
    why = f"（免除：{waiver(finding.waiver)}）" if finding.waiver is not None else ""
    return f"{where}: {grade} {finding.rule} {message(finding)}{why}"
