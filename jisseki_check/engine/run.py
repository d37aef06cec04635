"""One run: files in, an outcome out. Reports are judged in batches, each of one form, so that memory does
not grow with their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jisseki_check import catalogue, facts, fingerprints, forms, profiles
from jisseki_check.catalogue import CatalogueError
from jisseki_check.engine import findings as births
from jisseki_check.engine import inputs, schema
from jisseki_check.engine.conditions import Condition
from jisseki_check.engine.coverage import Ledger, verdict
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judge import Frames, Raw, Reach, crashed, evaluate, judge
from jisseki_check.engine.rule_sets import Choice, RuleSet, RuleSets
from jisseki_check.exceptions import Exceptions
from jisseki_check.exceptions.apply import Scope, apply
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import (
    Document,
    Fault,
    Finding,
    Input,
    Location,
    Outcome,
    Pointers,
    Source,
    Spot,
    Unreadable,
)

BATCH = 100
Progress = Callable[[int, int], None]

_NO_WORDS = "言葉を調べる部品がないため"
_WORDS_WANTED = (
    "言葉を調べる部品（SudachiPy と sudachidict-core）が入っていないため、判定していません。"
    "「jisseki-check[words]」を入れて、もう一度点検してください。"
)


class UsageError(Exception):
    """The command or its settings are wrong, or there is nothing to check; the message is for people."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is told. `profile`: None where each document shows its form. `own_rules`: a city's folder
    of further rules. `stdin`: its bytes and the name that decides its format."""

    as_of: dt.date
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fail_on: str = "error"
    engine: str = "local"
    limits: Limits = DEFAULT_LIMITS
    stdin: tuple[bytes, str] | None = None
    own_rules: str | None = None
    exceptions: Exceptions = field(default_factory=Exceptions)


@dataclass(frozen=True, slots=True)
class _Held:
    """A report that waits for its batch, with what was found before there were facts."""

    document: Document
    rule_set: RuleSet
    errors: tuple[schema.SchemaError, ...]
    pointers: Pointers | None
    truncated: bool


def check(paths: Sequence[Path], *, options: Options, progress: Progress | None = None) -> Outcome:
    """The outcome of checking files and folders. Raises UsageError; whatever else goes wrong is in it."""
    try:
        rules = catalogue.load(own=options.own_rules)
        sets = RuleSets(rules.rules, Choice(options.select, options.ignore, options.extend_select))
        run = _Run(sets, forms.Chooser(options.profile), options)
    except (CatalogueError, profiles.ProfileError) as error:
        raise UsageError(str(error)) from None
    tasks, problems, run.skipped = inputs.tasks(paths, options.stdin, options.limits)
    if not run.usual.judges:
        raise UsageError("使う規則が一つも残りません。--select と --ignore を確かめてください。")
    if not tasks:
        listed = "\n".join(f"{name}: {problem.message}" for name, problem in problems)
        raise UsageError(f"点検する報告がありません。\n{listed}".rstrip())
    for name, problem in problems:
        run.refuse(name, problem)
    for number, task in enumerate(tasks):
        if progress is not None:
            progress(number, len(tasks))
        run.take(task)
    run.judge_rest()
    if progress is not None:
        progress(len(tasks), len(tasks))
    return run.outcome(rules.digest)


class _Run:
    """What accumulates while a run goes through its files."""

    def __init__(self, sets: RuleSets, chooser: forms.Chooser, options: Options) -> None:
        self.sets = sets
        self.chooser = chooser
        self.usual = usual = sets.of(chooser.load())
        self.options = options
        self.ledger = Ledger(usual.rules.values())
        self.unable: set[str] = set()
        self.inputs: list[Input] = []
        self.findings: list[Finding] = []
        self.faults: list[Fault] = []
        self.batches: dict[str, list[_Held]] = {}
        self.skipped: list[str] = []
        self.explanations: dict[tuple[str, str], str] = {}
        self.reports: set[Hashable] = set()

    # --- files ----------------------------------------------------------------------------------

    def take(self, task: Task) -> None:
        """Read one file; judge the batch when it is full."""
        for rule in self.usual.rules.values():
            if rule.judged_by == "reader":
                self.ledger.count(rule.id, evaluated=1)
        try:
            source = task.read()
        except Unreadable as error:
            self.refuse(task.name, error)
            return
        self.explanations |= {(source.path, number): text for number, text in source.explanations}
        form: forms.Form | None = None
        try:
            form = self.chooser.choose(source)
            held = self._report(source, form)
        except Unreadable as error:
            self.refuse(task.name, error, source, form)
            return
        except Exception as error:  # a form that crashes must not let its file pass as checked
            self.faults.append(Fault("form", _named(error), path=task.name))
            self.refuse(task.name, _our_fault(error), source, form)
            return
        if held is not None:
            self._hold(held)

    def _hold(self, held: _Held) -> None:
        """Let a report wait for others of its form; judge them when there are enough."""
        name = held.rule_set.profile.name
        batch = self.batches.setdefault(name, [])
        batch.append(held)
        if len(batch) >= BATCH:
            self._judge(self.batches.pop(name))

    def refuse(
        self, name: str, error: Unreadable, source: Source | None = None, form: forms.Form | None = None
    ) -> None:
        """A file that was not judged, and why."""
        status = "unreadable" if error.rule in {"DOC001", "DOC005"} else "refused"
        self.inputs.append(
            Input(
                path=name,
                sha256=source.sha256 if source else None,
                format=source.format if source else None,
                status=status,
                reason=error.message,
                profile=form.profile.name if form else None,
                profile_reason=form.reason if form else None,
            )
        )
        self.findings.append(births.of_reading(self.usual.rules[error.rule], error, name))
        if error.__cause__ is not None:
            self.faults.append(Fault("reader", _named(error.__cause__), path=name))

    def _report(self, source: Source, form: forms.Form) -> _Held | None:
        """The report of a source; None where its shape leaves nothing to judge."""
        rule_set = self.sets.of(form.profile)
        self.ledger.open(rule_set.rules.values())
        errors: tuple[schema.SchemaError, ...] = ()
        if source.blocks is None:
            errors = tuple(schema.judge(source.data)) if forms.is_report_data(source.data) else ()
        if errors and not forms.has_items(source.data):
            document = forms.read(source, form.profile, allow_empty=True)
            self._add_schema_findings(rule_set, document, errors, source.pointers)
            self.inputs.append(
                Input(
                    source.path,
                    source.sha256,
                    source.format,
                    "refused",
                    reason="項目を読み取れません",
                    profile=form.profile.name,
                    profile_reason=form.reason,
                )
            )
            return None
        document = forms.read(source, form.profile)
        truncated = any(remark.kind == "truncated" for remark in document.report.remarks)
        cut_off = "様式の途中で終わっています" if truncated else None
        self.inputs.append(
            Input(
                path=source.path,
                sha256=source.sha256,
                format=source.format,
                status="unreadable" if truncated else "checked",
                reports=1,
                items=len(document.report.items),
                reason=cut_off,
                profile=form.profile.name,
                profile_reason=form.reason,
            )
        )
        if not truncated:
            report = document.report
            key = fingerprints.report_key(document.path, report.department, report.fiscal_year, report.kind)
            self.reports.add(key)
        return _Held(document, rule_set, errors, source.pointers, truncated)

    # --- batches --------------------------------------------------------------------------------

    def judge_rest(self) -> None:
        """Judge the reports that wait, and let them go."""
        while self.batches:
            self._judge(self.batches.pop(next(iter(self.batches))))

    def _judge(self, batch: Sequence[_Held]) -> None:
        """Judge reports of one form."""
        rule_set = batch[0].rule_set
        try:
            wanted = {condition.table.name for condition in rule_set.conditions}
            frames = facts.tables([held.document for held in batch], rule_set.profile, wanted)
        except Exception as error:  # find the report that the facts fail on, and judge the others
            if len(batch) > 1:
                for held in batch:
                    self._judge([held])
                return
            self._crash(batch[0], error)
            return
        prior = self._prior(batch)
        for _ in batch if rule_set.unable else ():
            self.ledger.crash((condition.rule.id for condition in rule_set.unable), _NO_WORDS)
            self.unable |= {condition.rule.id for condition in rule_set.unable}
        raw = self._evaluate(frames, rule_set)
        documents = [held.document for held in batch]
        for judgement in judge(frames, rule_set.conditions, raw, prior):
            frame = frames[judgement.condition.table.name]
            try:
                self.findings += list(births.of_rule(judgement, frame, documents))
            except Exception as error:  # violated, but not to be put into words: that is our fault too
                judgement = crashed(judgement.condition, frame, error)
            self.ledger.add(judgement)
            if judgement.error is not None:
                self._crashed_rule(
                    judgement.condition, judgement.error, frame.get_column("report").to_list(), documents
                )

    def _evaluate(self, frames: Frames, rule_set: RuleSet) -> Mapping[str, Raw | Exception]:
        if self.options.engine == "pandera":
            from jisseki_check.engine.pandera_schemas import validate  # 0.1 s that the default engine saves

            return validate(frames, rule_set.conditions)
        return evaluate(frames, rule_set.conditions)

    def _prior(self, batch: Sequence[_Held]) -> dict[str, Reach]:
        """Findings of the reader and the schema, and how far they reach."""
        prior: dict[str, Reach] = {}
        for number, held in enumerate(batch):
            if held.truncated:
                # What was cut is the last item and all that should follow; the items before are whole.
                last = held.document.report.items[-1].index
                prior.setdefault("DOC001", Reach()).items |= {(number, last), (number, 0)}
                self.findings.append(self._truncation(held.document))
            for finding in self._add_schema_findings(
                held.rule_set, held.document, held.errors, held.pointers
            ):
                index = finding.item.index if finding.item else 0
                prior.setdefault(finding.rule, Reach()).items.add((number, index))
            for rule in held.rule_set.rules.values():
                if rule.judged_by == "schema":
                    is_data = held.pointers is not None
                    self.ledger.count(rule.id, evaluated=int(is_data), not_applicable=int(not is_data))
                elif rule.judged_by == "engine":
                    self.ledger.count(rule.id, evaluated=1)
        return prior

    def _add_schema_findings(
        self,
        rule_set: RuleSet,
        document: Document,
        errors: Sequence[schema.SchemaError],
        pointers: Pointers | None,
    ) -> list[Finding]:
        born = [
            births.of_schema(
                rule_set.rules[error.rule],
                error,
                document,
                pointers.locate(error.pointer) if pointers else Location(pointer=error.pointer),
            )
            for error in errors
            if error.rule in rule_set.rules
        ]
        self.findings.extend(born)
        return born

    def _truncation(self, document: Document) -> Finding:
        remark = next(remark for remark in document.report.remarks if remark.kind == "truncated")
        number = document.report.remarks.index(remark)
        error = Unreadable(
            f"文書が様式の途中で終わっています（「{remark.text}」から後がありません）",
            fix="ファイルが最後まで保存されているかを確かめ、全文を入れ直してください。",
            at=document.places.locate(Spot(None, f"remarks/{number}")),
        )
        return births.of_reading(self.usual.rules["DOC001"], error, document.path)

    def _crashed_rule(
        self, condition: Condition, why: str, reports: Sequence[int], documents: Sequence[Document]
    ) -> None:
        self.faults.append(Fault("rule", why, rule=condition.rule.id))
        for number in sorted(set(reports)):
            rows = reports.count(number)
            self.findings.append(
                births.of_crash(self.usual.rules["DOC007"], condition.rule.id, rows, documents[number], why)
            )

    def _crash(self, held: _Held, error: Exception) -> None:
        why, document = _named(error), held.document
        self.faults.append(Fault("facts", why, path=document.path))
        self.ledger.crash((condition.rule.id for condition in held.rule_set.conditions), why)
        self.findings.append(
            births.of_crash(
                self.usual.rules["DOC007"], "全ての規則", len(document.report.items), document, why
            )
        )
        self.inputs = [
            replace(entry, status="refused", reason=why) if entry.path == document.path else entry
            for entry in self.inputs
        ]

    def outcome(self, digest: str) -> Outcome:
        """What the run has to say."""
        if self.unable:
            self.faults.append(Fault("words", _WORDS_WANTED, rule="・".join(sorted(self.unable))))
        inputs = tuple(sorted(self.inputs, key=lambda entry: entry.path))
        formats = {entry.path: entry.format for entry in inputs}
        findings = births.explained(births.finish(self.findings, formats), self.explanations)
        applied = apply(findings, self.options.exceptions, self._scope())
        findings = applied.findings
        used = {entry.profile for entry in inputs if entry.profile is not None}
        faults = tuple(self.faults)
        return Outcome(
            profile="、".join(sorted(used)) or self.usual.profile.name,
            as_of=self.options.as_of.isoformat(),
            rules_digest=digest,
            fail_on=self.options.fail_on,
            verdict=verdict(inputs, findings, self.ledger, faults, self.options.fail_on),
            inputs=inputs,
            findings=findings,
            coverage=self.ledger.coverage(),
            faults=faults,
            skipped=tuple(self.skipped),
            waivers=applied.waivers,
            baseline=applied.baseline,
        )

    def _scope(self) -> Scope:
        judged = {each.rule for each in self.ledger.coverage()}
        return Scope(self.options.as_of, self.reports, judged)


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _our_fault(error: Exception) -> Unreadable:
    return Unreadable(
        f"点検プログラムの不具合で、報告として読み終えられません（{type(error).__name__}）。点検していません。",
        fix="報告の誤りとは限りません。このファイルを添えて、点検プログラムの担当者に知らせてください。",
        at=Location(line=1, column=1),
    )
