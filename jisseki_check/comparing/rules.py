"""The same reports, judged by two choices of rules: which of them would be judged otherwise, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from jisseki_check.comparing.changes import Change
from jisseki_check.comparing.comparison import compare
from jisseki_check.model import Coverage, Outcome, Rule, Severity, Verdict

_OF_REPORTS = frozenset({"facts", "schema"})
_LEAST = {"never": 4, **{level.value: level.rank for level in Severity}}
# What says or shows something, and decides nothing.
_WORDS = frozenset(
    {"title", "message", "fix", "why", "basis", "examples", "expected", "difference", "correction"}
)


@dataclass(frozen=True, slots=True)
class Side:
    """One choice: what came out, and the rules as they hold there for the usual form, by code."""

    outcome: Outcome
    rules: Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A file by both choices. `found`, `gone`: findings that count by rule, by one choice only; `regraded`:
    those whose level differs; `failing`: those that make it fail by the new choice."""

    path: str
    department: str | None
    fiscal_year: int | None
    report_kind: str | None
    old: Verdict
    new: Verdict
    found: Mapping[str, int]
    gone: Mapping[str, int]
    regraded: Mapping[str, int]
    failing: Mapping[str, int]

    @property
    def is_other(self) -> bool:
        return self.old is not self.new

    @property
    def newly_fails(self) -> bool:
        return self.new is Verdict.FAIL and self.old is not Verdict.FAIL


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule by both choices; None where it is not used. `differs`: the parts of it that are not the same;
    `found`, `gone`, `regraded`: how many findings of all reports."""

    code: str
    old: Rule | None
    new: Rule | None
    differs: tuple[str, ...]
    found: int
    gone: int
    regraded: int

    @property
    def rule(self) -> Rule:
        held = self.new or self.old
        assert held is not None
        return held

    @property
    def is_level_changed(self) -> bool:
        return self.old is not None and self.new is not None and self.old.level is not self.new.level

    @property
    def is_decided_otherwise(self) -> bool:
        """Whether more of it differs than its words and its level."""
        return any(part not in _WORDS and part != "level" for part in self.differs)

    @property
    def is_other(self) -> bool:
        return self.old is None or self.new is None or bool(self.differs) or self.has_effect

    @property
    def has_effect(self) -> bool:
        return bool(self.found or self.gone or self.regraded)


@dataclass(frozen=True, slots=True)
class RulesDiff:
    """`reports`: all that were checked, by path; `rules`: those that differ, or whose findings do, by
    code."""

    old: Side
    new: Side
    reports: tuple[ReportChange, ...]
    rules: tuple[RuleChange, ...]

    def becoming(self, verdict: Verdict) -> tuple[ReportChange, ...]:
        """The reports that have that verdict by the new choice only."""
        return tuple(each for each in self.reports if each.is_other and each.new is verdict)

    @property
    def exit_code(self) -> int:
        """1: some report would newly fail. 3: none would, yet not all can be judged. 0: none would."""
        if any(each.newly_fails for each in self.reports):
            return 1
        verdicts = {verdict for each in self.reports for verdict in (each.old, each.new)}
        verdicts |= {side.outcome.verdict for side in (self.old, self.new)}
        return 3 if Verdict.INCONCLUSIVE in verdicts else 0


def diff(old: Side, new: Side) -> RulesDiff:
    """What differs between two choices for the same reports; both outcomes must say what each rule judged
    of each file."""
    changes = compare(old.outcome, new.outcome).changes
    by_path: dict[str, list[Change]] = defaultdict(list)
    by_rule: dict[str, list[Change]] = defaultdict(list)
    for each in changes:
        by_path[each.finding.location.path or ""].append(each)
        by_rule[each.finding.rule].append(each)
    before, after = verdicts(old), verdicts(new)
    names = _names(old.outcome) | _names(new.outcome)
    failing = _failing(new.outcome)
    reports = []
    for path in before.keys() & after.keys():
        found, gone, regraded = _numbers(by_path[path])
        department, year, kind = names.get(path, (None, None, None))
        both = before[path], after[path]
        reports.append(
            ReportChange(path, department, year, kind, *both, found, gone, regraded, failing[path])
        )
    reports.sort(key=lambda each: each.path)
    codes = sorted({*old.rules, *new.rules, *by_rule})
    rules = [_rule(code, old.rules.get(code), new.rules.get(code), by_rule[code]) for code in codes]
    return RulesDiff(
        old, new, tuple(reports), tuple(each for each in rules if each is not None and each.is_other)
    )


def verdicts(side: Side) -> dict[str, Verdict]:
    """What the run says of each file by itself."""
    outcome = side.outcome
    faulty = {each.path for each in outcome.faults}
    failing = _failing(outcome)
    held = {}
    for each in outcome.inputs:
        coverage = outcome.coverage_by_file.get(each.path, ())
        is_judged = each.status == "checked" and each.path not in faulty and _is_judged(coverage, side.rules)
        if not is_judged:
            held[each.path] = Verdict.INCONCLUSIVE
        else:
            held[each.path] = Verdict.FAIL if each.path in failing else Verdict.PASS
    return held


def _is_judged(coverage: Iterable[Coverage], rules: Mapping[str, Rule]) -> bool:
    """Whether rules of the report itself judged it, and none of them failed at that."""
    held = [each for each in coverage if each.rule not in rules or rules[each.rule].judged_by in _OF_REPORTS]
    return any(each.evaluated for each in held) and not any(each.crashed for each in coverage)


def _failing(outcome: Outcome) -> dict[str, Counter[str]]:
    """Of each file the findings that make it fail, by rule."""
    least = _LEAST[outcome.fail_on or "error"]
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for each in outcome.findings:
        if each.status == "new" and each.severity.rank >= least:
            held[each.location.path or ""][each.rule] += 1
    return held


def _names(outcome: Outcome) -> dict[str, tuple[str | None, int | None, str | None]]:
    return {
        each.path: (each.department, each.fiscal_year, each.kind)
        for each in outcome.reports
        if not each.prior
    }


def _numbers(changes: Iterable[Change]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Findings that count, by rule: found, gone, regraded. One that is waived or known by one of both choices
    is not there for it."""
    found, gone, regraded = Counter[str](), Counter[str](), Counter[str]()
    for each in changes:
        was = each.old is not None and each.old.status == "new"
        now = each.new is not None and each.new.status == "new"
        code = each.finding.rule
        if was and now:
            regraded[code] += each.is_level_changed
        else:
            found[code] += now
            gone[code] += was
    return +found, +gone, +regraded


def _rule(code: str, old: Rule | None, new: Rule | None, changes: Iterable[Change]) -> RuleChange | None:
    if old is None and new is None:
        return None
    found, gone, regraded = _numbers(changes)
    return RuleChange(code, old, new, _differing(old, new), found[code], gone[code], regraded[code])


def _differing(old: Rule | None, new: Rule | None) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    return tuple(each.name for each in fields(Rule) if getattr(old, each.name) != getattr(new, each.name))
