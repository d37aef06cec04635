"""The amounts in the columns of a list: their stage and unit from the heading, or from the cell itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jisseki_check.forms.amounts import amount_of
from jisseki_check.forms.drafts import Draft, DraftReport
from jisseki_check.forms.labels import Labels
from jisseki_check.forms.list_columns import Columns
from jisseki_check.forms.list_headings import Heading, ListHeadings
from jisseki_check.forms.list_lines import Column, Line, Listed, flat, texts_of
from jisseki_check.forms.list_shared import SharedAmounts
from jisseki_check.forms.report_json import usual_field
from jisseki_check.forms.spans import Text, join
from jisseki_check.model import STAGES, Remark
from jisseki_check.notation.money import read_amount
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile

_LONGEST_LABEL = 20
_LABELLED = re.compile(r"(?P<label>[^0-9△▲\-－―:]{1,20}?)\s*[: ]?\s*(?=[△▲\-－―]?\s*[0-9])")
_NOTHING = frozenset({"none", "empty"})


@dataclass
class AmountColumns:
    """The columns of amounts of one list."""

    profile: Profile
    labels: Labels
    headings: ListHeadings
    columns: Columns
    draft: DraftReport
    _units: dict[int, str | None] = field(default_factory=dict)
    _unitless: set[int] = field(default_factory=set)
    _without_unit: dict[tuple[int, str], tuple[Text, list[int]]] = field(default_factory=dict)
    _shared: SharedAmounts = field(init=False)

    def __post_init__(self) -> None:
        self._shared = SharedAmounts(self.draft)

    def settle(self) -> None:
        """To be done when all items of the list are there: what is said of several at once."""
        self._shared.settle()
        for (_, stage), (place, items) in self._without_unit.items():
            count = items[-1] - items[0] + 1
            self.draft.remarks.append(
                Remark("no-unit", place.text, item=items[0], field=stage, count=count, at=place.place())
            )

    def prepare(self, listed: Listed) -> None:
        """Find what each column counts: its heading says it, or a line above the list, or another column."""
        columns = list(self.columns.of(*STAGES, "amounts"))
        told = {column.heading.unit for column in columns if column.heading.unit}
        for column in columns:
            unit = column.heading.unit or self.draft.unit
            if unit is None and not _names_units(listed.rows, column.at):
                unit = next(iter(told)) if len(told) == 1 else None
                self._unitless |= {column.at} if unit is None else set()
            self._units[column.at] = unit

    def take(self, row: Line, item: Draft, number: int) -> Iterator[Text]:
        """Put the amounts of a row into its item, `number` being the row's place in it; gives back what
        cannot be read as one."""
        for column in self.columns.of(*STAGES, "amounts"):
            if column.tier not in {None, number}:
                continue
            cell = row.own.get(column.at) or (() if number else row.above(column.at))
            if self._shared.is_another_s(cell, item):
                continue
            values = _values(texts_of(cell))
            if values:
                self._shared.hold(cell, values[0], item)
            stacked = column.heading.stacked if len(values) == len(column.heading.stacked) else ()
            for place, text in enumerate(values):
                yield from self._read(text, column, row, item, stacked[place : place + 1])

    def _read(
        self, text: Text, column: Column, row: Line, item: Draft, stacked: Sequence[tuple[str, str]] = ()
    ) -> Iterator[Text]:
        """`stacked`: the stage and label that the value has by its place in the cell."""
        if stacked and _LABELLED.match(fold(text.text)) is None:
            (stage, words), unit = stacked[0], column.heading.unit
            heading, label, value = Heading(stage, words, unit), Text(words, column.place.runs), text
        else:
            heading, label, value = self._labelled(text, column, row)
        if heading.field not in STAGES:
            yield text
            return
        unit = heading.unit or self._units.get(column.at)
        read = amount_of(label, value, heading.field, unit, self.labels)
        if read is None:
            yield text
            return
        found, rest = read
        if found.money.kind not in _NOTHING:
            item.add_amount(found, usual_field(found.stage, item.kind))
        if found.money.kind == "number" and found.unit is None and column.at in self._unitless:
            known = self._without_unit.setdefault((column.at, found.stage), (column.place, []))
            known[1].append(item.index)
        if rest.text:
            yield rest

    def _labelled(self, text: Text, column: Column, row: Line) -> tuple[Heading, Text, Text]:
        """What an amount is, by the label before it, by the column's heading, or by a cell beside it."""
        match = _LABELLED.match(fold(text.text))
        if match is not None:
            label = text.cut(*match.span("label"))
            for path in ((label.text,), (column.place.text, label.text)):
                heading = self.headings.of(path)
                if heading.field in STAGES:
                    return heading, _named(heading, label), text.cut(match.end())
        if column.field in STAGES:
            return column.heading, _named(column.heading, column.place), text
        for at in sorted(row.own, key=lambda at: abs(at - column.at)):
            beside = squeeze(flat(row.own[at]))
            if at != column.at and len(beside) <= _LONGEST_LABEL:
                heading = self.headings.of((beside,))
                if heading.field in STAGES:
                    return heading, _named(heading, texts_of(row.own[at])[0]), text
        return column.heading, column.place, text


def _values(lines: list[Text]) -> list[Text]:
    """The amounts of a cell, each with the note that stands in a line of its own below it."""
    values: list[Text] = []
    for line in lines:
        is_note = fold(line.text).startswith("(") and read_amount(line.text).kind == "word"
        if values and is_note:
            values[-1] = join((values[-1], line), "")
        else:
            values.append(line)
    return values


def _names_units(rows: Sequence[Line], at: int) -> bool:
    """Whether a cell of the column says its unit: then those that do not lack it."""
    return any(read_amount(flat(cell)).unit for row in rows if (cell := row.own.get(at)))


def _named(heading: Heading, place: Text) -> Text:
    """The label of an amount, at the place of its heading."""
    return Text(heading.label, place.runs)
