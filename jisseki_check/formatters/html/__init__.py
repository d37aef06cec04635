"""`html`: the whole outcome as one page that opens anywhere, reads without a script and prints to A4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from jisseki_check.formatters import fields, summary
from jisseki_check.formatters.groups import STATES, Group, groups
from jisseki_check.formatters.html import charts, page, run
from jisseki_check.formatters.html.departments import departments
from jisseki_check.formatters.html.findings import cards, common_fixes
from jisseki_check.formatters.html.rules import rule_rows, titles
from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.tally import counts, share
from jisseki_check.formatters.unjudged import unjudged, why_inconclusive
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import LEVELS, year_name
from jisseki_check.model import Outcome

TITLE = "点検結果報告書"
_OPEN = 60  # findings up to which all of them are seen at once
_MANY = 500  # findings from which on a 直し方 stands once, and only what is seen is laid out
_NAMED = 4  # cities and years up to which each is named


def render(outcome: Outcome, view: View) -> str:
    """One HTML document, ending with a line feed. Raises ImportError where jinja2 or drawsvg is missing."""
    outcome = outcome.at_hand()
    held = groups(outcome)
    formats = {each.path: each.format for each in (*outcome.prior, *outcome.inputs)}
    with_findings = [each for each in held if each.findings]
    is_many = len(outcome.findings) >= _MANY
    fixes = common_fixes(outcome.findings) if is_many else {}
    return page.rendered(
        "outcome.html",
        title=TITLE,
        outcome=outcome,
        counts=counts(outcome),
        share=share(outcome),
        meaning=summary.meaning(outcome, counts(outcome)),
        subject=_subject(outcome),
        notes=notes(outcome, view),
        reasons=[each.text for each in unjudged(outcome) or why_inconclusive(outcome)],
        groups=held,
        departments=departments(held),
        figures=charts.figures(held, outcome, view),
        findings=((each, cards(each, formats, fixes)) for each in with_findings),
        with_findings=with_findings,
        is_open=len(outcome.findings) <= _OPEN,
        is_many=is_many,
        levels=LEVELS,
        rules=rule_rows(outcome, view, fixes),
        titles=titles(view),
        fired=Counter(each.rule for each in outcome.findings),
        states=_states(held),
        run=run,
        fields=fields,
    )


def _states(held: Sequence[Group]) -> list[tuple[str, str, int]]:
    """How many reports are in which state, worst first."""
    number = Counter(each.state for each in held)
    return [(*state, number[state]) for state in sorted(number, key=lambda state: STATES.index(state[0]))]


def _subject(outcome: Outcome) -> dict[str, Any]:
    """Whose reports of which years were checked."""
    reports = [each for each in outcome.reports if not each.prior]
    cities = sorted({each.municipality for each in reports if each.municipality})
    years = sorted({each.fiscal_year for each in reports if each.fiscal_year is not None})
    span = f"{year_name(years[0])}～{year_name(years[-1])}" if years else ""
    return {
        "cities": "、".join(cities) if len(cities) <= _NAMED else f"{len(cities):,}団体",
        "years": "・".join(map(year_name, years)) if len(years) <= _NAMED else span,
    }
