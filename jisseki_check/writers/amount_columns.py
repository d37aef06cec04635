"""Which amounts of a report have a column in its list, and what stands in their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from jisseki_check.forms.report_json import usual_field
from jisseki_check.model import Amount, Item
from jisseki_check.writers.printed import amount_value

_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_DIGIT = re.compile(r"\d")


class AmountColumns:
    """A column for each label; in it the item's first amount of that label, where it stands as usual. Of
    each stage only one year has columns: a list's columns of other years are no amounts of the report."""

    def __init__(self, items: Sequence[Item], year: int | None) -> None:
        self._items = items
        self._years = _years(items, year)
        self._held: dict[str, dict[int, Amount]] = {}
        self._loose: dict[int, list[Amount]] = {}
        for place, item in enumerate(items):
            for amount in item.amounts:
                column = self._held.setdefault(amount.label, {})
                if place in column or not self._is_usual(amount, item):
                    self._loose.setdefault(place, []).append(amount)
                else:
                    column[place] = amount
        self._held = {label: column for label, column in self._held.items() if label and column}

    def _is_usual(self, amount: Amount, item: Item) -> bool:
        """Whether a column tells all of an amount."""
        if amount.value is None and not _DIGIT.search(amount.text):
            return False  # 「－」 in a column is as good as a blank cell
        here = amount.field in ("", usual_field(amount.stage, item.kind))
        return here and bool(amount.label) and amount.fiscal_year in {None, self._years.get(amount.stage)}

    def labels(self, *, of_results: bool) -> Iterator[str]:
        """The labels of the columns that stand behind the result, or before it."""
        for label, column in self._held.items():
            if (next(iter(column.values())).stage == "settlement") == of_results:
                yield label

    def loose(self, place: int, field: str) -> list[Amount]:
        """The amounts of an item that have no column, and stand in that field."""
        return [amount for amount in self._loose.get(place, ()) if amount.field == field]

    def unit(self, label: str) -> str | None:
        """What most amounts of a column count, the others say so themselves; None where one has no unit."""
        units = Counter(amount.unit for amount in self._held[label].values())
        return None if None in units else units.most_common(1)[0][0]

    def unit_of_all(self) -> str | None:
        """The unit that all amounts in columns have."""
        units = {amount.unit for column in self._held.values() for amount in column.values()}
        return units.pop() if len(units) == 1 else None

    def cells(self, label: str) -> list[str | int | None]:
        """The column's cells: numbers of its unit, or amounts as printed."""
        unit, column = self.unit(label), self._held[label]
        return [_cell(column.get(place), unit) for place in range(len(self._items))]

    def notes(self, label: str) -> list[str | None]:
        """What is noted behind the amounts of a column."""
        column = self._held[label]
        return [column[place].note if place in column else None for place in range(len(self._items))]


def _years(items: Sequence[Item], year: int | None) -> dict[str, int | None]:
    """For each stage the year of its columns: the report's; where no label names it, that of the first."""
    held: dict[str, list[int | None]] = {}
    for item in items:
        for amount in item.amounts:
            held.setdefault(amount.stage, []).append(amount.fiscal_year)
    return {stage: year if {year, None} & set(years) else years[0] for stage, years in held.items()}


def _cell(amount: Amount | None, unit: str | None) -> str | int | None:
    if amount is None:
        return None
    if amount.value is not None and amount.unit == unit and abs(amount.value) < _EXACT:
        return amount.value
    return amount_value(amount)
