"""A row of a document, and what a table's cells tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from jisseki_check.forms.cell_labels import FIELDS, Label
from jisseki_check.forms.spans import Text, join

_ASIDE = frozenset(
    {"division", "other", "amount", "amounts", "lead", "number", "department", "year", "section"}
)
_HEADINGS = frozenset({"title", "number", "lead"})


@dataclass(frozen=True, slots=True)
class Told:
    """What the cells of a table row say it is.

    `role`: that of its label; more (text of the field `name`, or of the open one), data (figures and the
    like, without a label), lead (what stands left of the labels: an item's heading, or a word for several
    labels), legend. `weak`: its table has no label that is surely the form's. `ahead`: it stands above the
    heading of its item.
    """

    role: str
    label: Label | None = None
    name: str | None = None
    weak: bool = False
    ahead: bool = False

    @property
    def outline(self) -> str:
        """What the row is to those that look ahead."""
        if self.role in _HEADINGS:
            return "text" if self.weak else "item"
        return self.role if self.role in FIELDS | {"mark", "part", "section"} else "text"

    @property
    def is_aside(self) -> bool:
        """Whether it may stand between an item's heading and its first field."""
        return self.role in _ASIDE

    @property
    def is_text(self) -> bool:
        """Whether its cells hold the text of a field."""
        return self.role in FIELDS or self.role == "more"

    @property
    def text(self) -> Text:
        """The label as printed."""
        return Text("", ()) if self.label is None else join(self.label.cell.lines, "")


@dataclass(frozen=True, slots=True)
class Row:
    """A block's cells that are not blank, each with its lines. `indented`: its first cell is blank;
    `apart`: a blank line stands before it; `told`: of a table's row, its cells are those behind the label."""

    cells: tuple[tuple[Text, ...], ...]
    indented: bool = False
    apart: bool = False
    told: Told | None = None

    @property
    def lines(self) -> Iterator[Text]:
        return chain.from_iterable(self.cells)

    @property
    def first(self) -> Text:
        return self.cells[0][0]

    @property
    def last(self) -> Text:
        return self.cells[-1][-1]

    @property
    def text(self) -> str:
        return "".join(text.text for text in self.lines)

    @property
    def is_line(self) -> bool:
        """Whether it is one line of text at the margin."""
        return self.told is None and len(self.cells) == len(self.cells[0]) == 1 and not self.indented
