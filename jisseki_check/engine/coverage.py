"""The ledger of what was judged, from which the verdict is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jisseki_check.engine.judge import Judgement
from jisseki_check.model import (
    BETWEEN_REASONS,
    Coverage,
    Fault,
    Finding,
    Input,
    Rule,
    Scope,
    Severity,
    Verdict,
)

MISSING = "XDC105"
"""The rule that finds that a report is not there, and so was not judged."""


@dataclass(slots=True)
class _Entry:
    evaluated: int = 0
    not_applicable: int = 0
    blocked: int = 0
    crashed: int = 0
    blockers: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)


class Ledger:
    """Adds up, over all batches, how many rows each rule judged and how many not."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._entries: dict[str, _Entry] = {}
        self._of_report: set[str] = set()
        self.open(rules)

    def open(self, rules: Iterable[Rule]) -> None:
        """Keep an entry for these rules as well: another form may use others."""
        for rule in rules:
            if rule.id not in self._entries:
                self._entries[rule.id] = _Entry()
                if rule.judged_by in {"facts", "schema"}:
                    self._of_report.add(rule.id)

    def emptied(self) -> Ledger:
        """One with the same entries, in which nothing has been counted."""
        other = Ledger(())
        other._entries = {code: _Entry() for code in self._entries}
        other._of_report = set(self._of_report)
        return other

    def add(self, judgement: Judgement) -> None:
        """One rule's rows of one batch."""
        entry = self._entries[judgement.condition.rule.id]
        entry.evaluated += judgement.evaluated
        entry.blocked += judgement.blocked
        entry.crashed += judgement.crashed
        entry.not_applicable += judgement.total - judgement.evaluated - judgement.blocked - judgement.crashed
        entry.blockers |= judgement.blockers
        if judgement.unknown:
            entry.errors |= unknown_needs(judgement)
        if judgement.error is not None:
            entry.errors.add(judgement.error)

    def count(self, code: str, *, evaluated: int = 0, not_applicable: int = 0, crashed: int = 0) -> None:
        """Rows of a rule that is not judged by facts: files, documents."""
        if code in self._entries:
            entry = self._entries[code]
            entry.evaluated += evaluated
            entry.not_applicable += not_applicable
            entry.crashed += crashed

    def pass_over(self, code: str, rows: int, why: str) -> None:
        """Rows to which a rule was not put, and why."""
        self.count(code, not_applicable=rows)
        self.explain(code, why)

    def explain(self, code: str, why: str) -> None:
        """Why rows of a rule were not judged."""
        if code in self._entries:
            self._entries[code].errors.add(why)

    def crash(self, codes: Iterable[str], why: str) -> None:
        """A report on which the facts failed: none of these rules judged it."""
        for code in codes:
            self._entries[code].crashed += 1
            self._entries[code].errors.add(why)

    def merge(self, other: Ledger) -> None:
        """Takes in the rows of other reports."""
        self._of_report |= other._of_report
        for code, theirs in other._entries.items():
            ours = self._entries.setdefault(code, _Entry())
            ours.evaluated += theirs.evaluated
            ours.not_applicable += theirs.not_applicable
            ours.blocked += theirs.blocked
            ours.crashed += theirs.crashed
            ours.blockers |= theirs.blockers
            ours.errors |= theirs.errors

    @property
    def judged(self) -> bool:
        """Whether any rule of the report itself, and not only of its reading, was put to it; where none was
        chosen, whether the reports that must be there were looked for."""
        codes = self._of_report or {MISSING}
        return any(entry.evaluated for code, entry in self._entries.items() if code in codes)

    @property
    def crashed(self) -> bool:
        return any(entry.crashed for entry in self._entries.values())

    def coverage(self) -> tuple[Coverage, ...]:
        """One line a rule, by code."""
        return tuple(
            Coverage(
                rule=code,
                evaluated=entry.evaluated,
                not_applicable=entry.not_applicable,
                blocked=entry.blocked,
                crashed=entry.crashed,
                reason=reason(entry.errors, entry.blockers),
            )
            for code, entry in sorted(self._entries.items())
        )


def unknown_needs(judgement: Judgement) -> set[str]:
    """Why a rule could not judge rows to which it applies."""
    needs = (judgement.condition.table.column(name) for name in judgement.condition.rule.needs)
    return {f"{column.meaning}が分からないため" for column in needs if column is not None}


def reason(errors: Iterable[str], blockers: Iterable[str]) -> str | None:
    """Why rows were not judged, in one sentence for people."""
    reasons = sorted(errors)
    if blockers := sorted(blockers):
        reasons.append(f"{'・'.join(blockers)} の指摘があるため")
    return BETWEEN_REASONS.join(reasons) or None


def verdict(
    inputs: Sequence[Input],
    findings: Iterable[Finding],
    ledger: Ledger,
    faults: Sequence[Fault],
    fail_on: str,
    scope: Scope | None = None,
) -> Verdict:
    """Inconclusive before fail before pass: what was not judged is never "fine". Only where the run was to
    look at changes, and there are none, nothing need be judged."""
    least = {"never": 4, **{level.value: level.rank for level in Severity}}[fail_on]
    is_missing = is_failing = False
    for finding in findings:
        is_missing |= finding.rule == MISSING
        is_failing |= finding.status == "new" and finding.severity.rank >= least
    if faults or ledger.crashed or is_missing or any(entry.status != "checked" for entry in inputs):
        return Verdict.INCONCLUSIVE
    is_due = scope is None or scope.changed > 0
    if is_due and not (any(entry.reports for entry in inputs) and ledger.judged):
        return Verdict.INCONCLUSIVE
    return Verdict.FAIL if is_failing else Verdict.PASS
