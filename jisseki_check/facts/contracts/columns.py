"""What a facts table's contract is made of, and the columns that several tables share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column's value stands: a field's name ("mark"), or the column that holds it ("=field"),
    and the columns that hold the offsets and, where they are not the row's own, the item and the report."""

    field: str
    start: str | None = None
    end: str | None = None
    item: str | None = "item"
    report: str = "report"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is one of int, float, str, bool, date, spots. Null means: not given, or not known.

    `spots` are any number of places in one text, as jisseki_check.facts.spots writes them.
    """

    name: str
    type: str
    meaning: str
    unit: str | None = None
    place: Place | None = None

    @property
    def is_position(self) -> bool:
        """Whether it says where something stands, which changes when items move."""
        return (
            self.type == "spots" or self.unit in {"位置", "項目", "報告"} or self.name in {"report", "item"}
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One row is one `row`; `report` numbers the batch's reports from 0, `item` is an item's index.

    `by_words`: building it takes morphological analysis, which an installation may lack. `is_across`: a row
    holds one report against another, so that it can be built only when all have been read.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    by_words: bool = False
    is_across: bool = False

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


KEYS = (
    Column("report", "int", "まとまりの中の報告の番号（0から）"),
    Column("item", "int", "項目の番号（1から）"),
)

HERE = Place("=field", "start", "end")
SPAN = (
    Column("field", "str", "場所"),
    Column("start", "int", "位置"),
    Column("end", "int", "位置"),
)

PLAN = Place("=plan_field", "plan_start", "plan_end")
PLAN_SPAN = (
    Column("plan_field", "str", "計画の側の場所"),
    Column("plan_start", "int", "位置"),
    Column("plan_end", "int", "位置"),
)
