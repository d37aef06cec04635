"""`across_reports`: each report that is judged, and another one of the same department, year and kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jisseki_check.facts.across.reports import Run

Row = dict[str, Any]

KINDS = {"results": "実績", "plan": "計画"}


def twin_rows(run: Run) -> Iterator[Row]:
    """The rows of `across_reports`."""
    for number, report in enumerate(run.reports):
        if report.is_prior:
            continue
        first = run.copies.get(number, run.twins.get(number))
        other = run.reports[first] if first is not None else None
        yield {
            "report": number,
            "department": report.name,
            "fiscal_year": report.fiscal_year,
            "kind": KINDS.get(report.kind, report.kind),
            "other_report": first,
            "other": other.path if other is not None else None,
            "same_content": other.content == report.content if other is not None else None,
            "written_out": number in run.copies,
            "absent": None if first is not None else run.unfit(number),
        }
