"""A report, as forms give it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jisseki_check.model.places import Places
from jisseki_check.model.source import Remark

REPORT_FORMAT = "jisseki-report/1"

BUDGET_STAGES = (
    "initial_budget",
    "supplementary_budget",
    "carried_in",
    "reserve",
    "carried_out",
    "revised_budget",
)
STAGES = (*BUDGET_STAGES, "settlement")
"""What an amount of a report may be, in the order of a year."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of the plan or the settlement.

    `value` counts `unit`s (円, 千円, 万円, 百万円); None where the digits are no whole number. `text` is
    the amount as printed after its label; `field` is where it stood (goal, initiative, result).
    `fraction`: the number with its decimals, where data hold it as a number and its point can be no comma.
    """

    stage: str
    label: str
    fiscal_year: int | None
    value: int | None
    unit: str | None
    note: str | None = None
    field: str = ""
    text: str = ""
    fraction: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A numeric target and what was reached of it."""

    name: str
    unit: str | None = None
    target: float | None = None
    actual: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a report. None: the field is not there; "": it is there and empty. `extra`: columns of a
    list that are no field of the form, as heading and text."""

    index: int
    kind: str
    section: int | None = None
    section_title: str | None = None
    group: str | None = None
    number: str | None = None
    title: str | None = None
    division: str | None = None
    goal: str | None = None
    initiative: str | None = None
    result: str | None = None
    mark: str | None = None
    amounts: tuple[Amount, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One department's report of one fiscal year (held as the year in which it begins)."""

    municipality: str | None
    department: str | None
    divisions: tuple[str, ...] | None
    title: str | None
    kind: str
    fiscal_year: int | None
    fiscal_year_label: str | None
    legend: str | None
    items: tuple[Item, ...]
    remarks: tuple[Remark, ...] = ()

    def item(self, index: int | None) -> Item | None:
        """The item of that index; a faulty file may number its items otherwise than it orders them."""
        if index is None:
            return None
        if 1 <= index <= len(self.items) and self.items[index - 1].index == index:
            return self.items[index - 1]
        return next((item for item in self.items if item.index == index), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A report together with the file it was read from and the way back to its places."""

    path: str
    report: Report
    places: Places
