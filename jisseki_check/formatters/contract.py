"""The outcome as the plain data that other programs rely on (`schemas/outcome.schema.json`)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from jisseki_check import __version__
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
    ReportFigures,
    Scope,
    Waiver,
    WaiverUse,
)

# What some pipelines take for a command wherever it stands in a line of their log, and what some readers
# take for the end of a line.
_ESCAPED = re.compile("#(?=#(?:vso|teamcity)?\\[)|[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_Record = Input | Coverage | Fault | ItemFigures | KnownFinding | ReportFigures | Scope | Waiver
_LINES = frozenset({"reports", "coverage_by_file"})
_PLACE = tuple(field.name for field in fields(Location))


def written(data: object, *, indent: int | None = None) -> str:
    """The data as JSON that is safe to print into the log of a pipeline."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False, separators=separators)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def document(data: Mapping[str, Any]) -> str:
    """The data as one JSON document; what would be most of its lines has one line for each of its entries."""
    parts = []
    for name, value in data.items():
        if name not in _LINES or not value:
            parts.append(f"{written(name)}: {_indented(written(value, indent=2))}")
            continue
        if isinstance(value, dict):
            lines = [f"{written(key)}: {written(entry)}" for key, entry in value.items()]
        else:
            lines = [written(entry) for entry in value]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        held = ",\n    ".join(lines)
        parts.append(f"{written(name)}: {opening}\n    {held}\n  {closing}")
    return "{\n  " + ",\n  ".join(parts) + "\n}"


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def head(outcome: Outcome) -> dict[str, Any]:
    """What the run was and what it says, without its lists."""
    return {
        "format": OUTCOME_FORMAT,
        "tool": {"name": "jisseki-check", "version": __version__, "rules_digest": outcome.rules_digest},
        "profile": outcome.profile,
        "as_of": outcome.as_of,
        "scope": None if outcome.scope is None else shallow(outcome.scope),
        "verdict": outcome.verdict.value,
        "counts": asdict(counts(outcome)),
    }


def whole(outcome: Outcome) -> dict[str, Any]:
    return (
        head(outcome)
        | {
            "inputs": [shallow(each) for each in outcome.inputs],
            "findings": [finding(each) for each in outcome.findings],
            "coverage": [shallow(each) for each in outcome.coverage],
            "faults": [shallow(each) for each in outcome.faults],
            "waivers": [waiver_use(each) for each in outcome.waivers],
        }
        | tail(outcome)
        | {
            "prior": [shallow(each) for each in outcome.prior],
            "reports": [report(each) for each in outcome.reports],
            "coverage_by_file": {
                path: [_counted(each) for each in held] for path, held in outcome.coverage_by_file.items()
            },
        }
    )


def tail(outcome: Outcome) -> dict[str, Any]:
    """What else the run took into account, without its lists."""
    return {
        "skipped": list(outcome.skipped),
        "baseline": None if outcome.baseline is None else _baseline(outcome.baseline),
    }


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
        "value_fingerprint": each.value_fingerprint,
        "status": each.status,
        "waiver": None if each.waiver is None else shallow(each.waiver),
        "explanation": each.explanation,
    }


def _place(location: Location) -> dict[str, Any]:
    return {name: getattr(location, name) for name in _PLACE}
