"""The rules that hold one report against another: they are judged when all files of a run have been read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import polars as pl

from jisseki_check.engine import findings as births
from jisseki_check.engine.conditions import Condition, compile_condition
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judge import Judgement, Raw, Reach, evaluate, judge
from jisseki_check.engine.judging import Judging
from jisseki_check.engine.part import Kept
from jisseki_check.engine.rereading import Changed, Rereading
from jisseki_check.exceptions.scope import ItemName, item_name
from jisseki_check.facts.across.digests import ReportDigest
from jisseki_check.facts.across.reports import Run
from jisseki_check.facts.across.tables import tables
from jisseki_check.model import Fault, Rule

_ONLY_CHANGED = "変わったファイルどうしだけを比べたため"
_NOTHING = {
    "across_plans": "同じ年度の計画が渡されていないため",
    "across_years": "前の年度の報告が渡されていないため",
    "across_targets": "前の年度の報告が渡されていないため",
    "across_departments": "ほかの部の報告が渡されていないため",
}
_Frames = dict[str, pl.DataFrame]


def compare(judged: Judging, tasks: Sequence[Task]) -> None:
    """Judge what the run has kept of its reports; what is found is added to its part. `tasks`: all files of
    the run, those that are read for comparison only among them."""
    if judged.options.compares:
        _Comparison(judged, tasks).judge()
    else:
        _count(judged)
    if judged.options.scope is not None:
        for rule in _rules(judged):
            judged.part.ledger.explain(rule.id, _ONLY_CHANGED)


def _rules(judged: Judging) -> list[Rule]:
    """Those of this kind that were put to any report."""
    used = set().union(*judged.part.rules.values())
    return [rule for rule in judged.sets.across if rule.id in used]


def _count(judged: Judging) -> None:
    """A single report: it is there once, and there is nothing else to hold it against."""
    part = judged.part
    items = {entry.path: entry.items for entry in part.inputs}
    for path, codes in part.rules.items():
        for rule in judged.sets.across:
            if rule.id not in codes:
                continue
            why = _NOTHING.get(rule.table or "")
            if why is None:
                part.count(path, rule.id, evaluated=1)
            else:
                part.count(path, rule.id, not_applicable=items[path])
                part.explain(path, rule.id, why)
            part.leave(path, [rule.id], None)


class _Comparison:
    def __init__(self, judged: Judging, tasks: Sequence[Task]) -> None:
        self.part = judged.part
        self.options = judged.options
        held = {(each.report.is_prior, each.report.path): each for each in self.part.kept}
        self.run = Run(each.report for each in self.part.kept)
        self.reports: Sequence[ReportDigest] = self.run.reports
        self.kept: Sequence[Kept] = [held[report.is_prior, report.path] for report in self.reports]
        self.numbers = {
            report.path: number for number, report in enumerate(self.reports) if not report.is_prior
        }
        hashes = {(False, entry.path): entry.sha256 for entry in self.part.inputs}
        hashes |= {(True, entry.path): entry.sha256 for entry in self.part.prior}
        self.documents = Rereading(self.reports, tasks, hashes, judged.chooser)

    def judge(self) -> None:
        """All rules over all reports."""
        try:
            frames = tables(self.run)
        except Exception as error:  # what was kept cannot be put into tables: that is our fault
            why = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            self.part.faults.append(Fault("facts", why))
            for each in self.kept:
                self.part.crash(each.report.path, (rule.id for rule in each.rules), why)
            return
        for rules, numbers in self._choices():
            conditions = [compile_condition(rule) for rule in rules]
            wanted = {condition.table.name for condition in conditions}
            own = pl.col("report").is_in(list(numbers))
            self._judge({name: frames[name].filter(own) for name in wanted}, conditions, numbers)

    def _choices(self) -> list[tuple[tuple[Rule, ...], list[int]]]:
        """The rules as settings and profiles choose and grade them, and the reports that they hold for."""
        chosen: dict[object, tuple[Rule, ...]] = {}
        numbers: defaultdict[object, list[int]] = defaultdict(list)
        for number, each in enumerate(self.kept):
            if each.report.is_prior or not each.rules:
                continue
            key = tuple((rule.id, rule.level, *sorted(rule.params.items())) for rule in each.rules)
            chosen.setdefault(key, each.rules)
            numbers[key].append(number)
        return [(chosen[key], numbers[key]) for key in chosen]

    def _judge(self, frames: _Frames, conditions: Sequence[Condition], numbers: Iterable[int]) -> None:
        raw = self._evaluate(frames, conditions)
        judgements = judge(frames, conditions, raw, self._before(conditions))
        for judgement in judgements:
            self.part.ledger.add(judgement)
            if judgement.error is not None:
                self.part.faults.append(Fault("rule", judgement.error, rule=judgement.condition.rule.id))
        if self.part.by_file is not None:
            paths = {number: self.reports[number].path for number in numbers}
            self.part.by_file.add(judgements, frames, paths)
        for judgement in judgements:
            self._leave(judgement, frames[judgement.condition.table.name])
        self._find(judgements, frames)

    def _evaluate(self, frames: _Frames, conditions: Sequence[Condition]) -> Mapping[str, Raw | Exception]:
        if self.options.engine == "pandera":
            from jisseki_check.engine.pandera_schemas import validate  # 0.1 s that the default engine saves

            return validate(frames, conditions)
        return evaluate(frames, conditions)

    def _before(self, conditions: Iterable[Condition]) -> dict[str, Reach]:
        """How far the findings of those rules reach that keep these from judging."""
        wanted = {code for condition in conditions for code in condition.rule.blocked_by}
        reach: dict[str, Reach] = {}
        for finding in self.part.findings:
            number = self.numbers.get(finding.location.path or "")
            if finding.rule not in wanted or number is None:
                continue
            held = reach.setdefault(finding.rule, Reach())
            if finding.item is None:
                held.reports.add(number)
            else:
                held.items.add((number, finding.item.index))
        return reach

    # --- what was not judged -------------------------------------------------------------------

    def _leave(self, judgement: Judgement, frame: pl.DataFrame) -> None:
        """Say why rows had nothing to be held against, and that an exception for them may still be due."""
        code = judgement.condition.rule.id
        absent = pl.col("absent").is_not_null()
        for number, why in (
            frame.filter(absent).select("report", "absent").unique().sort(pl.all()).iter_rows()
        ):
            self.part.explain(self.reports[number].path, code, why)
        if judgement.condition.table.name == "across_reports":
            # Whether its twin is gone, or only not among the files given, does not show.
            told = self.options.exceptions
            absent |= pl.col("other_report").is_null() & (not (told.covers_all or told.covers_waived))
        # Of most reports all is left, or nothing: of these no item need be named.
        whole = set(frame.group_by("report").agg(absent.all()).filter("absent").get_column("report"))
        for number in whole:
            self.part.leave(self.reports[number].path, [code], None)
        rows = frame.filter(absent & ~pl.col("report").is_in(list(whole))).select("report", "item")
        for number, item in judgement.left(frame) | set(rows.iter_rows()):
            self.part.leave(self.reports[number].path, [code], self._name(number, item))

    def _name(self, number: int, index: int | None) -> ItemName | None:
        """By what an exception names an item; None for the report itself."""
        if index is None:
            return None
        return self._names[self.reports[number].path].get(index)

    @cached_property
    def _names(self) -> dict[str, dict[int, ItemName | None]]:
        return {
            each.path: {item.index: item_name(item.number, item.title) for item in each.items}
            for each in self.part.figures
            if not each.prior
        }

    # --- what was found ------------------------------------------------------------------------

    def _find(self, judgements: Sequence[Judgement], frames: _Frames) -> None:
        """Let the findings be born, report by report, so that each file is read again as seldom as can be."""
        by_report: defaultdict[int, list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            numbers = frames[judgement.condition.table.name].get_column("report")
            rows: defaultdict[int, list[int]] = defaultdict(list)
            for row in judgement.rows:
                rows[numbers[row]].append(row)
            for number, held in rows.items():
                by_report[number].append(replace(judgement, rows=held))
        for number in sorted(by_report):
            for judgement in by_report[number]:
                self._bear(judgement, frames[judgement.condition.table.name], self.reports[number].path)

    def _bear(self, judgement: Judgement, frame: pl.DataFrame, path: str) -> None:
        code = judgement.condition.rule.id
        try:
            self.part.findings += list(births.of_rule(judgement, frame, self.documents))
        except Changed as changed:
            self._fail(
                Fault("across", f"{changed.why}。もう一度点検してください。", code, changed.path), path
            )
        except Exception as error:  # violated, but not to be put into words: that is our fault
            why = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            self._fail(Fault("rule", why, code, path), path)

    def _fail(self, fault: Fault, path: str) -> None:
        assert fault.rule is not None
        self.part.faults.append(fault)
        self.part.crash(path, [fault.rule], fault.message)
