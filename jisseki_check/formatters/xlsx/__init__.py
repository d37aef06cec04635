"""`xlsx`: a workbook for audits. It opens anywhere, its numbers are numbers and its texts never formulas."""

from __future__ import annotations

from jisseki_check.formatters.view import View
from jisseki_check.formatters.xlsx import coverage, evidence, findings, overview, readings, rules, waivers
from jisseki_check.formatters.xlsx.book import book
from jisseki_check.model import Outcome


def render(outcome: Outcome, view: View) -> bytes:
    """The workbook's bytes, the same for the same outcome. Raises ImportError without XlsxWriter."""
    outcome = outcome.at_hand()
    said = f"{outcome.verdict.label}　基準日 {outcome.as_of}"
    with book("取り組み実績の点検結果") as (held, stream):
        overview.add(held, outcome, view, said)
        findings.add_findings(held, outcome, view, said)
        findings.add_items(held, outcome, said)
        coverage.add(held, outcome, view, said)
        waivers.add(held, outcome, view, said)
        readings.add(held, outcome, said)
        rules.add(held, outcome, view, said)
        evidence.add(held, outcome, said)
    return stream.getvalue()
