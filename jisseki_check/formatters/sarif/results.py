"""Findings as results: each of them, also those that do not count."""

from __future__ import annotations

from collections import Counter
from typing import Any

from jisseki_check.formatters.regions import region_of
from jisseki_check.formatters.sarif.places import Places, region
from jisseki_check.formatters.sarif.rules import LEVELS, RuleBook
from jisseki_check.formatters.sarif.strings import message, safe
from jisseki_check.formatters.text import clean
from jisseki_check.model import Finding, Location, Outcome, Waiver

_TOLD = ("department", "fiscal_year", "report_kind", "field", "subject", "excerpt", "given", "expected")
_MORE = ("difference", "fix", "correction", "explanation", "status")
_AT = ("sheet", "cell", "page", "table", "row", "pointer")


def results_of(outcome: Outcome, book: RuleBook) -> list[dict[str, Any]]:
    """The findings in their order."""
    places = Places(outcome)
    seen: Counter[tuple[str | None, str]] = Counter()
    out = []
    for finding in outcome.findings:
        key = finding.location.path, finding.fingerprint
        seen[key] += 1
        result = _result(finding, places, book) | {"partialFingerprints": _fingerprints(finding, seen[key])}
        if outcome.baseline is not None:
            result["baselineState"] = "unchanged" if finding.status == "baselined" else "new"
        out.append(result)
    return out


def _result(finding: Finding, places: Places, book: RuleBook) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": book.number(finding.rule),
        "kind": "fail",
        "level": LEVELS[finding.severity.value],
        "message": {"text": message(f"{finding.message}\n直し方　{finding.fix}")},
        "locations": [places.location(finding.location, finding)],
        # Empty where nothing is suppressed: of all results of a run it is told, or of none.
        "suppressions": _suppressions(finding, places),
        "properties": _properties(finding),
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **places.location(at), "message": {"text": "比べた場所"}}
            for number, at in enumerate(finding.related, 1)
        ]
    fixes = _fixes(finding, places)
    return result | {"fixes": fixes} if fixes else result


def _fingerprints(finding: Finding, ordinal: int) -> dict[str, str]:
    """`primaryLocationLineHash` is the one that GitHub goes by."""
    identity = finding.fingerprint.removeprefix("sha256:")
    out = {"primaryLocationLineHash": f"{identity}:{ordinal}", "jisseki/identity/v1": finding.fingerprint}
    if finding.value_fingerprint:
        out["jisseki/value/v1"] = finding.value_fingerprint
    return out


def _properties(finding: Finding) -> dict[str, Any]:
    """What else is known of it, by the names of the JSON outcome."""
    told = {name: getattr(finding, name) for name in _TOLD + _MORE}
    told |= {name: getattr(finding.location, name) for name in _AT}
    item = finding.item
    if item is not None:
        told["item"] = {
            "index": item.index,
            "section": item.section,
            "number": item.number,
            "title": item.title,
        }
    known: dict[str, Any] = safe({name: value for name, value in told.items() if value is not None})
    return known


# --- what does not count ------------------------------------------------------------------------


def _suppressions(finding: Finding, places: Places) -> list[dict[str, Any]]:
    if finding.status != "waived":
        return []
    waiver = finding.waiver
    if waiver is None:
        return [{"kind": "external", "status": "accepted"}]
    beside = waiver.path is not None and waiver.path == finding.location.path
    out: dict[str, Any] = {
        "kind": "inSource" if beside else "external",
        "status": "accepted",
        "justification": clean(waiver.reason),
        "properties": _approval(waiver),
    }
    if waiver.path is not None:
        out["location"] = places.location(Location(waiver.path, waiver.line))
    return [out]


def _approval(waiver: Waiver) -> dict[str, str]:
    told = {"requester": waiver.requested_by, "approver": waiver.approved_by, "expires": waiver.until}
    return {name: clean(value) for name, value in told.items() if value is not None}


# --- corrections --------------------------------------------------------------------------------


def _fixes(finding: Finding, places: Places) -> list[dict[str, Any]]:
    """Only where an editor can put the correction in the place of exactly what is wrong: in a text file,
    within a line. In JSON or a workbook the characters between two columns are not the value."""
    at, after = finding.location, finding.correction
    if after is None or clean(after) != after or at.path is None:
        return []
    if places.formats.get(at.path) != "text" or not _is_whole(finding):
        return []
    change = {
        "artifactLocation": places.artifact(at.path),
        "replacements": [{"deletedRegion": region(at), "insertedContent": {"text": after}}],
    }
    return [{"description": {"text": message(finding.fix)}, "artifactChanges": [change]}]


def _is_whole(finding: Finding) -> bool:
    """Whether the place holds what was given, all of it and nothing else."""
    found, given = region_of(finding.location), finding.given
    if found is None or given is None or found.end_column is None:
        return False
    return found.end_line == found.line and found.end_column - found.column == len(given) > 0
