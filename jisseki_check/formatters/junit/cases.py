"""What became of each rule in each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.formatters.tally import counts_as_failing
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import UNJUDGEABLE, because, because_held_back
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import item_name, level, message, place, waiver
from jisseki_check.model import Coverage, Fault, Finding, Input, Outcome

_READING = "ファイルの読み取り"


@dataclass(frozen=True, slots=True)
class Case:
    """`kind`: "" (passed), failure, error or skipped. `lines` say what is wrong; `output` holds the findings
    that make it neither a failure nor an error."""

    name: str
    kind: str = ""
    type: str = ""
    message: str = ""
    lines: tuple[str, ...] = ()
    output: tuple[str, ...] = ()


class Reader:
    """An outcome by file and rule. A path "" stands for all files together, where more is not known."""

    def __init__(self, outcome: Outcome, view: View) -> None:
        self.outcome = outcome
        self.titles = view.titles
        self.inputs: Mapping[str, Input] = {each.path: each for each in outcome.inputs}
        self.formats = {each.path: each.format for each in outcome.inputs}
        self.coverage = _coverage(outcome)
        self._findings: dict[str, dict[str, list[Finding]]] = {}
        for finding in outcome.findings:
            rules = self._findings.setdefault(finding.location.path or "", {})
            rules.setdefault(finding.rule, []).append(finding)

    @property
    def paths(self) -> list[str]:
        """The files of the run, and then others of which findings speak."""
        return list(dict.fromkeys([*self.inputs, *sorted(self.coverage), *sorted(self._findings)]))

    def properties(self, path: str) -> dict[str, str]:
        """What is known of a file."""
        source = self.inputs.get(path)
        if source is None:
            return {}
        told = {
            "ハッシュ値": source.sha256,
            "形式": source.format,
            "様式設定": source.profile,
            "項目": f"{source.items:,}",
        }
        return {name: value for name, value in told.items() if value is not None}

    def of(self, path: str) -> Iterator[tuple[str, Coverage | None, Sequence[Finding]]]:
        """Each rule with what it judged of the file and what it found there, by code."""
        covered = {each.rule: each for each in self.coverage.get(path, ())}
        found = self._findings.get(path, {})
        for code in sorted(covered | found):
            yield code, covered.get(code), found.get(code, ())

    def faults(self, path: str) -> list[Fault]:
        return [each for each in self.outcome.faults if each.path == path]


def _coverage(outcome: Outcome) -> Mapping[str, Sequence[Coverage]]:
    if outcome.coverage_by_file:
        return outcome.coverage_by_file
    path = outcome.inputs[0].path if len(outcome.inputs) == 1 else ""
    return {path: outcome.coverage}


def of_file(reader: Reader, path: str) -> list[Case]:
    """The cases of a file: that it was read, and every rule."""
    source = reader.inputs.get(path)
    cases = [] if source is None else [_reading(source, reader.faults(path))]
    for code, coverage, findings in reader.of(path):
        title = reader.titles.get(code) or (findings[0].name if findings else "")
        name = f"{code} {title}".rstrip()
        cases.append(_Judged(reader, source, coverage, findings).case(name))
    return cases


def _reading(source: Input, faults: Sequence[Fault]) -> Case:
    reasons = [] if source.status == "checked" else [source.reason or "読み取れませんでした。"]
    reasons += [each.message for each in faults]
    if not reasons:
        return Case(_READING)
    return Case(_READING, "error", source.status, reasons[0], tuple(map(clean, reasons)))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A rule put to a file."""

    reader: Reader
    source: Input | None
    coverage: Coverage | None
    findings: Sequence[Finding]

    def case(self, name: str) -> Case:
        new = [each for each in self.findings if each.status == "new"]
        failing = [each for each in new if counts_as_failing(each, self.reader.outcome.fail_on)]
        unread = [each for each in new if each.rule in UNJUDGEABLE]
        if unread:
            return self._stopped(name, "error", "unjudged", unread)
        if failing:
            return self._stopped(name, "failure", failing[0].severity.value, failing)
        if self.coverage is not None and self.coverage.crashed:
            why = f"{self.coverage.crashed:,}か所を判定できませんでした{because(self.coverage)}"
            return Case(name, "error", "crashed", why, output=self._told(self.findings))
        skipped = self._skipped(new)
        kind = "skipped" if skipped else ""
        return Case(name, kind, message=skipped, output=self._told(self.findings))

    def _stopped(self, name: str, kind: str, type_: str, stopping: Sequence[Finding]) -> Case:
        """All findings stand in it, those first that stop."""
        more = f"（ほか{len(stopping) - 1:,}件）" if len(stopping) > 1 else ""
        stops = set(map(id, stopping))
        others = [each for each in self.findings if id(each) not in stops]
        return Case(
            name,
            kind,
            type_,
            f"{message(stopping[0])}{more}",
            self._told(stopping),
            self._told(others),
        )

    def _skipped(self, new: Sequence[Finding]) -> str:
        """Why the rule counts neither as passed nor as failed; "" where it has passed."""
        if self.findings and not new:
            number = Counter(each.status for each in self.findings)
            told = {"免除": number["waived"], "既知": number["baselined"]}
            return "・".join(f"{label} {count:,}件" for label, count in told.items() if count)
        if self.source is not None and self.source.status != "checked" and not self.source.items:
            return "ファイルを点検できなかったため、判定していません"
        coverage = self.coverage
        if coverage is None:
            return ""
        if coverage.blocked:
            judged = f"{coverage.evaluated:,}か所は判定しました。" if coverage.evaluated else ""
            return f"{judged}{coverage.blocked:,}か所の判定を控えました{because_held_back(coverage)}"
        return "" if coverage.evaluated else "当てはまる箇所がありません"

    def _told(self, findings: Sequence[Finding]) -> tuple[str, ...]:
        """A line for each finding, with indented ones below it."""
        lines = []
        for each in findings:
            at = place(each.location, self.reader.formats)
            lines.append(" ".join(part for part in (at, level(each), each.rule, message(each)) if part))
            if each.item is not None:
                lines.append(f"    項目　{item_name(each.item)}")
            lines.append(f"    直し方　{clean(each.fix)}")
            if each.waiver is not None:
                lines.append(f"    免除　{waiver(each.waiver)}")
        return tuple(lines)
