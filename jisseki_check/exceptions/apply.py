"""Lets a run's findings be waived or known, and says what became of each waiver and known finding."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass, replace

from jisseki_check.exceptions import Baseline, Exceptions, Granted
from jisseki_check.exceptions.known import known, match, match_changed, report_of
from jisseki_check.model import BaselineUse, Finding, KnownFinding, WaiverUse


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run has seen: its day, the reports that it judged (as `known.report_of` names them), and the
    codes of the rules that it judged by."""

    as_of: dt.date
    reports: Set[Hashable]
    rules: Set[str]


@dataclass(frozen=True, slots=True)
class Applied:
    """The findings with their status, and the uses that they were put to."""

    findings: tuple[Finding, ...]
    waivers: tuple[WaiverUse, ...] = ()
    baseline: BaselineUse | None = None


def apply(findings: Sequence[Finding], exceptions: Exceptions, scope: Scope) -> Applied:
    """Waivers first: what has a reason and an approver need not be merely known. Findings of rules that
    cannot be excepted are never named by either, because their files are refused with such an entry."""
    held, uses = _waive(list(findings), exceptions, scope)
    if exceptions.baseline is None:
        return Applied(tuple(held), uses)
    held, use = _adopt(held, exceptions.baseline, exceptions.covers_all, scope)
    return Applied(tuple(held), uses, use)


def _waive(
    findings: list[Finding], exceptions: Exceptions, scope: Scope
) -> tuple[list[Finding], tuple[WaiverUse, ...]]:
    granted = exceptions.waivers
    if not granted:
        return findings, ()
    present, entries = [known(each) for each in findings], [each.known for each in granted]
    pairs = match(present, entries)
    uses = Counter(pairs.values())
    states = [_state(each, uses[number], scope) for number, each in enumerate(granted)]
    for position, number in pairs.items():
        if states[number] == "used":
            waiver = granted[number].waiver
            findings[position] = replace(findings[position], status="waived", waiver=waiver)
    unused = [number for number, state in enumerate(states) if state == "unused"]
    free = [each for position, each in enumerate(present) if position not in pairs]
    changed = match_changed(free, [entries[number] for number in unused])
    for number in (unused[each] for each in changed.values()):
        states[number] = "lapsed"
    for number in unused:
        if states[number] == "unused" and not _is_in_reach(entries[number], exceptions.covers_all, scope):
            states[number] = "unchecked"
    return findings, tuple(
        WaiverUse(each.known, each.waiver, state, uses[number] if state == "used" else 0)
        for number, (each, state) in enumerate(zip(granted, states, strict=True))
    )


def _state(granted: Granted, used: int, scope: Scope) -> str:
    """used, expired, pending, or unused as long as nothing else is known of it."""
    until = granted.waiver.until
    if until is not None and dt.date.fromisoformat(until) < scope.as_of:
        return "expired"
    if granted.begins is not None and scope.as_of < granted.begins:
        return "pending"
    return "used" if used else "unused"


def _adopt(
    findings: list[Finding], baseline: Baseline, covers_all: bool, scope: Scope
) -> tuple[list[Finding], BaselineUse]:
    fresh = [position for position, each in enumerate(findings) if each.status == "new"]
    pairs = match([known(findings[position]) for position in fresh], baseline.entries)
    for held in pairs:
        findings[fresh[held]] = replace(findings[fresh[held]], status="baselined")
    matched = set(pairs.values())
    unmatched = tuple(
        entry
        for number, entry in enumerate(baseline.entries)
        if number not in matched and _is_in_reach(entry, covers_all, scope)
    )
    return findings, BaselineUse(baseline.path, len(baseline.entries), unmatched)


def _is_in_reach(entry: KnownFinding, covers_all: bool, scope: Scope) -> bool:
    """Whether the run would have found it, were it still there."""
    return entry.rule in scope.rules and (covers_all or report_of(entry) in scope.reports)
