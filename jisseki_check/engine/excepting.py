"""Waivers and baseline, applied to what a whole run has found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jisseki_check import fingerprints
from jisseki_check.engine import findings as births
from jisseki_check.engine.finding_order import in_order
from jisseki_check.engine.judging import Judging
from jisseki_check.engine.part import Part
from jisseki_check.exceptions.apply import Applied, Judged, Scope, apply
from jisseki_check.exceptions.notes import RULES, UNUSED, Note
from jisseki_check.model import Finding, Input, Location, Rule
from jisseki_check.notation.fiscal import written_day

_NOT_TAKEN = "免除を使わない指定（--no-waivers）のため"


def excepted(findings: Sequence[Finding], judging: Judging, part: Part, inputs: Sequence[Input]) -> Applied:
    """The findings with their status, those on waivers among them; and how many waivers were looked at is
    entered in the ledger."""
    options = judging.options
    told = options.exceptions
    if not (told.are_told or part.beside):
        return Applied(findings)
    if options.scope is not None:  # what was left out may well hold what an exception was made for
        told = replace(told, covers_all=False, covers_waived=False)
    beside = sorted(part.beside, key=lambda each: (each.about.path or "", each.directive.at.line or 0))
    applied = apply(findings, told, _scope(judging, part, inputs), beside)
    _count(judging, part, applied)
    rules = judging.usual.rules
    formats = {entry.path: entry.format for entry in inputs}
    born = births.finish([_of_note(rules[note.rule], note) for note in applied.notes])
    return replace(applied, findings=tuple(in_order((*applied.findings, *born), formats)))


def _scope(judging: Judging, part: Part, inputs: Sequence[Input]) -> Scope:
    judged = {
        path: Judged(report, part.rules[path], part.left.get(path, {}))
        for path, report in part.reports.items()
    }
    return Scope(
        judging.options.as_of,
        judged,
        unjudged={entry.path for entry in inputs} - judged.keys(),
        rules={each.rule for each in part.ledger.coverage()},
        terms=judging.sets.terms,
    )


def _count(judging: Judging, part: Part, applied: Applied) -> None:
    ledger = part.ledger
    if not judging.options.exceptions.takes_comments:
        for code in RULES if part.beside else ():
            ledger.pass_over(code, len(part.beside), _NOT_TAKEN)
        return
    unchecked = sum(use.state == "unchecked" for use in applied.waivers)
    unclear = sum(not note.about.rule for note in applied.notes)
    for code in RULES:
        looked_at = len(applied.waivers) - unchecked + (unclear if code == UNUSED else 0)
        ledger.count(code, evaluated=looked_at, not_applicable=unchecked)


def _of_note(rule: Rule, note: Note) -> Finding:
    """What is said of a waiver, where that stands."""
    about, waiver = note.about, note.waiver
    words = {name: written_day(each) if name == "until" else each for name, each in note.words.items()}
    what = (about.rule, about.section, about.number, about.title, about.field, about.subject)
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.level,
        message=rule.message.format(**words),
        fix=rule.fix,
        location=Location(path=waiver.path, line=waiver.line, column=1),
        department=about.department,
        fiscal_year=about.fiscal_year,
        report_kind=about.report_kind,
        subject="／".join("" if part is None else str(part) for part in what),
        value_fingerprint=fingerprints.of_values(rule.id, [about.value_fingerprint, *note.words.values()]),
    )
