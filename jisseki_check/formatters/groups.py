"""The reports of a run with what was found in each: the rows of the overview, and the groups of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import basename

from jisseki_check.fingerprints import name_key
from jisseki_check.formatters.tally import counts_as_failing
from jisseki_check.formatters.unjudged import MISSING, UNJUDGEABLE
from jisseki_check.formatters.words import item_name, year_name
from jisseki_check.model import Coverage, Finding, Input, Outcome, ReportFigures, Severity

STATES = ("unjudged", "failing", "check", "info", "clean", "none")
"""Kinds of states of a report, worst first."""
_KINDS = {"plan": "計画"}  # what is not the usual kind of report says so
_OUTSIDE = "報告の外"


@dataclass(slots=True)
class Group:
    """One report, or a file in which none was found, or what is said of neither.

    `name`: in full; `short`: as short as it still tells it from the others. `judged`: of its file, rows that
    rules judged, left out because of another finding, or failed at; None where nobody counted. `is_doubtful`:
    a fault of ours may have kept something of it from being judged.
    """

    path: str
    figures: ReportFigures | None = None
    source: Input | None = None
    findings: list[Finding] = field(default_factory=list)
    name: str = ""
    short: str = ""
    anchor: str = ""
    judged: tuple[int, int, int] | None = None
    is_failing: bool = False
    is_doubtful: bool = False

    @property
    def municipality(self) -> str | None:
        return None if self.figures is None else self.figures.municipality

    @property
    def department(self) -> str | None:
        """Of the report; where there is none, of what is said of it (a report that is missing)."""
        told = self._told()
        return None if told is None else told.department

    @property
    def department_key(self) -> str | None:
        """By which the department is known, however its name is written."""
        return name_key(self.department)

    @property
    def fiscal_year(self) -> int | None:
        told = self._told()
        return None if told is None else told.fiscal_year

    @property
    def kind(self) -> str | None:
        """results or plan."""
        if self.figures is not None:
            return self.figures.kind
        return next((each.report_kind for each in self.findings), None)

    @property
    def is_missing(self) -> bool:
        """Whether it is a report that had to be there and is not."""
        return self.figures is None and any(each.rule == MISSING for each in self.findings)

    @property
    def items(self) -> int:
        if self.figures is not None:
            return len(self.figures.items)
        return self.source.items if self.source is not None else 0

    @property
    def new(self) -> Mapping[Severity, int]:
        """Findings that count, by level."""
        return Counter(each.severity for each in self.findings if each.status == "new")

    @property
    def excepted(self) -> int:
        return sum(each.status != "new" for each in self.findings)

    @property
    def is_unjudged(self) -> bool:
        """Whether something of it had to be judged and was not."""
        return (
            self.is_doubtful
            or (self.source is not None and self.source.status != "checked")
            or any(each.rule in UNJUDGEABLE for each in self.findings)
            or (self.judged is not None and self.judged[2] > 0)
        )

    @property
    def state(self) -> tuple[str, str]:
        """Its kind (one of STATES), and its words."""
        new = self.new
        if self.is_missing:
            return "unjudged", "判定不能（未提出）"
        if self.is_unjudged:
            return "unjudged", "判定不能"
        if self.is_failing:
            return "failing", "不適合"
        if new[Severity.ERROR] or new[Severity.WARNING]:
            return "check", "要確認"
        if new:
            return "info", "参考のみ"
        if self.figures is None:
            return "none", "報告なし"
        if self.judged is not None and not self.judged[0]:
            return "none", "判定の対象なし"
        return "clean", "新しい指摘なし" if self.excepted else "指摘なし"

    def _told(self) -> ReportFigures | Finding | None:
        return self.figures if self.figures is not None else next(iter(self.findings), None)

    def by_item(self) -> list[tuple[str, list[Finding]]]:
        """Findings under the name of their item, items in the order in which they come up."""
        held: dict[tuple[int, str], list[Finding]] = {}
        for finding in self.findings:
            item = finding.item
            key = (item.index, item_name(item)) if item is not None else (0, "報告の全体")
            held.setdefault(key, []).append(finding)
        return [(name, findings) for (_, name), findings in held.items()]


def groups(outcome: Outcome) -> list[Group]:
    """Every report that was judged, every other file, and what findings name besides; files in the order in
    which they were checked."""
    by_path: dict[str, list[Group]] = {each.path: [] for each in outcome.inputs}
    for report in outcome.reports:
        if not report.prior:
            by_path.setdefault(report.path, []).append(Group(report.path, report))
    for finding in outcome.findings:
        _group_of(finding, by_path.setdefault(finding.location.path or "", [])).findings.append(finding)
    for path, held in by_path.items():
        if not held:
            held.append(Group(path))
    made = [group for held in by_path.values() for group in held]
    sources = {each.path: each for each in outcome.inputs}
    doubtful = _doubtful(outcome)
    for number, group in enumerate(made, start=1):
        group.anchor = f"r{number}"
        group.source = sources.get(group.path)
        group.judged = _judged(outcome.coverage_by_file.get(group.path))
        group.is_doubtful = not doubtful.isdisjoint({group.path, None})
        group.is_failing = any(counts_as_failing(each, outcome.fail_on) for each in group.findings)
    _name(made)
    return made


def _doubtful(outcome: Outcome) -> set[str | None]:
    """The files in which something was not judged by a fault of ours; None: nobody counted in which."""
    faulty: set[str | None] = {each.path for each in outcome.faults if each.path or not each.rule}
    if not outcome.coverage_by_file:
        told = {each.rule for each in outcome.faults if each.path}
        crashed = {each.rule for each in outcome.coverage if each.crashed}
        faulty |= {None} if crashed - told else set()
    return faulty


def _group_of(finding: Finding, of_file: list[Group]) -> Group:
    """The report that a finding names; if it names none, the one of its file, where there is only one."""
    named = (name_key(finding.department), finding.fiscal_year)
    reports = [each for each in of_file if each.figures is not None]
    alike = [each for each in reports if named == _named(each)]
    same_kind = [each for each in alike if each.kind == finding.report_kind]
    held = same_kind or alike or (reports if named == (None, None) and len(reports) == 1 else [])
    if held:
        return held[0]
    outside = next((each for each in of_file if each.figures is None and _is_of(each, finding)), None)
    if outside is None:
        outside = Group(finding.location.path or "")
        of_file.append(outside)
    return outside


def _named(group: Group) -> tuple[str | None, int | None]:
    return group.department_key, group.fiscal_year


def _is_of(group: Group, finding: Finding) -> bool:
    """Whether it holds what is said of the same report, though nobody read it."""
    named = (name_key(finding.department), finding.fiscal_year, finding.report_kind)
    return (*_named(group), group.kind) == named


def _judged(coverage: Iterable[Coverage] | None) -> tuple[int, int, int] | None:
    if coverage is None:
        return None
    held = list(coverage)
    return sum(e.evaluated for e in held), sum(e.blocked for e in held), sum(e.crashed for e in held)


def _name(made: Sequence[Group]) -> None:
    """The short names tell the year and the kind only where there are several; the file is told where nothing
    else tells two reports apart."""
    reports = [each for each in made if each.figures is not None or each.is_missing]
    cities = len({name_key(each.municipality) for each in reports if each.municipality}) > 1
    years = len({each.fiscal_year for each in reports}) > 1
    kinds = len({each.kind for each in reports}) > 1
    for group in made:
        file = basename(group.path) or _OUTSIDE
        told = "　".join(_parts(group, cities=cities, years=True, kinds=kinds))
        group.short = " ".join(_parts(group, cities=cities, years=years, kinds=kinds)) or told or file
        group.name = told or file
    full, short = Counter(each.name for each in made), Counter(each.short for each in made)
    for group in made:
        file = basename(group.path) or _OUTSIDE
        group.name += f"（{file}）" if full[group.name] > 1 and group.name != file else ""
        group.short += f"（{file}）" if short[group.short] > 1 and group.short != file else ""


def _parts(group: Group, *, cities: bool, years: bool, kinds: bool) -> Iterator[str]:
    """`総務部`, `平成30年度（計画）`."""
    if group.department is None and group.fiscal_year is None:
        return
    kind = f"（{_KINDS[group.kind]}）" if kinds and group.kind in _KINDS else ""
    year = year_name(group.fiscal_year) if years and group.fiscal_year is not None else ""
    if cities and group.municipality:
        yield group.municipality
    yield (group.department or basename(group.path)) + (kind if not year else "")
    if year:
        yield year + kind
