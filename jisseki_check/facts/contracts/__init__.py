"""The facts tables: each column's type, unit and meaning, and the place that it speaks of.

A rule's condition may name these columns only, and its finding points at the place of its `at`
column. Building the frames is the business of the modules of jisseki_check.facts, one a table.
"""

from __future__ import annotations

from jisseki_check.facts.contracts.across import (
    ACROSS_DEPARTMENTS,
    ACROSS_PLANS,
    ACROSS_REPORTS,
    ACROSS_TARGETS,
    ACROSS_YEARS,
)
from jisseki_check.facts.contracts.columns import Column, Place, Table
from jisseki_check.facts.contracts.dates import DATE_PAIRS, DATES
from jisseki_check.facts.contracts.documents import FIELDS, LEFTOVERS, READINGS, REPORTS, SECTIONS
from jisseki_check.facts.contracts.figures import AMOUNTS, TARGETS, TOTALS
from jisseki_check.facts.contracts.items import ITEMS
from jisseki_check.facts.contracts.passages import PASSAGES, REPEATS
from jisseki_check.facts.contracts.plan import EFFECTS, LISTS, RESULTS, SERIES
from jisseki_check.facts.contracts.promises import PROMISES
from jisseki_check.facts.contracts.words import CHARACTERS, WORDINGS

__all__ = ["OF_ONE_REPORT", "TABLES", "Column", "Place", "Table"]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        REPORTS, SECTIONS, FIELDS, READINGS, ITEMS, AMOUNTS, TOTALS, TARGETS, DATES, DATE_PAIRS, PASSAGES,
        REPEATS, RESULTS, LISTS, EFFECTS, SERIES,
        LEFTOVERS, PROMISES, WORDINGS, CHARACTERS,
        ACROSS_REPORTS, ACROSS_PLANS, ACROSS_YEARS, ACROSS_TARGETS, ACROSS_DEPARTMENTS,
    )
}  # fmt: skip
OF_ONE_REPORT = tuple(name for name, table in TABLES.items() if not table.is_across)
