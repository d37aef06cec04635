"""What each column of a list holds, when its heading and what stands below it are looked at together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from jisseki_check.forms.labels import Labels
from jisseki_check.forms.list_headings import Heading
from jisseki_check.forms.list_lines import Column, Line, Listed, flat
from jisseki_check.forms.list_sections import FormParts
from jisseki_check.forms.spans import Text
from jisseki_check.model import STAGES
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.width import fold, squeeze

_LOOKED_AT = 300  # rows
_LONGEST_MARK = 12
_LONGEST_NAME = 100
NUMBER = re.compile(r"(?:no\.?|№)?[(\[【]?[0-9①-⑳]{1,4}(?:[-－ー.][0-9]{1,3})*[)\]】.、．]?", re.I)
_SINGLE = ("number", "title", "division", "department")
_KIND = re.compile(r"[ぁ-んァ-ヶ一-龠A-Za-z]")


@dataclass(frozen=True, slots=True)
class Columns:
    """A list's columns: those of each field in their order, and the `extra` ones, each with a name of its
    own. `free_group`: the column whose words part the items, though the form knows none of them; `doubled`:
    columns of a heading that stands twice."""

    by_field: dict[str, tuple[Column, ...]]
    extra: tuple[tuple[str, Column], ...]
    free_group: Column | None = None
    doubled: tuple[Column, ...] = ()

    def of(self, *fields: str) -> Iterator[Column]:
        """The columns of these fields."""
        for field in fields:
            yield from self.by_field.get(field, ())

    def has(self, *fields: str) -> bool:
        """Whether the list has a column for one of these fields."""
        return any(field in self.by_field for field in fields)

    def one(self, field: str) -> Column | None:
        """The column of a field that has one at most."""
        return next(iter(self.by_field.get(field, ())), None)


def settle(listed: Listed, labels: Labels, parts: FormParts, year: int | None) -> Columns:
    """The columns of a list; `year`: the report's, by which amounts of other years are told."""
    return _Settling(listed, labels, parts, year).columns()


class _Settling:
    def __init__(self, listed: Listed, labels: Labels, parts: FormParts, year: int | None) -> None:
        self._rows = [row for row in listed.rows[:_LOOKED_AT] if len(row.own) > 1]
        self._labels = labels
        self._parts = parts
        self._year = year
        self._extra: list[Column] = []
        self._doubled: list[Column] = []
        self._free: Column | None = None
        held = {at for row in listed.rows for at in row.own}
        self._given = [
            *(column for column in _first_of_each(listed.header.columns, held)),
            *_without_heading(listed, held),
        ]

    def columns(self) -> Columns:
        by_field: dict[str, list[Column]] = {}
        for column in self._given:
            field = column.field
            if field is None or field == "extra":
                self._extra.append(column)
            elif field != "ignore":
                by_field.setdefault(field, []).append(column)
        self._settle_titles(by_field)
        self._settle_marks(by_field)
        self._settle_parts(by_field)
        for stage in STAGES:
            if stage in by_field:
                by_field[stage] = self._of_this_year(by_field[stage])
        for field in _SINGLE:
            if len(by_field.get(field, ())) > 1:
                self._put_aside(by_field[field][1:])
                del by_field[field][1:]
        return Columns(
            by_field={field: tuple(columns) for field, columns in by_field.items() if columns},
            extra=_named(self._extra),
            free_group=self._free,
            doubled=tuple(self._doubled),
        )

    def _put_aside(self, columns: Iterable[Column]) -> None:
        self._extra += columns

    def _values(self, column: Column) -> list[str]:
        return [flat(cell) for row in self._rows if (cell := row.own.get(column.at))]

    def _settle_titles(self, by_field: dict[str, list[Column]]) -> None:
        """Numbers that stand below the heading of the names; the narrowest of several names."""
        titles = by_field.get("title", [])
        if len(titles) < 2:
            return
        numbers = [column for column in titles if _mostly(self._values(column), _is_number)]
        for column in numbers[: len(titles) - 1]:
            titles.remove(column)
            by_field.setdefault("number", []).append(column)
        if len(titles) > 1:
            names = {column.at: len(set(self._values(column))) for column in titles}
            narrowest = max(titles, key=lambda column: (names[column.at], column.at))
            wider = [column for column in titles if column is not narrowest]
            by_field["title"] = [narrowest]
            self._free = wider[0]
            self._put_aside(wider[1:])

    def _settle_marks(self, by_field: dict[str, list[Column]]) -> None:
        """A column of sentences is no column of marks, whatever its heading; of several, the form's own."""
        marks = by_field.get("mark", [])
        own = [column for column in marks if not column.heading.usual]
        likely = own or [column for column in marks if self._holds_marks(column)]
        chosen = likely[:1]
        self._put_aside(column for column in marks if column not in chosen)
        by_field["mark"] = chosen
        if not chosen:
            del by_field["mark"]

    def _holds_marks(self, column: Column) -> bool:
        values = self._values(column)
        return not values or _mostly(values, lambda value: len(squeeze(value)) <= _LONGEST_MARK)

    def _settle_parts(self, by_field: dict[str, list[Column]]) -> None:
        """A column that names the form's sections; one whose words part the items in another way; else it
        tells something of each item that the form does not ask."""
        for field in ("section", "group"):
            for column in by_field.pop(field, []):
                values = self._values(column)
                distinct = set(values)
                known = sum(self._parts.of_value(value) is not None for value in distinct)
                if 2 * known >= len(distinct) or not values:
                    by_field.setdefault("section", []).append(column)
                elif self._free is None and _are_in_order(values):
                    self._free = column
                else:
                    self._put_aside([column])
        # Section and group may stand in a column each: both tell where an item belongs.
        if "section" in by_field:
            by_field["part"] = by_field.pop("section")

    def _of_this_year(self, columns: list[Column]) -> list[Column]:
        """Of several columns of one stage those of the report's year; a heading that is there twice counts
        once."""
        years = {column.at: _year_of(column.heading) for column in columns}
        if len(set(years.values())) > 1 and self._year is not None:
            kept = [column for column in columns if years[column.at] in {self._year, None}] or columns[:1]
            self._put_aside(column for column in columns if column not in kept)
            columns = kept
        labels: list[str] = []
        for column in columns:
            if column.heading.label in labels:
                self._doubled.append(column)
                self._put_aside([column])
            labels.append(column.heading.label)
        return [column for column in columns if column not in self._doubled]


def _year_of(heading: Heading) -> int | None:
    years = find_fiscal_years(
        f"{heading.year}度" if heading.year and heading.year[-1] == "年" else heading.year or ""
    )
    return years[0].year if years else None


def _first_of_each(columns: Sequence[Column], held: set[int]) -> Iterator[Column]:
    """The columns; of one heading over several, those that hold something, else the first."""
    for _, group in groupby(columns, key=lambda column: column.place):
        same = list(group)
        filled = [column for column in same if column.at in held]
        yield from filled or same[:1]


def _without_heading(listed: Listed, held: set[int]) -> Iterator[Column]:
    """Columns that hold something below no heading."""
    headed = {column.at for column in listed.header.columns}
    place = listed.header.place
    for at in sorted(held - headed):
        yield Column(at, Heading(None, f"{letters(at)}列（見出しなし）"), Text("", place.runs))


def letters(at: int) -> str:
    """The name of a column as spreadsheets have it: 0 → A, 27 → AB."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _named(columns: Iterable[Column]) -> tuple[tuple[str, Column], ...]:
    """The columns in their order, each by a name that no other has."""
    names: dict[str, Column] = {}
    for column in sorted(columns, key=lambda column: column.at):
        base = squeeze(column.place.text)[:_LONGEST_NAME] or column.heading.label
        name, count = base, 1
        while name in names:
            count += 1
            name = f"{base}（{count}）"
        names[name] = column
    return tuple(names.items())


def _mostly(values: Sequence[str], is_so: Callable[[str], bool]) -> bool:
    return bool(values) and 2 * sum(map(is_so, values)) > len(values)


def _is_number(value: str) -> bool:
    return NUMBER.fullmatch(squeeze(fold(value))) is not None


def _are_in_order(values: Sequence[str]) -> bool:
    """Whether equal values stand together, as those of a heading do."""
    seen: list[str] = []
    for value in values:
        if value not in seen[-1:]:
            if value in seen:
                return False
            seen.append(value)
    return all(_KIND.search(value) for value in seen)


def cells(row: Line, columns: Iterable[Column]) -> Iterator[tuple[Column, tuple[Text, ...]]]:
    """The columns of a row that hold something of their own, with their paragraphs."""
    for column in columns:
        cell = row.own.get(column.at)
        if cell:
            yield column, tuple(text for text in (Text.of(part).cut(0) for part in cell) if text.text)
