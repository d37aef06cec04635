"""What is noted of a list as a whole: the columns that it lacks, headings of other years, its sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from jisseki_check.forms.drafts import Draft
from jisseki_check.forms.list_columns import Columns
from jisseki_check.forms.list_front import ListReport
from jisseki_check.forms.list_headings import ListHeadings
from jisseki_check.forms.list_lines import Header, texts_of
from jisseki_check.forms.list_rows import TotalRow
from jisseki_check.forms.spans import Text, join
from jisseki_check.model import STAGES, Remark
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.width import fold, squeeze

_LONGEST_HEADING = 30
_LIKE = 0.5


class ListNotes:
    """Notes of one list, whose items are those from `first` on."""

    def __init__(self, draft: ListReport, headings: ListHeadings, columns: Columns, first: int) -> None:
        self._draft = draft
        self._headings = headings
        self._columns = columns
        self._items = draft.items[first:]

    def note_missing(self, header: Header) -> None:
        """Say once what the list has no column for."""
        items = self._items
        for name, stands_in in self._lacking() if items else ():
            nearest = self._nearest(name)
            place = header.place if nearest is None else nearest
            if name == "mark":
                items[0].labels[name] = place
            self._draft.remarks.append(
                Remark(
                    "no-column",
                    nearest.text if nearest is not None else "",
                    read_as=stands_in,
                    item=items[0].index,
                    field=name,
                    count=len(items),
                    at=place.place(),
                )
            )

    def _lacking(self) -> Iterator[tuple[str, str | None]]:
        """The fields that the items must have and the list has no column for, each with the column that
        holds it together with another."""
        items, columns, profile = self._items, self._columns, self._draft.profile
        plan = columns.one("plan")
        for name in ("title", "goal", "initiative", "result"):
            if not columns.has(name) and any(self._lacks(item, name) for item in items):
                yield name, plan.place.text if plan is not None and name in {"goal", "initiative"} else None
        if profile.marked and not columns.has("mark") and not any(item.marks for item in items):
            yield "mark", None
        given = {amount.stage for item in items for amount, _ in item.amounts}
        for stage in profile.form_stages:
            if given and stage not in given and not columns.has(stage, "amounts"):
                yield stage, None

    def _lacks(self, item: Draft, name: str) -> bool:
        """Whether an item has not the field that its kind must have; every item has a name."""
        if name == "title":
            return item.title is None
        return name in self._draft.profile.item_kinds[item.kind].required and not item.has(name)

    def _nearest(self, name: str) -> Text | None:
        """The first heading of no field that is like those of this field."""
        known = list(self._headings.words_for(name))
        for _, column in self._columns.extra:
            plain = squeeze(fold(column.heading.label))[:_LONGEST_HEADING]
            if column.place.text and get_close_matches(plain, known, n=1, cutoff=_LIKE):
                return column.place
        return None

    def note_years(self) -> None:
        """A heading of another year than the report's: said once, not of each amount below it."""
        for column in self._columns.of(*STAGES):
            years = find_fiscal_years(column.heading.label)
            if not years or years[0].year == self._draft.fiscal_year:
                continue
            held = [
                item.index for item in self._items if any(a.stage == column.field for a, _ in item.amounts)
            ]
            if held:
                count = held[-1] - held[0] + 1
                place = column.place
                self._draft.remarks.append(
                    Remark("column-year", place.text, None, held[0], column.field, count, place.place())
                )


@dataclass
class Totals:
    """The rows of sums: each goes with the items that it adds up."""

    draft: ListReport
    columns: Columns

    def __post_init__(self) -> None:
        self._first = len(self.draft.items) + 1
        self._part = self._first

    def part(self) -> None:
        """A heading: a subtotal below it begins here."""
        self._part = len(self.draft.items) + 1

    def add(self, entry: TotalRow) -> None:
        """Note the sums of one row."""
        is_sub = "小計" in entry.word
        first = self._part if is_sub else self._first
        count = len(self.draft.items) - first + 1
        for stage in STAGES:
            columns = list(self.columns.of(stage))
            is_plain = len(columns) == 1 and columns[0].tier is None
            cell = entry.row.own.get(columns[0].at) if is_plain else None
            if cell and count > 0:
                text = join(texts_of(cell), " ")
                self.draft.remarks.append(
                    Remark("total", text.text, entry.word, first, stage, count, text.place())
                )
        if is_sub:
            self._part = len(self.draft.items) + 1
