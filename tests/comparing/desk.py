"""Reports of one department, checked before and after something has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jisseki_check.comparing import Change, Comparison, compare
from jisseki_check.engine import run
from jisseki_check.model import Outcome
from tests.edits import AS_OF
from tests.example_files import EXAMPLES

MONEY = (EXAMPLES / "faulty" / "money.txt").read_text(encoding="utf-8")
PLAN = (EXAMPLES / "faulty" / "plan.txt").read_text(encoding="utf-8")
CLEAN = (EXAMPLES / "clean" / "environment.txt").read_text(encoding="utf-8")


def edited(text: str, *edits: tuple[str, str]) -> str:
    """The text with each edit made once."""
    for before, after in edits:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    return text


def checked(folder: Path, files: Mapping[str, str | bytes], **told: Any) -> Outcome:
    """The outcome of checking these files in an empty folder, by their names."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    options = replace(run.Options(as_of=AS_OF, coverage_by_file=True), **told)
    return run.check([folder], options=options)


def compared(
    tmp_path: Path, before: Mapping[str, str | bytes], after: Mapping[str, str | bytes]
) -> Comparison:
    """The comparison of both, checked in the same way."""
    return compare(checked(tmp_path / "前", before), checked(tmp_path / "後", after))


def found(comparison: Comparison, kind: str) -> set[tuple[str, str | None]]:
    """The rules and the items' numbers of all changes of one kind."""
    return {(each.finding.rule, _number(each)) for each in comparison.of(kind)}


def _number(change: Change) -> str | None:
    return change.finding.item.number if change.finding.item else None
