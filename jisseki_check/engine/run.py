"""One run: files in, an outcome out. Reports are judged in batches, so that memory does not grow with
their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jisseki_check import catalogue, facts, forms, profiles
from jisseki_check.catalogue import CatalogueError
from jisseki_check.engine import findings as births
from jisseki_check.engine import inputs, schema
from jisseki_check.engine.conditions import Condition, adjust, compile_condition
from jisseki_check.engine.coverage import Ledger, verdict
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judge import Frames, Raw, Reach, crashed, evaluate, judge
from jisseki_check.model import (
    Document,
    Fault,
    Finding,
    Input,
    Location,
    Outcome,
    Pointers,
    Rule,
    Source,
    Spot,
    Unreadable,
)
from jisseki_check.notation import morphemes
from jisseki_check.profiles import Profile

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
    """What a run is told. `stdin`: its bytes and the name that decides its format."""

    as_of: dt.date
    profile: str = "hirakata"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fail_on: str = "error"
    engine: str = "local"
    max_bytes: int | None = None
    stdin: tuple[bytes, str] | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A report that waits for its batch, with what was found before there were facts."""

    document: Document
    errors: tuple[schema.SchemaError, ...]
    pointers: Pointers | None
    truncated: bool


def check(paths: Sequence[Path], *, options: Options, progress: Progress | None = None) -> Outcome:
    """The outcome of checking files and folders. Raises UsageError; whatever else goes wrong is in it."""
    try:
        rules = catalogue.load()
        profile = profiles.load(options.profile)
        run = _Run(_selected(rules.rules, profile, options), profile, options)
    except (CatalogueError, profiles.ProfileError) as error:
        raise UsageError(str(error)) from None
    tasks, problems, run.skipped = inputs.tasks(paths, options.stdin, options.max_bytes)
    if not tasks:
        listed = "\n".join(f"{name}: {problem.message}" for name, problem in problems)
        raise UsageError(f"点検する報告がありません。\n{listed}".rstrip())
    for name, problem in problems:
        run.refuse(name, problem)
    for number, task in enumerate(tasks):
        if progress is not None:
            progress(number, len(tasks))
        run.take(task)
    run.judge_batch()
    if progress is not None:
        progress(len(tasks), len(tasks))
    return run.outcome(rules.digest)


def _selected(rules: Sequence[Rule], profile: Profile, options: Options) -> list[Rule]:
    """The rules to judge by. What is said of a file that cannot be read is never switched off."""
    wanted = (*options.select, *options.extend_select) if options.select else ("",)
    chosen = []
    for rule in rules:
        setting = profile.rules.get(rule.id)
        on = rule.id.startswith(wanted) and not (options.ignore and rule.id.startswith(options.ignore))
        if (
            setting is not None
            and not setting.enabled
            and not rule.id.startswith(options.extend_select or ("-",))
        ):
            on = False
        if on or rule.judged_by in {"reader", "engine"}:
            chosen.append(adjust(rule, profile))
    if not any(rule.judged_by in {"facts", "schema"} for rule in chosen):
        raise UsageError("使う規則が一つも残りません。--select と --ignore を確かめてください。")
    return chosen


class _Run:
    """What accumulates while a run goes through its files."""

    def __init__(self, rules: Sequence[Rule], profile: Profile, options: Options) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.profile = profile
        self.options = options
        conditions = [compile_condition(rule) for rule in rules if rule.judged_by == "facts"]
        self.unable = [each for each in conditions if each.table.by_words and not morphemes.is_installed()]
        self.conditions = [condition for condition in conditions if condition not in self.unable]
        self.ledger = Ledger(rules)
        self.inputs: list[Input] = []
        self.findings: list[Finding] = []
        self.faults: list[Fault] = []
        self.batch: list[_Held] = []
        self.skipped: list[str] = []

    # --- files ----------------------------------------------------------------------------------

    def take(self, task: Task) -> None:
        """Read one file; judge the batch when it is full."""
        for rule in self.rules.values():
            if rule.judged_by == "reader":
                self.ledger.count(rule.id, evaluated=1)
        try:
            source = task.read()
        except Unreadable as error:
            self.refuse(task.name, error)
            return
        try:
            held = self._report(source)
        except Unreadable as error:
            self.refuse(task.name, error, source)
            return
        except Exception as error:  # a form that crashes must not let its file pass as checked
            self.faults.append(Fault("form", _named(error), path=task.name))
            self.refuse(task.name, _our_fault(error), source)
            return
        if held is not None:
            self.batch.append(held)
            if len(self.batch) >= BATCH:
                self.judge_batch()

    def refuse(self, name: str, error: Unreadable, source: Source | None = None) -> None:
        """A file that was not judged, and why."""
        status = "unreadable" if error.rule in {"DOC001", "DOC005"} else "refused"
        self.inputs.append(
            Input(
                path=name,
                sha256=source.sha256 if source else None,
                format=source.format if source else None,
                status=status,
                reason=error.message,
            )
        )
        self.findings.append(births.of_reading(self.rules[error.rule], error, name))
        if error.__cause__ is not None:
            self.faults.append(Fault("reader", _named(error.__cause__), path=name))

    def _report(self, source: Source) -> _Held | None:
        """The report of a source; None where its shape leaves nothing to judge."""
        errors: tuple[schema.SchemaError, ...] = ()
        if source.blocks is None:
            errors = tuple(schema.judge(source.data)) if forms.is_report_data(source.data) else ()
        if errors and not forms.has_items(source.data):
            report = forms.read(source, self.profile, allow_empty=True)
            self._add_schema_findings(report, errors, source.pointers)
            reason = "項目を読み取れません"
            self.inputs.append(Input(source.path, source.sha256, source.format, "refused", reason=reason))
            return None
        document = forms.read(source, self.profile)
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
            )
        )
        return _Held(document, errors, source.pointers, truncated)

    # --- batches --------------------------------------------------------------------------------

    def judge_batch(self) -> None:
        """Judge the reports that wait, and let them go."""
        batch, self.batch = self.batch, []
        if not batch:
            return
        try:
            wanted = {condition.table.name for condition in self.conditions}
            frames = facts.tables([held.document for held in batch], self.profile, wanted)
        except Exception as error:  # find the report that the facts fail on, and judge the others
            if len(batch) > 1:
                for held in batch:
                    self.batch = [held]
                    self.judge_batch()
                return
            self._crash(batch[0].document, error)
            return
        prior = self._prior(batch)
        for _ in batch if self.unable else ():
            self.ledger.crash((condition.rule.id for condition in self.unable), _NO_WORDS)
        raw = self._evaluate(frames)
        documents = [held.document for held in batch]
        for judgement in judge(frames, self.conditions, raw, prior):
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

    def _evaluate(self, frames: Frames) -> Mapping[str, Raw | Exception]:
        if self.options.engine == "pandera":
            from jisseki_check.engine.pandera_schemas import validate  # 0.1 s that the default engine saves

            return validate(frames, self.conditions)
        return evaluate(frames, self.conditions)

    def _prior(self, batch: Sequence[_Held]) -> dict[str, Reach]:
        """Findings of the reader and the schema, and how far they reach."""
        prior: dict[str, Reach] = {}
        for number, held in enumerate(batch):
            if held.truncated:
                # What was cut is the last item and all that should follow; the items before are whole.
                last = held.document.report.items[-1].index
                prior.setdefault("DOC001", Reach()).items |= {(number, last), (number, 0)}
                self.findings.append(self._truncation(held.document))
            for finding in self._add_schema_findings(held.document, held.errors, held.pointers):
                index = finding.item.index if finding.item else 0
                prior.setdefault(finding.rule, Reach()).items.add((number, index))
            for rule in self.rules.values():
                if rule.judged_by == "schema":
                    is_data = held.pointers is not None
                    self.ledger.count(rule.id, evaluated=int(is_data), not_applicable=int(not is_data))
                elif rule.judged_by == "engine":
                    self.ledger.count(rule.id, evaluated=1)
        return prior

    def _add_schema_findings(
        self, document: Document, errors: Sequence[schema.SchemaError], pointers: Pointers | None
    ) -> list[Finding]:
        born = [
            births.of_schema(
                self.rules[error.rule],
                error,
                document,
                pointers.locate(error.pointer) if pointers else Location(pointer=error.pointer),
            )
            for error in errors
            if error.rule in self.rules
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
        return births.of_reading(self.rules["DOC001"], error, document.path)

    def _crashed_rule(
        self, condition: Condition, why: str, reports: Sequence[int], documents: Sequence[Document]
    ) -> None:
        self.faults.append(Fault("rule", why, rule=condition.rule.id))
        for number in sorted(set(reports)):
            rows = reports.count(number)
            self.findings.append(
                births.of_crash(self.rules["DOC007"], condition.rule.id, rows, documents[number], why)
            )

    def _crash(self, document: Document, error: Exception) -> None:
        why = _named(error)
        self.faults.append(Fault("facts", why, path=document.path))
        self.ledger.crash((condition.rule.id for condition in self.conditions), why)
        self.findings.append(
            births.of_crash(self.rules["DOC007"], "全ての規則", len(document.report.items), document, why)
        )
        self.inputs = [
            replace(entry, status="refused", reason=why) if entry.path == document.path else entry
            for entry in self.inputs
        ]

    def outcome(self, digest: str) -> Outcome:
        """What the run has to say."""
        if self.unable and any(entry.reports for entry in self.inputs):
            codes = "・".join(condition.rule.id for condition in self.unable)
            self.faults.append(Fault("words", _WORDS_WANTED, rule=codes))
        findings = births.finish(self.findings)
        inputs = tuple(sorted(self.inputs, key=lambda entry: entry.path))
        faults = tuple(self.faults)
        return Outcome(
            profile=self.profile.name,
            as_of=self.options.as_of.isoformat(),
            rules_digest=digest,
            fail_on=self.options.fail_on,
            verdict=verdict(inputs, findings, self.ledger, faults, self.options.fail_on),
            inputs=inputs,
            findings=findings,
            coverage=self.ledger.coverage(),
            faults=faults,
            skipped=tuple(self.skipped),
        )


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _our_fault(error: Exception) -> Unreadable:
    return Unreadable(
        f"点検プログラムの不具合で、報告として読み終えられません（{type(error).__name__}）。点検していません。",
        fix="報告の誤りとは限りません。このファイルを添えて、点検プログラムの担当者に知らせてください。",
        at=Location(line=1, column=1),
    )
