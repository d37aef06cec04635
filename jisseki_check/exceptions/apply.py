"""Lets a run's findings be waived or known, and says what became of each waiver and known finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jisseki_check.exceptions import Baseline, Exceptions
from jisseki_check.exceptions.beside import Beside
from jisseki_check.exceptions.known import known, match, report_of
from jisseki_check.exceptions.notes import Note
from jisseki_check.exceptions.scope import Judged, Reach, Scope
from jisseki_check.exceptions.waiving import Waiving
from jisseki_check.model import BaselineUse, Finding, WaiverUse

__all__ = ["Applied", "Judged", "Scope", "apply"]


@dataclass(frozen=True, slots=True)
class Applied:
    """The findings with their status, the uses that they were put to, and what is to be said of waivers."""

    findings: Sequence[Finding]
    waivers: tuple[WaiverUse, ...] = ()
    baseline: BaselineUse | None = None
    notes: tuple[Note, ...] = ()


def apply(
    findings: Sequence[Finding], exceptions: Exceptions, scope: Scope, beside: Sequence[Beside] = ()
) -> Applied:
    """Waivers first: what has a reason and an approver need not be merely known. Findings of rules that
    cannot be excepted are never named by either, because their files are refused with such an entry.
    `beside`: the comments in the reports, in their order."""
    waiving = Waiving(list(findings), scope, Reach(exceptions.covers_waived, scope))
    if exceptions.waivers:
        waiving.grant(exceptions.waivers)
    if exceptions.takes_comments:
        waiving.grant_beside(beside)
    held, use = waiving.findings, None
    if exceptions.baseline is not None:
        held, use = _adopt(held, exceptions.baseline, Reach(exceptions.covers_all, scope), scope)
    return Applied(tuple(held), tuple(waiving.uses), use, tuple(waiving.notes))


def _adopt(
    findings: list[Finding], baseline: Baseline, reach: Reach, scope: Scope
) -> tuple[list[Finding], BaselineUse]:
    fresh = [position for position, each in enumerate(findings) if each.status == "new"]
    # What is known of a file that this run does not read is not known of a copy of it.
    homes = {each.path: report_of(each) for each in baseline.entries if each.path in baseline.files}
    present = [known(findings[position]) for position in fresh]
    pairs = match(present, baseline.entries, {**homes, **scope.homes})
    for held in pairs:
        findings[fresh[held]] = replace(findings[fresh[held]], status="baselined")
    # What is waived by now is neither gone nor changed, though it need no longer be known.
    waived = [known(each) for each in findings if each.status == "waived"]
    rest = [number for number in range(len(baseline.entries)) if number not in pairs.values()]
    still = match(waived, [baseline.entries[number] for number in rest], {**homes, **scope.homes})
    matched = {*pairs.values(), *(rest[number] for number in still.values())}
    unmatched = tuple(
        entry
        for number, entry in enumerate(baseline.entries)
        if number not in matched and reach.covers(entry)
    )
    return findings, BaselineUse(baseline.path, len(baseline.entries), unmatched)
