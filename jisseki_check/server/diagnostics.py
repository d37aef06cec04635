"""What was found, as editors show it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import (
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
)

from jisseki_check.formatters.text import clean
from jisseki_check.model import Finding, Severity
from jisseki_check.server.checking import Checked

SOURCE = "jisseki-check"
_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}
_EXCEPTED = {"waived": "免除", "baselined": "既知の指摘"}


def diagnostics(checked: Checked, uri: str, *, related: bool) -> list[Diagnostic]:
    """One a finding, in the order of `check`. `related`: whether the editor shows further places.

    What does not count, because it is waived or known, is a hint: there to be read, and out of the way.
    """
    if checked.problem is not None:
        first_line = checked.buffer.range(0, checked.buffer.line_end(0))
        return [Diagnostic(first_line, checked.problem, DiagnosticSeverity.Error, source=SOURCE)]
    return [_diagnostic(checked, finding, uri, related) for finding in checked.findings]


def _diagnostic(checked: Checked, finding: Finding, uri: str, related: bool) -> Diagnostic:
    excepted = _EXCEPTED.get(finding.status)
    places = list(_related(checked, finding, uri)) if related else []
    return Diagnostic(
        range=checked.buffer.range(*checked.buffer.span(finding.location)),
        message="\n".join(_words(finding, excepted)),
        severity=DiagnosticSeverity.Hint if excepted else _SEVERITIES[finding.severity],
        code=finding.rule,
        source=SOURCE,
        related_information=places or None,
    )


def _words(finding: Finding, excepted: str | None) -> Iterator[str]:
    yield clean(f"［{excepted}］{finding.message}" if excepted else finding.message)
    if excepted is None:
        yield clean(f"直し方：{finding.fix}")


def _related(checked: Checked, finding: Finding, uri: str) -> Iterator[DiagnosticRelatedInformation]:
    for place in finding.related:
        if place.path == finding.location.path:
            where = Location(uri, checked.buffer.range(*checked.buffer.span(place)))
            yield DiagnosticRelatedInformation(where, "あわせて確かめるところ")
