"""Files in, findings out. Reports are judged in batches, each of one form, so that memory does not grow with
their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from jisseki_check import catalogue, facts, fingerprints, forms, profiles
from jisseki_check.catalogue import CatalogueError
from jisseki_check.engine import findings as births
from jisseki_check.engine import schema
from jisseki_check.engine.conditions import Condition
from jisseki_check.engine.coverage import MISSING, Ledger
from jisseki_check.engine.coverage_by_file import CoverageByFile
from jisseki_check.engine.figures import COLUMNS as FIGURES
from jisseki_check.engine.figures import figures
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judge import Frames, Raw, Reach, crashed, evaluate, judge
from jisseki_check.engine.kept import Kept
from jisseki_check.engine.options import Options, UsageError
from jisseki_check.engine.own_voice import with_own_voice
from jisseki_check.engine.part import PackedPart, Part
from jisseki_check.engine.priors import Priors
from jisseki_check.engine.rule_sets import RuleSet, RuleSets
from jisseki_check.exceptions.beside import placed
from jisseki_check.exceptions.notes import RULES as ON_WAIVERS
from jisseki_check.facts.across.digests import ReportDigest, digest_of
from jisseki_check.facts.contracts import OF_ONE_REPORT
from jisseki_check.facts.views import ReportView
from jisseki_check.model import (
    Document,
    Fault,
    Finding,
    Input,
    Location,
    Pointers,
    Source,
    Spot,
    Unreadable,
)
from jisseki_check.selection import Layer

BATCH = 100

_NO_RULES = "様式設定と設定により、この報告に使う規則が一つもありません"
_NO_WORDS = "言葉を調べる部品がないため"


@dataclass(frozen=True, slots=True)
class _Held:
    """A report that waits for its batch, with what was found before there were facts."""

    document: Document
    rule_set: RuleSet
    errors: tuple[schema.SchemaError, ...]
    pointers: Pointers | None
    truncated: bool


def judging(options: Options) -> tuple[Judging, str]:
    """What judges files as `options` say, and the digest of its rules. Raises UsageError."""
    try:
        rules = catalogue.load(own=options.own_rules)
        sets = RuleSets(
            with_own_voice(rules.rules), Layer(options.select, options.ignore, options.extend_select)
        )
        return Judging(sets, forms.Chooser(options.profile, options.selection), options), rules.digest
    except (CatalogueError, profiles.ProfileError) as error:
        raise UsageError(str(error)) from None


class Judging:
    """Goes through files; what it finds is its `part`. `look`, where there is one, is shown the facts of each
    batch, all of them."""

    def __init__(self, sets: RuleSets, chooser: forms.Chooser, options: Options) -> None:
        self.sets = sets
        self.chooser = chooser
        self.usual = usual = sets.of(chooser.load(), options.selection.layers)
        self.options = options
        by_file = CoverageByFile() if options.coverage_by_file else None
        self.part = Part(Ledger(usual.rules.values()), options.is_traced, by_file=by_file)
        self.batches: dict[RuleSet, list[_Held]] = {}
        self.look: Callable[[Frames, Sequence[Document]], object] | None = None
        self.priors = Priors(chooser, self.part)

    @property
    def judges_anything(self) -> bool:
        """Whether rules are left for any file, by what is said of all files, or of some by their paths."""
        if self._only_counts_reports:
            return True
        said = self.options.selection
        chosen = [said.layers, *((*said.layers, entry.layer) for entry in said.entries)]
        return any(self.sets.of(self.usual.profile, layers).judges for layers in chosen)

    @property
    def looks_for_reports(self) -> bool:
        """Whether it was asked if the reports are there that must be."""
        return self.options.expected is not None and self.usual.is_missing_chosen

    @property
    def _only_counts_reports(self) -> bool:
        """Whether that is all that was asked."""
        return self.looks_for_reports and not self.usual.judges

    def afresh(self) -> Judging:
        """The same, with nothing found yet."""
        again = Judging(self.sets, self.chooser, self.options)
        again.look = self.look
        return again

    # --- files ----------------------------------------------------------------------------------

    def judge_all(self, tasks: Iterable[Task]) -> PackedPart:
        """What is found in these files, and in what was taken before."""
        for task in tasks:
            self.take(task)
        self.judge_rest()
        return self.part.packed()

    def take(self, task: Task) -> None:
        """Read one file; judge the batch when it is full."""
        if task.is_prior:
            self.priors.take(task)
            return
        for rule in self.usual.rules.values():
            if rule.judged_by == "reader":
                self.part.count(task.name, rule.id, evaluated=1)
        try:
            source = task.read()
        except Unreadable as error:
            self.refuse(task.name, error)
            return
        self.part.explanations |= {(source.path, number): text for number, text in source.explanations}
        form: forms.Form | None = None
        try:
            form = self.chooser.choose(source, task.path)
            held = self._report(source, form, self.options.selection.layers_for(task.path))
        except Unreadable as error:
            self.refuse(task.name, error, source, form)
            return
        except Exception as error:  # a form that crashes must not let its file pass as checked
            self.part.faults.append(Fault("form", _named(error), path=task.name))
            self.refuse(task.name, _our_fault(error), source, form)
            return
        if held is not None:
            self._hold(held)

    def _hold(self, held: _Held) -> None:
        """Let a report wait for others of its form and choice; judge them when there are enough."""
        batch = self.batches.setdefault(held.rule_set, [])
        batch.append(held)
        if len(batch) >= BATCH:
            self._judge(self.batches.pop(held.rule_set))

    def refuse(
        self, name: str, error: Unreadable, source: Source | None = None, form: forms.Form | None = None
    ) -> None:
        """A file that was not judged, and why."""
        status = "unreadable" if error.rule in {"DOC001", "DOC005"} else "refused"
        self.part.inputs.append(
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
        self.part.findings.append(births.of_reading(self.usual.rules[error.rule], error, name))
        if error.__cause__ is not None:
            self.part.faults.append(Fault("reader", _named(error.__cause__), path=name))

    def _report(self, source: Source, form: forms.Form, layers: tuple[Layer, ...]) -> _Held | None:
        """The report of a source; None where its shape, or the choice of rules, leaves nothing to judge."""
        rule_set = self.sets.of(form.profile, layers)
        if not (rule_set.judges or self._only_counts_reports):
            self._pass_over(source, form, _NO_RULES)
            return None
        self.part.ledger.open(rule_set.rules.values())
        errors: tuple[schema.SchemaError, ...] = ()
        is_mapped = forms.is_mapped(source, form.profile)
        if source.blocks is None and not is_mapped:
            errors = tuple(schema.judge(source.data)) if forms.is_report_data(source.data) else ()
        if errors and not forms.has_items(source.data):
            document = forms.read(source, form.profile, allow_empty=True)
            self._add_schema_findings(rule_set, document, errors, source.pointers)
            self._pass_over(source, form, "項目を読み取れません")
            return None
        document = forms.read(source, form.profile)
        truncated = any(remark.kind == "truncated" for remark in document.report.remarks)
        cut_off = "様式の途中で終わっています" if truncated else None
        self.part.inputs.append(
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
        self.part.comment(placed(source.directives, document), document.path)
        if not truncated:
            report = document.report
            key = fingerprints.report_key(document.path, report.department, report.fiscal_year, report.kind)
            self.part.put_to(document.path, key, rule_set.codes)
        return _Held(document, rule_set, errors, None if is_mapped else source.pointers, truncated)

    def _pass_over(self, source: Source, form: forms.Form, why: str) -> None:
        self.part.inputs.append(
            Input(
                source.path,
                source.sha256,
                source.format,
                "refused",
                reason=why,
                profile=form.profile.name,
                profile_reason=form.reason,
            )
        )

    # --- batches --------------------------------------------------------------------------------

    def judge_rest(self) -> None:
        """Judge the reports that wait, and let them go."""
        while self.batches:
            self._judge(self.batches.pop(next(iter(self.batches))))
        self.priors.keep_rest()

    def _judge(self, batch: Sequence[_Held]) -> None:
        """Judge reports of one form and choice."""
        rule_set = batch[0].rule_set
        try:
            frames, digests = self._facts(batch)
        except Exception as error:  # find the report that the facts fail on, and judge the others
            if len(batch) > 1:
                for held in batch:
                    self._judge([held])
                return
            self._crash(batch[0], error)
            return
        prior = self._prior(batch)
        for held in batch if rule_set.unable else ():
            unable = (condition.rule.id for condition in rule_set.unable)
            self.part.crash(held.document.path, unable, _NO_WORDS)
            self.part.unable |= {condition.rule.id for condition in rule_set.unable}
        raw = self._evaluate(frames, rule_set)
        documents = [held.document for held in batch]
        if self.look is not None:
            self.look(frames, documents)
        self.part.kept += [Kept(digest, rule_set.across) for digest in digests]
        self.part.figures += figures(frames["items"], documents)
        judgements = []
        for judgement in judge(frames, rule_set.conditions, raw, prior):
            frame = frames[judgement.condition.table.name]
            try:
                self.part.findings += list(births.of_rule(judgement, frame, documents))
            except Exception as error:  # violated, but not to be put into words: that is our fault too
                judgement = crashed(judgement.condition, frame, error)
            judgements.append(judgement)
            if judgement.error is not None:
                self._crashed_rule(
                    judgement.condition, judgement.error, frame.get_column("report").to_list(), documents
                )
        self.part.judged(judgements, frames, documents)

    def _facts(self, batch: Sequence[_Held]) -> tuple[dict[str, pl.DataFrame], list[ReportDigest]]:
        """The tables of a batch, and what is kept of its reports where there is anything to compare."""
        rule_set = batch[0].rule_set
        wanted = {"items": FIGURES}
        for condition in rule_set.conditions:
            name = condition.table.name
            wanted[name] = wanted.get(name, frozenset()) | condition.columns
        takes_all = self.look is not None or self.options.engine == "pandera"
        names = {*wanted, *OF_ONE_REPORT} if self.look is not None else set(wanted)
        digests: list[ReportDigest] = []

        def keep(view: ReportView) -> None:
            digests.append(digest_of(view, is_data=batch[view.number].pointers is not None))

        is_wanted = self.options.compares and (rule_set.across or self.options.expected is not None)
        look = keep if is_wanted else None
        documents = [held.document for held in batch]
        columns = None if takes_all else wanted
        return facts.tables(documents, rule_set.profile, names, look, columns), digests

    def _evaluate(self, frames: Frames, rule_set: RuleSet) -> Mapping[str, Raw | Exception]:
        if self.options.engine == "pandera":
            from jisseki_check.engine.pandera_schemas import validate  # 0.1 s that the default engine saves

            return validate(frames, rule_set.conditions)
        return evaluate(frames, rule_set.conditions)

    def _prior(self, batch: Sequence[_Held]) -> dict[str, Reach]:
        """Findings of the reader and the schema, and how far they reach."""
        prior: dict[str, Reach] = {}
        for number, held in enumerate(batch):
            path = held.document.path
            if held.truncated:
                # What was cut is the last item and all that should follow; the items before are whole.
                last = held.document.report.items[-1].index
                prior.setdefault("DOC001", Reach()).items |= {(number, last), (number, 0)}
                self.part.findings.append(self._truncation(held.document))
            for finding in self._add_schema_findings(
                held.rule_set, held.document, held.errors, held.pointers
            ):
                index = finding.item.index if finding.item else 0
                prior.setdefault(finding.rule, Reach()).items.add((number, index))
            for rule in held.rule_set.rules.values():
                if rule.judged_by == "schema":
                    is_data = held.pointers is not None
                    self.part.count(path, rule.id, evaluated=int(is_data), not_applicable=int(not is_data))
                elif rule.judged_by == "engine" and rule.id not in {*ON_WAIVERS, MISSING}:
                    self.part.count(path, rule.id, evaluated=1)
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
        self.part.findings.extend(born)
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
        self.part.faults.append(Fault("rule", why, rule=condition.rule.id))
        for number in sorted(set(reports)):
            rows = reports.count(number)
            self.part.findings.append(
                births.of_crash(self.usual.rules["DOC007"], condition.rule.id, rows, documents[number], why)
            )

    def _crash(self, held: _Held, error: Exception) -> None:
        why, document = _named(error), held.document
        self.part.faults.append(Fault("facts", why, path=document.path))
        codes = (condition.rule.id for condition in held.rule_set.conditions)
        self.part.crash(document.path, codes, why)
        self.part.findings.append(
            births.of_crash(
                self.usual.rules["DOC007"], "全ての規則", len(document.report.items), document, why
            )
        )
        self.part.inputs = [
            replace(entry, status="refused", reason=why) if entry.path == document.path else entry
            for entry in self.part.inputs
        ]


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _our_fault(error: Exception) -> Unreadable:
    return Unreadable(
        f"点検プログラムの不具合で、報告として読み終えられません（{type(error).__name__}）。点検していません。",
        fix="報告の誤りとは限りません。このファイルを添えて、点検プログラムの担当者に知らせてください。",
        at=Location(line=1, column=1),
    )
