"""A report as a list: one item a row. What CSV files and spreadsheets hold alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jisseki_check.forms.besides import DIVISION, INDICATOR, INDICATOR_COLUMNS, KIND_OF_ITEM, NOTE
from jisseki_check.model import Indicator, Item, Report
from jisseki_check.profiles import Profile
from jisseki_check.writers.amount_columns import AmountColumns
from jisseki_check.writers.front import front_lines
from jisseki_check.writers.outline import outline
from jisseki_check.writers.printed import amount_line, kind_of, section_line

SECTION, GROUP, NUMBER, TITLE = "節", "小見出し", "番号", "項目名"
_FIGURES = {"target", "actual"}

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """`sort`: choice, number, text, amount, note, mark, figure. A cell of None is blank."""

    heading: str
    sort: str
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """`front`: the lines above the header. The rows are the items and, where the form has them, headings of
    sections without items; each column has a cell for each row."""

    front: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def rows(self) -> Iterator[tuple[Value, ...]]:
        return zip(*(column.cells for column in self.columns), strict=True)


def listing(report: Report, profile: Profile) -> Listing:
    """The report as a list in the form's words."""
    return _Builder(report, profile).listing()


def unit_line(unit: str) -> str:
    """What stands above a list whose amounts all count one unit."""
    return f"（単位：{unit}）"


def amount_heading(label: str, unit: str | None) -> str:
    """The heading of a column of amounts."""
    return f"{label}（{unit}）" if unit else label


class _Builder:
    def __init__(self, report: Report, profile: Profile) -> None:
        self._report, self._profile, self._items = report, profile, report.items
        self._money = AmountColumns(report.items, report.fiscal_year)
        parts = list(outline(report, profile))
        self._rows = [part for part in parts if isinstance(part, Item) or part.empty]

    def listing(self) -> Listing:
        columns = tuple(self._columns())
        front = tuple(front_lines(self._report, self._profile))
        unit = self._money.unit_of_all()
        return Listing((*front, unit_line(unit)) if unit else front, columns)

    def _columns(self) -> Iterator[Column]:
        items, profile = self._items, self._profile
        yield self._section()
        yield from self._if_any(GROUP, "choice", [item.group for item in items])
        if any(_kind_told(item, profile) != item.kind for item in items):
            yield self._column(KIND_OF_ITEM, "choice", [kind_of(item, profile).title for item in items])
        yield from self._if_any(NUMBER, "number", [item.number for item in items])
        yield self._column(TITLE, "text", [item.title for item in items])
        yield from self._if_any(DIVISION, "text", [item.division for item in items])
        yield from self._field("goal")
        yield from self._field("initiative")
        yield from self._amounts(of_results=False)
        yield from self._field("result")
        yield from self._amounts(of_results=True)
        marks = [item.mark for item in items]
        yield from self._if_any(profile.fields["mark"][0], "mark", marks, always=profile.marked)
        yield from self._indicators()
        yield from self._extra()

    def _section(self) -> Column:
        cells = (
            section_line(row.section, row.section_title, self._profile) or None
            if isinstance(row, Item)
            else row.text
            for row in self._rows
        )
        return Column(SECTION, "choice", tuple(cells))

    def _field(self, field: str) -> Iterator[Column]:
        """The texts of a field; amounts without a column stand on lines below the text."""
        texts: list[str | None] = []
        for place, item in enumerate(self._items):
            text: str | None = getattr(item, field)
            loose = [amount_line(amount) for amount in self._money.loose(place, field)]
            texts.append("\n".join(filter(None, (text, *loose))) if loose else text)
        yield from self._if_any(self._profile.fields[field][0], "text", texts)

    def _amounts(self, *, of_results: bool) -> Iterator[Column]:
        for label in self._money.labels(of_results=of_results):
            heading = amount_heading(label, self._money.unit(label))
            yield self._column(heading, "amount", self._money.cells(label))
            yield from self._if_any(label + NOTE, "note", self._money.notes(label))

    def _indicators(self) -> Iterator[Column]:
        for place in range(max((len(item.indicators) for item in self._items), default=0)):
            prefix = f"{INDICATOR}{place + 1 if place else ''}"
            for attribute, ending in INDICATOR_COLUMNS.items():
                cells = [_of(item.indicators, place, attribute) for item in self._items]
                yield self._column(prefix + ending, "figure" if attribute in _FIGURES else "text", cells)

    def _extra(self) -> Iterator[Column]:
        """A heading that stands twice in an item has two columns."""
        most: dict[str, int] = {}
        for item in self._items:
            for heading, count in Counter(heading for heading, _ in item.extra).items():
                most[heading] = max(most.get(heading, 0), count)
        for heading, count in most.items():
            held = [[text for name, text in item.extra if name == heading] for item in self._items]
            for place in range(count):
                yield self._column(
                    heading, "text", [texts[place] if place < len(texts) else None for texts in held]
                )

    # --- cells ----------------------------------------------------------------------------------

    def _column(self, heading: str, sort: str, values: Sequence[Value]) -> Column:
        waiting = iter(values)
        cells = (next(waiting) if isinstance(row, Item) else None for row in self._rows)
        return Column(heading, sort, tuple(cells))

    def _if_any(
        self, heading: str, sort: str, values: Sequence[Value], *, always: bool = False
    ) -> Iterator[Column]:
        if always or any(value is not None for value in values):
            yield self._column(heading, sort, values)


def _kind_told(item: Item, profile: Profile) -> str | None:
    """The kind of item that stands in that section and group."""
    section = next((each for each in profile.sections if each.title == item.section_title), None)
    if section is None:
        return None
    group = next((each for each in section.groups if each.title == item.group), None)
    return group.kind if group else section.kind


def _of(indicators: Sequence[Indicator], place: int, attribute: str) -> Value:
    value: Value = getattr(indicators[place], attribute) if place < len(indicators) else None
    return int(value) if isinstance(value, float) and value.is_integer() else value
