"""Holds the reports of a run against one another, by what has been kept of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from jisseki_check.engine import findings as births
from jisseki_check.engine.conditions import Condition, compile_condition
from jisseki_check.engine.gathered import Gathered
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judge import Judgement, Raw, Reach, evaluate, judge
from jisseki_check.engine.judging import Judging
from jisseki_check.engine.options import Options
from jisseki_check.engine.part import Part
from jisseki_check.engine.rereading import Changed, Rereading
from jisseki_check.engine.shards import Shards, runs_of
from jisseki_check.exceptions.scope import ItemName, item_name
from jisseki_check.facts.across.digests import ReportDigest
from jisseki_check.facts.across.reports import Run, name_of
from jisseki_check.facts.across.tables import table
from jisseki_check.model import Fault, Finding

_Frames = dict[str, pl.DataFrame]


class Comparison:
    """One run's. `tasks`: its files, and those that are read for comparison only, each by name; what is found
    is added to `part`."""

    def __init__(
        self,
        gathered: Gathered,
        part: Part,
        judged: Judging,
        tasks: tuple[Sequence[Task], Sequence[Task]],
    ) -> None:
        self._gathered = gathered
        self._part = part
        self._judged = judged
        self._tasks = tasks
        self._choices = [[compile_condition(rule) for rule in rules] for rules in gathered.kept.choices]
        wanted = {code for rules in gathered.kept.choices for rule in rules for code in rule.blocked_by}
        self._ahead: defaultdict[str, list[Finding]] = defaultdict(list)
        self._named: dict[str, dict[int, ItemName | None]] | None = None
        for finding in gathered.found():
            if finding.rule in wanted:
                self._ahead[finding.location.path or ""].append(finding)

    def judge(self) -> None:
        """All rules over all reports."""
        kept = self._gathered.kept
        all_heads = kept.heads
        for shard, run in runs_of(kept, Shards(all_heads)):
            heads = {name_of(head): head for head in map(all_heads.__getitem__, shard.numbers)}
            rules: defaultdict[int, list[int]] = defaultdict(list)
            for number, report in enumerate(run.reports):
                if not report.is_prior:
                    rules[heads[name_of(report)].rules].append(number)
            choices = [(self._choices[choice], numbers) for choice, numbers in rules.items()]
            hashes = {name: head.sha256 for name, head in heads.items()}
            documents = Rereading(run.reports, self._tasks, hashes, self._judged.chooser)
            options = self._judged.options
            each = _Shard(self._part, options, run, choices, documents, self._ahead, self._names)
            each.judge(shard.tables)

    def _names(self) -> Mapping[str, Mapping[int, ItemName | None]]:
        """By what exceptions name the items, of the files of which that must be known."""
        if self._named is None:
            traces = self._part.traces
            self._named = {
                each.path: {item.index: item_name(item.number, item.title) for item in each.items}
                for each in self._gathered.figures()
                if not each.prior and traces(each.path)
            }
        return self._named


class _Shard:
    """The reports of one run that may have to do with one another. `choices`: the rules as settings and
    profiles choose and grade them, and the reports that they hold for; `ahead`: what was found in each file
    by itself that may keep them from judging; `names`: of the items of each, as exceptions have them."""

    def __init__(
        self,
        part: Part,
        options: Options,
        run: Run,
        choices: Sequence[tuple[Sequence[Condition], Sequence[int]]],
        documents: Rereading,
        ahead: Mapping[str, Sequence[Finding]],
        names: Callable[[], Mapping[str, Mapping[int, ItemName | None]]],
    ) -> None:
        self.part = part
        self.options = options
        self.run = run
        self.reports: Sequence[ReportDigest] = run.reports
        self.choices = choices
        self.documents = documents
        self.ahead = ahead
        self.names = names
        self.found: defaultdict[int, list[tuple[Judgement, pl.DataFrame]]] = defaultdict(list)

    def judge(self, tables: Sequence[str]) -> None:
        """One table at a time: those of many reports are large."""
        for name in tables:
            wanted = [([each for each in held if each.table.name == name], own) for held, own in self.choices]
            wanted = [(conditions, numbers) for conditions, numbers in wanted if conditions]
            if not wanted:
                continue
            try:
                frame = table(name, self.run)
            except Exception as error:  # what was kept cannot be put into a table: that is our fault
                self._crash(wanted, f"{type(error).__name__}: {error}".splitlines()[0][:200])
                continue
            for conditions, numbers in wanted:
                own = frame.filter(pl.col("report").is_in(numbers))
                self._judge({name: own}, conditions, numbers)
        self._bear_all()

    def _crash(self, wanted: Iterable[tuple[Sequence[Condition], Iterable[int]]], why: str) -> None:
        self.part.faults.append(Fault("facts", why))
        for conditions, numbers in wanted:
            for number in numbers:
                self.part.crash(self.reports[number].path, (each.rule.id for each in conditions), why)

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
            frame = frames[judgement.condition.table.name]
            self._leave(judgement, frame)
            self._hold(judgement, frame[judgement.rows])

    def _evaluate(self, frames: _Frames, conditions: Sequence[Condition]) -> Mapping[str, Raw | Exception]:
        if self.options.engine == "pandera":
            from jisseki_check.engine.pandera_schemas import validate  # 0.1 s that the default engine saves

            return validate(frames, conditions)
        return evaluate(frames, conditions)

    def _before(self, conditions: Iterable[Condition]) -> dict[str, Reach]:
        """How far the findings of those rules reach that keep these from judging."""
        wanted = {code for condition in conditions for code in condition.rule.blocked_by}
        reach: dict[str, Reach] = {}
        for number, report in enumerate(self.reports):
            for finding in () if report.is_prior else self.ahead.get(report.path, ()):
                if finding.rule not in wanted:
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
        if not any(self.part.traces(report.path) for report in self.reports):
            return
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
        return self.names()[self.reports[number].path].get(index)

    # --- what was found ------------------------------------------------------------------------

    def _hold(self, judgement: Judgement, found: pl.DataFrame) -> None:
        """Keep the rows in which something was found."""
        for number in found.get_column("report").unique().to_list():
            rows = found.filter(pl.col("report") == number)
            own = replace(judgement, rows=list(range(rows.height)), raw=None)
            self.found[number].append((own, rows))

    def _bear_all(self) -> None:
        """Let the findings be born, report by report, so that each file is read again as seldom as can be."""
        for number in sorted(self.found):
            for judgement, rows in self.found[number]:
                self._bear(judgement, rows, self.reports[number].path)

    def _bear(self, judgement: Judgement, rows: pl.DataFrame, path: str) -> None:
        code = judgement.condition.rule.id
        try:
            self.part.findings += list(births.of_rule(judgement, rows, self.documents))
        except Changed as changed:
            why = f"{changed.why}。もう一度点検してください。"
            self._fail(Fault("across", why, code, changed.path), path)
        except Exception as error:  # violated, but not to be put into words: that is our fault
            why = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            self._fail(Fault("rule", why, code, path), path)

    def _fail(self, fault: Fault, path: str) -> None:
        assert fault.rule is not None
        self.part.faults.append(fault)
        self.part.crash(path, [fault.rule], fault.message)
