"""`jsonl`: one record a line, findings first; the summary is the last line, so that a cut-off file shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jisseki_check.formatters import contract
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome


def pieces(outcome: Outcome, view: View) -> Iterator[str]:
    return (contract.written(record) + "\n" for record in _records(outcome))


def _records(outcome: Outcome) -> Iterator[dict[str, Any]]:
    for finding in outcome.findings:
        yield {"type": "finding"} | contract.finding(finding)
    for source in outcome.inputs:
        yield {"type": "input"} | contract.shallow(source)
    for coverage in outcome.coverage:
        yield {"type": "coverage"} | contract.coverage(coverage)
    for fault in outcome.faults:
        yield {"type": "fault"} | contract.shallow(fault)
    for source in outcome.prior:
        yield {"type": "prior"} | contract.shallow(source)
    for report in outcome.reports:
        yield {"type": "report"} | contract.report(report)
    for use in outcome.waivers:
        yield {"type": "waiver"} | contract.waiver_use(use)
    yield {"type": "summary"} | contract.head(outcome) | contract.tail(outcome)
