"""What comes out of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from jisseki_check import __version__
from jisseki_check.model.figures import ReportFigures
from jisseki_check.model.places import Location
from jisseki_check.model.rule import Severity

OUTCOME_FORMAT = "jisseki-check/1"
BETWEEN_REASONS = "／"
"""Between the reasons why a rule did not judge all of its rows."""

_HELD_BACK = ("の指摘があるため", "が分からないため")
_NO_ROWS = "当てはまる箇所がないため"


class Verdict(StrEnum):
    """What the whole run says; the exit code follows from it."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"

    @property
    def label(self) -> str:
        return {"pass": "適合", "fail": "不適合", "inconclusive": "判定不能"}[self.value]

    @property
    def exit_code(self) -> int:
        return {"pass": 0, "fail": 1, "inconclusive": 3}[self.value]


@dataclass(frozen=True, slots=True)
class ItemRef:
    """Which item a finding speaks of, in words a reader of the report knows."""

    index: int
    section: int | None
    number: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding need not be put right, and who says so until when (ISO date). `path` and `line`: where
    that is written; beside the data itself, approver and end may be absent."""

    reason: str
    requested_by: str | None = None
    approved_by: str | None = None
    until: str | None = None
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a report, complete when born.

    `subject`: None where it speaks of the item and field that it points at; else what of the whole report it
    speaks of (a word that is written in two ways), "" where its rule speaks of a report once. `count`: in
    how many places; `places`: which items and fields those are (`fingerprints.place`), of a report-wide
    finding. `fingerprint` says what is meant, `value_fingerprint` what the rule read there.
    `explanation`: what staff wrote beside it in a marked copy.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    fix: str
    location: Location
    department: str | None = None
    fiscal_year: int | None = None
    report_kind: str | None = None
    item: ItemRef | None = None
    field: str | None = None
    subject: str | None = None
    count: int = 1
    places: tuple[str, ...] = ()
    excerpt: str | None = None
    given: str | None = None
    expected: str | None = None
    difference: str | None = None
    related: tuple[Location, ...] = ()
    correction: str | None = None
    fingerprint: str = ""
    value_fingerprint: str = ""
    status: str = "new"
    waiver: Waiver | None = None
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding as a baseline or a waiver names it: what it is about, and what its rule read.

    `given`: the value as it was printed, for those who read the file. `path`: the file in which it stood;
    it tells reports apart only where they give neither department nor year.
    """

    rule: str
    path: str | None = None
    department: str | None = None
    fiscal_year: int | None = None
    report_kind: str | None = None
    section: int | None = None
    number: str | None = None
    title: str | None = None
    field: str | None = None
    subject: str | None = None
    count: int = 1
    places: tuple[str, ...] = ()
    given: str | None = None
    fingerprint: str = ""
    value_fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """A waiver of the run. `state`: used, unused, expired, lapsed (the value has changed), pending (not yet
    in force), unchecked (its report was not among those checked, or its rule did not judge all of it).
    `findings`: how many it covers."""

    known: KnownFinding
    waiver: Waiver
    state: str
    findings: int = 0


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """The known findings that a run was told of. `unmatched`: those of checked reports that are gone."""

    path: str
    entries: int
    unmatched: tuple[KnownFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file besides reports that decides what counts. `role`: waivers, baseline, expect; `path`: as it was
    given; `sha256`: hexadecimal, None where it could not be read."""

    role: str
    path: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong with us, not with the report; it makes the run inconclusive."""

    stage: str
    message: str
    rule: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One file of the run. `status`: checked, unreadable, refused. `profile`: the form it was read by, and
    why; None where nothing could be read."""

    path: str
    sha256: str | None
    format: str | None
    status: str
    reports: int = 0
    items: int = 0
    reason: str | None = None
    profile: str | None = None
    profile_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows a rule judged, and how many it did not, and why. `left`, where it is of one file: the
    items (by index; 0: the report's own rows) that it applies to and did not judge, or for which there was
    nothing to hold them against."""

    rule: str
    evaluated: int = 0
    not_applicable: int = 0
    blocked: int = 0
    crashed: int = 0
    reason: str | None = None
    left: tuple[int, ...] = ()

    @property
    def explanation(self) -> str | None:
        """The reason; where there was not a single row, that one."""
        rows = self.evaluated + self.not_applicable + self.blocked + self.crashed
        return self.reason or (None if rows else _NO_ROWS)

    @property
    def held_back_by(self) -> str | None:
        """Of several reasons those for which rows were held back; the others tell why rows were passed
        over."""
        told = (self.reason or "").split(BETWEEN_REASONS)
        held = [each for each in told if each.endswith(_HELD_BACK)]
        return BETWEEN_REASONS.join(held) or self.reason


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run was narrowed to: of the `of` files given, the `changed` ones that differ from the commit at
    which `changed_since` (a branch or a commit of git) and the files at hand parted."""

    changed_since: str
    changed: int
    of: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run has to say; formatters turn it into bytes. `skipped` are files of the folders given
    that no reader takes for a report; `scope`: None where all that was given was checked.
    `prior`: files that were read for comparison only; `sources`: those that decide what counts; `reports`:
    the figures of all reports that could be read, theirs too. `coverage_by_file`: what each rule judged of
    each file, empty where that was not asked for.
    Of a stored outcome, `version` is that of the program that wrote it, and `unrecorded` names what that did
    not write down yet: it is empty here, which says nothing. `fail_on`: None where it is among them."""

    profile: str
    as_of: str
    rules_digest: str
    fail_on: str | None
    verdict: Verdict
    inputs: Sequence[Input]
    findings: Sequence[Finding]
    coverage: tuple[Coverage, ...]
    faults: tuple[Fault, ...] = ()
    skipped: tuple[str, ...] = ()
    waivers: tuple[WaiverUse, ...] = ()
    baseline: BaselineUse | None = None
    scope: Scope | None = None
    prior: tuple[Input, ...] = ()
    sources: tuple[OwnFile, ...] = ()
    reports: Sequence[ReportFigures] = ()
    coverage_by_file: Mapping[str, tuple[Coverage, ...]] = field(default_factory=dict)
    version: str = __version__
    unrecorded: tuple[str, ...] = ()

    def at_hand(self) -> Outcome:
        """The same all in memory, for who goes through it in several directions. Of a long run it is in
        files, from which the same record comes as another object each time."""
        return replace(
            self,
            inputs=tuple(self.inputs),
            findings=tuple(self.findings),
            reports=tuple(self.reports),
        )
