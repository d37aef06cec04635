"""`json` of a comparison (`schemas/comparison.schema.json`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jisseki_check import __version__
from jisseki_check.comparing import KINDS, Change, Comparison, FileChange
from jisseki_check.fingerprints import name_key
from jisseki_check.formatters import contract
from jisseki_check.formatters.comparison.told import Names
from jisseki_check.formatters.view import View
from jisseki_check.model import Input, Outcome

FORMAT = "jisseki-comparison/1"


def render(comparison: Comparison, names: Names, view: View) -> str:
    return contract.document(document(comparison, names)) + "\n"


def document(comparison: Comparison, names: Names) -> dict[str, Any]:
    """The comparison as plain data."""
    basis = comparison.basis
    return {
        "format": FORMAT,
        "tool": {"name": "jisseki-check", "version": __version__},
        "old": _run(comparison.old, names.old),
        "new": _run(comparison.new, names.new),
        "exit_code": comparison.exit_code,
        "counts": _counts(comparison.changes),
        "departments": [
            {"department": name, **_counts(held)} for name, held in _by(_department, comparison.changes)
        ],
        "rules": [{"rule": code, **_counts(held)} for code, held in _by(_rule, comparison.changes)],
        "basis": {
            "is_same": not basis.differs,
            "differences": [
                {"what": each.what, "old": each.old, "new": each.new} for each in basis.differences
            ],
            "files": [_file(each) for each in basis.files],
            "prior": [_file(each) for each in basis.prior],
        },
        "findings": [_change(each) for each in comparison.changes],
    }


def _run(outcome: Outcome, name: str) -> dict[str, Any]:
    return {"path": name} | {key: value for key, value in contract.head(outcome).items() if key != "format"}


def _counts(changes: Iterable[Change]) -> dict[str, int]:
    held = list(changes)
    numbers = {kind: sum(each.kind == kind for each in held) for kind in KINDS}
    return numbers | {
        "altered": sum(each.is_altered for each in held),
        "counts_anew": sum(each.counts_anew for each in held),
    }


def _by(
    name: Callable[[Change], str | None], changes: Iterable[Change]
) -> list[tuple[str | None, list[Change]]]:
    """By name, as it is written first."""
    held: dict[str | None, tuple[str | None, list[Change]]] = {}
    for each in changes:
        written = name(each)
        held.setdefault(name_key(written), (written, []))[1].append(each)
    return [held[key] for key in sorted(held, key=lambda each: each or "")]


def _department(change: Change) -> str | None:
    return change.finding.department


def _rule(change: Change) -> str:
    return change.finding.rule


def _file(change: FileChange) -> dict[str, Any]:
    return {
        "state": change.state,
        "read_otherwise": change.is_read_otherwise,
        "old": _input(change.old),
        "new": _input(change.new),
    }


def _input(held: Input | None) -> dict[str, Any] | None:
    return None if held is None else contract.shallow(held)


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "path": change.path,
        "counts_anew": change.counts_anew,
        "value_changed": change.is_value_changed,
        "status_changed": change.is_status_changed,
        "level_changed": change.is_level_changed,
        "item_gone": change.is_item_gone,
        "renamed_to": change.renamed_to,
        "file_same": change.is_file_same,
        "reason": change.reason,
        "old": None if change.old is None else contract.finding(change.old),
        "new": None if change.new is None else contract.finding(change.new),
    }
