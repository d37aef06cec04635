"""Numbers of an outcome that every format gives alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jisseki_check.formatters.view import View
from jisseki_check.model import Finding, Outcome, Severity
from jisseki_check.notation.percent import percent

_LEAST = {"never": 4, **{level.value: level.rank for level in Severity}}


@dataclass(frozen=True, slots=True)
class Counts:
    """Files, reports and items of the run, and its findings; `error` to `info` count new findings only."""

    files: int
    reports: int
    items: int
    error: int
    warning: int
    info: int
    waived: int
    baselined: int


@dataclass(frozen=True, slots=True)
class Share:
    """Of the rows that had to be judged, how many were."""

    judged: int
    due: int

    @property
    def label(self) -> str:
        """A percentage that is 100 only where nothing is missing, with the whole numbers."""
        if not self.due:
            return "判定の対象になる箇所はありませんでした"
        return f"{percent(Fraction(self.judged, self.due))}（{self.judged:,}／{self.due:,}）"


def counts(outcome: Outcome) -> Counts:
    # A long run's findings and inputs lie in a file: each is gone through once.
    told = Counter(
        finding.severity.value if finding.status == "new" else finding.status for finding in outcome.findings
    )
    reports = items = 0
    for each in outcome.inputs:
        reports += each.reports
        items += each.items
    return Counts(
        files=len(outcome.inputs),
        reports=reports,
        items=items,
        error=told["error"],
        warning=told["warning"],
        info=told["info"],
        waived=told["waived"],
        baselined=told["baselined"],
    )


def listed(outcome: Outcome, view: View) -> Iterator[Finding]:
    """The findings that people are shown: who looks for what is new need not read what is known, unless asked
    for."""
    return (each for each in outcome.findings if view.verbose or each.status != "baselined")


def counts_as_failing(finding: Finding, fail_on: str | None) -> bool:
    """Whether it makes the run fail. `fail_on`: error, warning, info or never; as usual where that is not
    known."""
    return finding.status == "new" and finding.severity.rank >= _LEAST[fail_on or "error"]


def share(outcome: Outcome) -> Share:
    judged = sum(each.evaluated for each in outcome.coverage)
    missed = sum(each.blocked + each.crashed for each in outcome.coverage)
    return Share(judged, judged + missed)
