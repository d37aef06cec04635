"""What a run keeps of its reports to hold them against one another: of each what tells whose it is at hand,
the rest in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.engine.heads import Head, Heads
from jisseki_check.engine.shelf import Scratch, dumped, loaded
from jisseki_check.facts.across.digests import ReportDigest
from jisseki_check.facts.across.reports import Name, name_of
from jisseki_check.model import Rule


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a report, and the rules by which that is judged; none where it is read for comparison
    only."""

    report: ReportDigest
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class PackedKept:
    """The same of several reports, as it goes from one process to another."""

    heads: tuple[Head, ...]
    choices: tuple[tuple[Rule, ...], ...]
    blocks: tuple[bytes, ...]


def pack_kept(kept: Iterable[Kept], hashes: Mapping[Name, str | None]) -> PackedKept:
    """Each report by itself, so that any few of them can be had again. `hashes`: those of the files."""
    heads, blocks = [], []
    choices: dict[object, tuple[int, tuple[Rule, ...]]] = {}
    for each in kept:
        number, _ = choices.setdefault(_key(each.rules), (len(choices), each.rules))
        heads.append(_head(each.report, number, hashes[name_of(each.report)]))
        blocks.append(dumped(each.report))
    return PackedKept(tuple(heads), tuple(rules for _, rules in choices.values()), tuple(blocks))


def _key(rules: Iterable[Rule]) -> object:
    return tuple((rule.id, rule.level, *sorted(rule.params.items())) for rule in rules)


def _head(report: ReportDigest, rules: int, sha256: str | None) -> Head:
    return Head(
        report.path,
        report.municipality,
        report.department,
        report.fiscal_year,
        report.kind,
        report.is_prior,
        report.is_cut,
        report.content,
        rules,
        sha256,
    )


class KeptReports:
    """Those of a run, by their numbers. `choices`: the rules as settings and profiles choose and grade
    them; `heads`: whose reports they are."""

    def __init__(self) -> None:
        self.heads = Heads()
        self.choices: list[tuple[Rule, ...]] = []
        self._known: dict[object, int] = {}
        self._blocks = Scratch()

    def put(self, packed: PackedKept) -> None:
        numbers = [self._number(rules) for rules in packed.choices]
        for head, block in zip(packed.heads, packed.blocks, strict=True):
            self.heads.append(head._replace(rules=numbers[head.rules]))
            self._blocks.add(block)

    def reports(self, numbers: Sequence[int]) -> list[ReportDigest]:
        """What is kept of these."""
        return [self._read(number) for number in numbers]

    def _number(self, rules: tuple[Rule, ...]) -> int:
        key = _key(rules)
        if key not in self._known:
            self._known[key] = len(self.choices)
            self.choices.append(rules)
        return self._known[key]

    def _read(self, number: int) -> ReportDigest:
        report: ReportDigest = loaded(self._blocks[number])
        return report
