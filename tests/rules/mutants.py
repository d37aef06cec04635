"""Mutants of a rule: its conditions with one thing changed, which an example must notice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from jisseki_check import facts, forms, profiles, readers
from jisseki_check.engine import example_company, examples
from jisseki_check.engine.conditions import compile_condition
from jisseki_check.engine.judge import Raw, evaluate
from jisseki_check.facts.across.digests import ReportDigest, digest_of
from jisseki_check.facts.across.reports import Run
from jisseki_check.facts.across.tables import tables
from jisseki_check.facts.contracts import TABLES
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Document, Rule

PROFILE = profiles.load("hirakata")

_TURNED = {">=": "<", "<=": ">", "<>": "=", ">": "<=", "<": ">=", "=": "<>"}
_COMPARISON = re.compile(r">=|<=|<>|>|<|=")
_NULL = re.compile(r"IS (NOT )?NULL")
_NEGATION = re.compile(r"\bNOT (?!NULL|IN\b)")
_LIST = re.compile(r"IN \(([^()]*)\)")
_CONNECTIVE = re.compile(r"\b(AND|OR|BETWEEN|CASE|END)\b|[()]")
_STEP = 1.5  # a threshold is moved by half of itself, up and down


def survivors(rule: Rule) -> list[str]:
    """The mutants that no example notices."""
    frames = _facts(rule)
    kept = _judged(rule, frames)
    return [change for change, mutant in mutants(rule) if _judged(mutant, frames) == kept]


def _facts(rule: Rule) -> dict[str, pl.DataFrame]:
    """The facts of all examples of a rule, each of them one report, or a run of several."""
    table = rule.table or ""
    held = [example for kind in ("good", "bad") for example in rule.examples[kind]]
    if TABLES[table].is_across:
        return {table: pl.concat(tables(_run(example))[table] for example in held)}
    documents = [_document(*examples.document(example, PROFILE)) for example in held]
    return facts.tables(documents, PROFILE, [table])


def _document(content: bytes, name: str) -> Document:
    return forms.read(readers.read_bytes(content, name), PROFILE)


def _run(example: examples.Example) -> Run:
    content, name = examples.document(example, PROFILE)
    kept = [_kept(_document(content, name), is_data=False, is_prior=False)]
    for other in example_company.others(example):
        kept.append(_kept(_document(other.content, other.name), is_data=True, is_prior=other.is_prior))
    return Run(kept)


def _kept(document: Document, *, is_data: bool, is_prior: bool) -> ReportDigest:
    return digest_of(ReportView(0, document, PROFILE), is_data=is_data, is_prior=is_prior)


def _judged(rule: Rule, frames: dict[str, pl.DataFrame]) -> tuple[list[Any], list[Any]] | None:
    """What the examples see of a rule: the rows that it judges, and those that it finds fault with; None
    where the condition cannot be put to them at all."""
    raw = evaluate(frames, [compile_condition(rule)])[rule.id]
    return (raw.applies.to_list(), raw.violated.to_list()) if isinstance(raw, Raw) else None


def mutants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Each mutant with what was changed in it."""
    for changed in _changed_all(rule.applies_when):
        yield f"applies_when: {changed or '(dropped)'}", replace(rule, applies_when=changed or None)
    for changed in _changed_all(rule.violated_when):
        yield f"violated_when: {changed}", replace(rule, violated_when=changed)
    for name, value in rule.params.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            for moved in (value * _STEP, value / _STEP):
                moved = round(moved) if isinstance(value, int) else moved
                yield f"{name} = {moved:g}", replace(rule, params={**rule.params, name: moved})


def _changed_all(condition: str | None) -> Iterable[str]:
    return dict.fromkeys(_changed(condition)) if condition else ()


def _changed(condition: str) -> Iterator[str]:
    for match in _COMPARISON.finditer(condition):
        yield _put(condition, match, _TURNED[match.group()])
    for match in _NULL.finditer(condition):
        yield _put(condition, match, "IS NULL" if match[1] else "IS NOT NULL")
    for match in _NEGATION.finditer(condition):
        yield _put(condition, match, "")
    for match in _LIST.finditer(condition):
        entries = match[1].split(", ")
        for entry in entries if len(entries) > 1 else ():
            rest = ", ".join(each for each in entries if each != entry)
            yield _put(condition, match, f"IN ({rest})")
    for start, end in _terms(condition):
        yield _dropped(condition, start, end)


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _terms(condition: str) -> Iterator[tuple[int, int]]:
    """The places of what AND and OR join, at every depth of parentheses."""
    opened = [0]  # where the term begins that is open at each depth
    joined = [False]
    between = 0
    inside_case = 0
    for match in _CONNECTIVE.finditer(condition):
        token = match.group()
        if token == "(":
            opened.append(match.end())
            joined.append(False)
        elif token == ")":
            start = opened.pop()
            if joined.pop():
                yield start, match.start()
        elif token in {"CASE", "END"}:
            inside_case += 1 if token == "CASE" else -1
        elif token == "BETWEEN":
            between += 1
        elif token == "AND" and between:
            between -= 1
        elif not inside_case:
            yield opened[-1], match.start()
            opened[-1], joined[-1] = match.end(), True
    if joined[0]:
        yield opened[0], len(condition)


def _dropped(condition: str, start: int, end: int) -> str:
    """The condition without the term that stands there, and without what joined it."""
    before, after = condition[:start].rstrip(), condition[end:].lstrip()
    if re.match(r"(?:AND|OR)\b", after):
        after = after.split(" ", 1)[1]
    else:
        before = re.sub(r"\s*\b(?:AND|OR)$", "", before)
    return f"{before} {after}".strip()
