"""The outcome as the plain data that other programs rely on (`schemas/outcome.schema.json`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from jisseki_check.formatters.tally import counts
from jisseki_check.model import (
    OUTCOME_FORMAT,
    BaselineUse,
    Coverage,
    Fault,
    Finding,
    Input,
    ItemFigures,
    KnownFinding,
    Location,
    Outcome,
    OwnFile,
    ReportFigures,
    Scope,
    Waiver,
    WaiverUse,
)

# What some pipelines take for a command wherever it stands in a line of their log, and what some readers
# take for the end of a line.
_ESCAPED = re.compile("#(?=#(?:vso|teamcity)?\\[)|[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_Record = Input | Coverage | Fault | ItemFigures | KnownFinding | OwnFile | ReportFigures | Scope | Waiver
_LISTED = frozenset({"findings", "reports"})
_KEYED = frozenset({"coverage_by_file"})
_PLACE = tuple(field.name for field in fields(Location))


def written(data: object, *, indent: int | None = None) -> str:
    """The data as JSON that is safe to print into the log of a pipeline."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False, separators=separators)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def document(data: Mapping[str, Any]) -> str:
    """The data as one JSON document."""
    return "".join(pieces(data))


def pieces(data: Mapping[str, Any]) -> Iterator[str]:
    """The same in pieces, so that a large one need not be held several times. What is most of its lines has
    one line for each of its entries."""
    before = "{\n  "
    for name, value in data.items():
        yield f"{before}{written(name)}: "
        before = ",\n  "
        if name in _KEYED:
            pairs = value.items() if isinstance(value, Mapping) else value
            yield from _lines("{", "}", (f"{written(key)}: {written(entry)}" for key, entry in pairs))
        elif name in _LISTED:
            yield from _lines("[", "]", map(written, value))
        else:
            yield written(value, indent=2).replace("\n", "\n  ")
    yield "\n}"


def _lines(opening: str, closing: str, entries: Iterable[str]) -> Iterator[str]:
    before = opening
    for entry in entries:
        yield f"{before}\n    {entry}"
        before = ","
    yield opening + closing if before == opening else f"\n  {closing}"


def head(outcome: Outcome) -> dict[str, Any]:
    """What the run was and what it says, without its lists."""
    return {
        "format": OUTCOME_FORMAT,
        "tool": {"name": "jisseki-check", "version": outcome.version, "rules_digest": outcome.rules_digest},
        "profile": outcome.profile,
        "as_of": outcome.as_of,
        "fail_on": outcome.fail_on,
        "scope": None if outcome.scope is None else shallow(outcome.scope),
        "verdict": outcome.verdict.value,
        "counts": asdict(counts(outcome)),
    }


def whole(outcome: Outcome) -> dict[str, Any]:
    """All of it. What a stored outcome did not say stays unsaid: it is not empty."""
    told = parts(outcome)
    told |= {name: list(told[name]) for name in _LISTED & told.keys()}
    return told | {name: dict(told[name]) for name in _KEYED & told.keys()}


def parts(outcome: Outcome) -> dict[str, Any]:
    """The same; its long lists are made as they are read, once."""
    told = (
        head(outcome)
        | {
            "inputs": [shallow(each) for each in outcome.inputs],
            "findings": map(finding, outcome.findings),
            "coverage": [coverage(each) for each in outcome.coverage],
            "faults": [shallow(each) for each in outcome.faults],
            "waivers": [waiver_use(each) for each in outcome.waivers],
        }
        | tail(outcome)
        | {
            "prior": [shallow(each) for each in outcome.prior],
            "reports": map(report, outcome.reports),
            "coverage_by_file": (
                (path, [_counted(each) for each in held]) for path, held in outcome.coverage_by_file.items()
            ),
        }
    )
    return {name: value for name, value in told.items() if name not in outcome.unrecorded}


def tail(outcome: Outcome) -> dict[str, Any]:
    """What else the run took into account, without its lists."""
    return {
        "skipped": list(outcome.skipped),
        "baseline": None if outcome.baseline is None else _baseline(outcome.baseline),
        "sources": [shallow(each) for each in outcome.sources],
    }


def coverage(each: Coverage) -> dict[str, Any]:
    """What a rule judged of all files."""
    return {name: value for name, value in shallow(each).items() if name != "left"}


def _counted(coverage: Coverage) -> dict[str, Any]:
    """Without what is nothing: of every file there is a line for each rule."""
    return {name: value for name, value in shallow(coverage).items() if value}


def report(each: ReportFigures) -> dict[str, Any]:
    return shallow(each) | {"items": [shallow(item) | {"extra": dict(item.extra)} for item in each.items]}


def shallow(record: _Record) -> dict[str, Any]:
    """A record that holds nothing but plain values; dataclasses.asdict would copy each of them."""
    return {name: getattr(record, name) for name in record.__slots__}


def waiver_use(use: WaiverUse) -> dict[str, Any]:
    return {
        "state": use.state,
        "findings": use.findings,
        "finding": shallow(use.known),
        "waiver": shallow(use.waiver),
    }


def _baseline(use: BaselineUse) -> dict[str, Any]:
    return {"path": use.path, "entries": use.entries, "unmatched": [shallow(each) for each in use.unmatched]}


def finding(each: Finding) -> dict[str, Any]:
    report = {"department": each.department, "fiscal_year": each.fiscal_year}
    item = each.item
    return {
        "rule": each.rule,
        "name": each.name,
        "severity": each.severity.value,
        "message": each.message,
        "fix": each.fix,
        "location": _place(each.location),
        "report": None if each.department is None and each.fiscal_year is None else report,
        "report_kind": each.report_kind,
        "item": None
        if item is None
        else {"index": item.index, "section": item.section, "number": item.number, "title": item.title},
        "field": each.field,
        "subject": each.subject,
        "count": each.count,
        "places": each.places,
        "excerpt": each.excerpt,
        "given": each.given,
        "expected": each.expected,
        "difference": each.difference,
        "related": [
            {name: value for name, value in _place(place).items() if value is not None}
            for place in each.related
        ],
        "correction": each.correction,
        "fingerprint": each.fingerprint,
        "value_fingerprint": each.value_fingerprint or None,
        "status": each.status,
        "waiver": None if each.waiver is None else shallow(each.waiver),
        "explanation": each.explanation,
    }


def _place(location: Location) -> dict[str, Any]:
    return {name: getattr(location, name) for name in _PLACE}
