"""Files and places: lines and columns, and beside them what people call the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jisseki_check.formatters.regions import region_of
from jisseki_check.formatters.sarif.strings import message, uri
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import item_name, place, report_name
from jisseki_check.model import Finding, Location, Outcome

ROOT = "%SRCROOT%"


class Places:
    """The places of one outcome. `formats`: those of the files, by which places are named."""

    def __init__(self, outcome: Outcome) -> None:
        self.formats: Mapping[str, str | None] = {each.path: each.format for each in outcome.inputs}
        self._numbers = {path: number for number, path in enumerate(self.formats)}

    def artifact(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {"uri": uri(path), "uriBaseId": ROOT}
        if path in self._numbers:
            found["index"] = self._numbers[path]
        return found

    def location(self, at: Location, finding: Finding | None = None) -> dict[str, Any]:
        """A place of a file; `finding`: whose item is named as well."""
        out: dict[str, Any] = {}
        if at.path is not None:
            out["physicalLocation"] = {"artifactLocation": self.artifact(at.path), "region": region(at)}
        named = self._named(at) + ([] if finding is None else _item(finding))
        if named:
            out["logicalLocations"] = named
        return out

    def _named(self, at: Location) -> list[dict[str, str]]:
        named = []
        if at.sheet is not None and at.cell is not None:
            cell = clean(at.cell)
            whole = f"{clean(at.sheet)}!{cell}"
            named.append({"name": cell, "fullyQualifiedName": whole, "kind": "value"})
        elif at.sheet or at.page or at.table or at.cell or self.formats.get(at.path or "") == "docx":
            words = place(at, self.formats)
            named += [{"fullyQualifiedName": words, "kind": "value"}] if words else []
        if at.pointer is not None:
            pointer = clean(at.pointer)
            last = pointer.rpartition("/")[2]
            named.append({"name": last, "fullyQualifiedName": pointer, "kind": "value"})
        return named


def _item(finding: Finding) -> list[dict[str, str]]:
    """The item of the report, as its readers know it."""
    if finding.item is None:
        return []
    name = item_name(finding.item)
    whole = "／".join(part for part in (report_name(finding), name) if part)
    return [{"name": name, "fullyQualifiedName": whole, "kind": "item"}]


def region(at: Location) -> dict[str, int]:
    """Of a file of which no line is known, its very beginning: hosts show no result without a line."""
    found = region_of(at)
    if found is None:
        return {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    out = {"startLine": found.line, "startColumn": found.column, "endLine": found.end_line}
    return out if found.end_column is None else out | {"endColumn": found.end_column}


def artifacts(outcome: Outcome) -> list[dict[str, Any]]:
    """The files of the run, in the order by which `Places` numbers them."""
    places, found = Places(outcome), {each.path: each for each in outcome.inputs}
    out = []
    for path, source in found.items():
        artifact: dict[str, Any] = {"location": places.artifact(path), "roles": ["analysisTarget"]}
        if source.sha256 is not None:
            artifact["hashes"] = {"sha-256": source.sha256}
        told = {
            "status": source.status,
            "format": source.format,
            "reports": source.reports,
            "items": source.items,
            "profile": source.profile,
            "reason": None if source.reason is None else message(source.reason),
        }
        artifact["properties"] = {name: value for name, value in told.items() if value is not None}
        out.append(artifact)
    return out
