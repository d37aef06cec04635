"""What must change nothing: the order of reports and of independent items, the size of a batch, the company
that a report keeps, and how its digits are written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check.engine import judging, run
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Finding, Location, Report
from tests.edits import AS_OF
from tests.planters import PLAIN, with_item
from tests.planters_of_words import PLANTERS
from tests.strategies import reports

_SETTINGS = settings(deadline=None, max_examples=2, suppress_health_check=[HealthCheck.too_slow])
Said = tuple[str, str | None, str, str | None]
"""A finding without its place: rule, title of the item, message, excerpt."""


def _said(finding: Finding) -> Said:
    title = finding.item.title if finding.item else None
    return finding.rule, title, finding.message, finding.excerpt


def _check(files: Mapping[str, bytes]) -> dict[str, list[Said]]:
    """The findings of each file, all judged in one run."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        # All are variants of one report, and would be found fault with for that.
        outcome = run.check([Path(folder)], options=run.Options(as_of=AS_OF, ignore=("XDC",)))
    assert not outcome.faults
    held: dict[str, list[Said]] = {entry.path: [] for entry in outcome.inputs}
    for finding in outcome.findings:
        held[finding.location.path or ""].append(_said(finding))
    return {path: sorted(said, key=str) for path, said in held.items()}


def _faulty_files(report: Report) -> dict[str, bytes]:
    """A text for each fault that can be planted into the report; or what else the fault takes."""
    index = next(item.index for item in report.items if item.kind == "priority")
    plain = with_item(report, index, **PLAIN)
    return {
        f"{code}.{ending}": data
        for code, plant in PLANTERS.items()
        for ending, data in plant(plain, index).files[:1]
    }


def _renumbered(report: Report, order: Iterable[int]) -> Report:
    """The report with its items in another order."""
    items = [report.items[at] for at in order]
    return replace(report, items=tuple(replace(item, index=at + 1) for at, item in enumerate(items)))


def _json(report: Report) -> bytes:
    return json.dumps(to_json(report), ensure_ascii=False).encode()


@_SETTINGS
@given(reports(least=2))
def test_a_report_says_alone_what_it_says_among_others(report: Report) -> None:
    files = _faulty_files(report)
    together = _check(files)
    for name in list(files)[::7]:
        assert _check({name: files[name]})[name] == together[name], name


@_SETTINGS
@given(reports(least=2), st.integers(1, 5))
def test_the_size_of_a_batch_changes_nothing(report: Report, size: int) -> None:
    files = _faulty_files(report)
    together = _check(files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "BATCH", size)
        assert _check(files) == together


@_SETTINGS
@given(reports(least=2), reports(least=2))
def test_another_department_changes_nothing(report: Report, other: Report) -> None:
    files = _faulty_files(report)
    together = _check({**files, "another.json": _json(replace(other, department="別の部"))})
    assert {name: together[name] for name in files} == _check(files)


@settings(_SETTINGS, max_examples=20)
@given(reports(least=2))
def test_the_order_of_bullets_changes_nothing(report: Report) -> None:
    """◆の項目 have no number; those of one section may stand in any order. Of two that say the same, the
    later one is found fault with: which of them that is, the order decides. Only PVR106 may come and go: a
    text is compared with the first few that share most with it, not with all."""
    order = list(range(len(report.items)))
    for section in {item.section for item in report.items if item.kind == "bullet"}:
        places = [
            at for at, item in enumerate(report.items) if (item.section, item.kind) == (section, "bullet")
        ]
        for at, other in zip(places, reversed(places), strict=True):
            order[at] = other
    assert _found(report) == _found(_renumbered(report, order))


def _found(report: Report) -> list[tuple[str, list[str | None]]]:
    """Rule and titles of the items concerned, in an order that is not theirs."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.json").write_bytes(_json(report))
        outcome = run.check([Path(folder)], options=run.Options(as_of=AS_OF, ignore=("PVR106",)))
    return sorted(
        (
            finding.rule,
            sorted({_title_at(report, place) for place in (finding.location, *finding.related)}, key=str),
        )
        for finding in outcome.findings
    )


def _title_at(report: Report, place: Location) -> str | None:
    parts = (place.pointer or "").split("/")
    return report.items[int(parts[2])].title if parts[1:2] == ["items"] else None
