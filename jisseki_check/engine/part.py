"""What was found in a part of the files of a run; parts add up to the whole."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from jisseki_check.engine import findings as births
from jisseki_check.engine.coverage import Ledger
from jisseki_check.engine.coverage_by_file import CoverageByFile
from jisseki_check.engine.judge import Frames, Judgement
from jisseki_check.engine.kept import Kept, PackedKept, pack_kept
from jisseki_check.engine.shelf import Block, pack
from jisseki_check.exceptions.beside import Beside
from jisseki_check.exceptions.scope import ItemName, item_name
from jisseki_check.facts.across.reports import Name
from jisseki_check.model import Coverage, Document, Fault, Finding, Input, Item, ReportFigures


class PackedPart(NamedTuple):
    """A part as it goes from one process to another, and to the cache; `part` without what is packed.
    `docx`: the files of that format; `hashes`: of the files that could be read, their contents'."""

    part: Part
    inputs: Block
    findings: Block
    figures: Block
    kept: PackedKept
    docx: tuple[str, ...]
    hashes: dict[Name, str]


@dataclass(slots=True)
class Part:
    """What is found of some files.

    `is_traced`: whether it is written down of each report what was left unjudged; of one that has comments of
    ours it always is. `used`: the codes of the rules that any report was put to. `unable`: rules that an
    analysis of words would take which is not installed. `explanations`: what staff wrote in marked copies, by
    file and number of the mark. `reports`: by what the report of each file that is traced is known again;
    `rules`: the codes of those that it was put to; `left`: the items that each of these left unjudged, None
    for all. `beside`: comments of ours in the reports. `figures`: what is kept of each report; `kept`: what
    it takes to compare them. `prior`: the files that are read for comparison only. `by_file`: what each rule
    judged of each file, where that was asked for."""

    ledger: Ledger
    is_traced: bool = False
    used: set[str] = field(default_factory=set)
    unable: set[str] = field(default_factory=set)
    inputs: list[Input] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    explanations: dict[tuple[str, str], str] = field(default_factory=dict)
    reports: dict[str, Hashable] = field(default_factory=dict)
    rules: dict[str, Set[str]] = field(default_factory=dict)
    left: dict[str, dict[str, set[ItemName | None]]] = field(default_factory=dict)
    beside: list[Beside] = field(default_factory=list)
    figures: list[ReportFigures] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    prior: list[Input] = field(default_factory=list)
    by_file: CoverageByFile | None = None
    _commented: set[str] = field(default_factory=set)

    def packed(self) -> PackedPart:
        """The same, done and in order."""
        inputs = sorted(self.inputs, key=lambda entry: entry.path)
        formats = {entry.path: entry.format for entry in inputs}
        hashes = {(False, entry.path): entry.sha256 for entry in inputs}
        hashes |= {(True, entry.path): entry.sha256 for entry in self.prior}
        findings = births.explained(births.finish(self.findings, formats), self.explanations)
        return PackedPart(
            replace(self, inputs=[], findings=[], figures=[], kept=[]),
            pack(inputs),
            pack(findings),
            pack(self.figures),
            pack_kept(self.kept, hashes),
            tuple(path for path, name in formats.items() if name == "docx"),
            {name: sha256 for name, sha256 in hashes.items() if sha256 is not None},
        )

    def emptied(self) -> Part:
        """One for what is found later by the same rules in the same files."""
        by_file = None if self.by_file is None else CoverageByFile()
        return Part(self.ledger.emptied(), self.is_traced, by_file=by_file, _commented=self._commented)

    def comment(self, beside: Iterable[Beside], path: str) -> None:
        """Comments of ours in a file."""
        held = list(beside)
        self.beside += held
        if held:
            self._commented.add(path)

    def put_to(self, path: str, report: Hashable, rules: Set[str]) -> None:
        """A report, by what it is known again, that these rules are put to."""
        self.used |= rules
        if self.traces(path):
            self.reports[path] = report
            self.rules[path] = rules

    def traces(self, path: str) -> bool:
        """Whether it is written down what of this file was left unjudged."""
        return self.is_traced or path in self._commented

    def count(self, path: str, code: str, *, evaluated: int = 0, not_applicable: int = 0) -> None:
        """Rows of a rule that is not judged by facts: files, documents."""
        self.ledger.count(code, evaluated=evaluated, not_applicable=not_applicable)
        if self.by_file is not None:
            self.by_file.count(path, Coverage(code, evaluated, not_applicable))

    def explain(self, path: str, code: str, why: str) -> None:
        """Why rows of a file were not judged by a rule."""
        self.ledger.explain(code, why)
        if self.by_file is not None:
            self.by_file.count(path, Coverage(code, reason=why))

    def crash(self, path: str, codes: Iterable[str], why: str) -> None:
        """A file that none of these rules could judge."""
        codes = tuple(codes)
        self.ledger.crash(codes, why)
        self.leave(path, codes, None)
        if self.by_file is not None:
            for code in codes:
                self.by_file.count(path, Coverage(code, crashed=1, reason=why))

    def judged(self, judgements: Sequence[Judgement], frames: Frames, documents: Sequence[Document]) -> None:
        """The rules' rows of one batch."""
        is_traced = any(self.traces(document.path) for document in documents)
        for judgement in judgements:
            self.ledger.add(judgement)
            table, code = judgement.condition.table.name, judgement.condition.rule.id
            for number, item in judgement.left(frames[table]) if is_traced else ():
                self._leave(documents[number].path, [code], documents[number].report.item(item))
        if self.by_file is not None:
            paths = {number: document.path for number, document in enumerate(documents)}
            self.by_file.add(judgements, frames, paths)

    def add(self, other: Part) -> None:
        """Takes in what was found in files that come after these."""
        self.ledger.merge(other.ledger)
        self.used |= other.used
        self.unable |= other.unable
        self.inputs += other.inputs
        self.findings += other.findings
        self.faults += other.faults
        self.explanations |= other.explanations
        self.reports |= other.reports
        self.rules |= other.rules
        self.beside += other.beside
        self.figures += other.figures
        self.kept += other.kept
        self.prior += other.prior
        for path, left in other.left.items():
            for code, names in left.items():
                self.left.setdefault(path, {}).setdefault(code, set()).update(names)
        self._commented |= other._commented
        if self.by_file is not None and other.by_file is not None:
            self.by_file.merge(other.by_file)

    def _leave(self, path: str, codes: Iterable[str], item: Item | None) -> None:
        """An item, or all, that none of these rules could judge."""
        self.leave(path, codes, None if item is None else item_name(item.number, item.title))

    def leave(self, path: str, codes: Iterable[str], name: ItemName | None) -> None:
        """An item, by its name, or all, that none of these rules could judge."""
        for code in codes if self.traces(path) else ():
            self.left.setdefault(path, {}).setdefault(code, set()).add(name)
