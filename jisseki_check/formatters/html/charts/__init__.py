"""Charts as inline SVG: text stays text, looks are attributes and classes, and each has a table beside it."""

from __future__ import annotations

from collections.abc import Sequence

from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.html.charts import findings, marks, rates, years
from jisseki_check.formatters.html.charts.figure import Figure
from jisseki_check.formatters.html.figures import thresholds
from jisseki_check.formatters.html.rules import titles
from jisseki_check.formatters.html.years import years as years_of
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome


def figures(held: Sequence[Group], outcome: Outcome, view: View) -> list[Figure]:
    """The charts that there is something to draw in."""
    results = [each for each in held if each.figures is not None and each.figures.kind == "results"]
    made = (
        findings.figure(held, titles(view)),
        rates.figure(results, thresholds(view)),
        marks.figure(results),
        years.figure(years_of(outcome.reports, held)),
    )
    return [each for each in made if each is not None]
