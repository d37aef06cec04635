"""Where the items of a table begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from jisseki_check.forms.amounts import take_amounts
from jisseki_check.forms.cell_labels import Vocabulary, is_prose
from jisseki_check.forms.grid import GridCell, GridRow
from jisseki_check.forms.outline import Outline
from jisseki_check.forms.spans import join
from jisseki_check.notation.width import fold

_LONGEST_TITLE = 120
_NEAR = 30  # rows below one that are looked at
_FIRST = frozenset({"goal", "initiative"})
_DECISIVE = _FIRST | {"result", "mark", "title", "part"}
ITEM_NUMBER = re.compile(r"\((?P<closed>[0-9]{1,3})\)|(?P<bare>[0-9]{1,3}(?:-[0-9]{1,2})?)[.)、．]?|[①-⑳]")
_PLAN_NUMBER = re.compile(r"[0-9]{1,3}(?:-[0-9]{1,2})?(?:\s*+[.、]|\s)")


@dataclass(frozen=True, slots=True)
class ItemStarts:
    """Tells headings from text in the rows of one table; `first` is its first row that is not blank."""

    rows: Sequence[GridRow]
    vocabulary: Vocabulary
    outline: Outline
    first: int

    def is_heading(self, at: int, cell: GridCell) -> bool:
        """Whether a cell is a heading of the form, whatever stands around it."""
        folded = fold(cell.lines[0].text)
        outline, labels = self.outline, self.outline.labels
        if labels.unit.fullmatch(folded) is not None:
            return True
        if outline.section_of(folded) is not None or outline.group_of(folded) is not None:
            return True
        title = labels.title_of(fold("".join(line.text for line in cell.lines)))
        label = self.vocabulary.label_of(cell)
        if title is not None and (label is None or not label.is_strong or self._is_on_top(at)):
            return True
        return labels.parenthesis.match(folded) is not None and self.leads_item(at)

    def is_sure(self, at: int, cell: GridCell) -> bool:
        """Whether a numbered heading begins a table of a document, and so an item, whatever stood before."""
        is_first = at == self.first and cell.lines[0].place().sheet is None
        return is_first and self.outline.labels.parenthesis.match(fold(cell.lines[0].text)) is not None

    def _is_on_top(self, at: int) -> bool:
        """Whether a row is the first and not the label of a text below it."""
        following = self.next_row(at)
        return at == self.first and (following is None or not is_prose(following.cells[:1]))

    def whole_title(self, row: GridRow) -> GridRow:
        """The row, an item's heading in it that is broken over several lines made one."""
        lines = row.cells[0].lines
        labels, folded = self.outline.labels, [fold(line.text) for line in lines]
        match = labels.parenthesis.match(folded[0])
        if len(lines) == 1 or match is None:
            return row
        if any("。" in line or labels.field.match(line) or labels.mark.match(line) for line in folded):
            return row
        first = join(lines[:2], "" if match["title"] else " ")
        return GridRow((replace(row.cells[0], lines=(join((first, *lines[2:]), ""),)),))

    def is_title(self, at: int, cell: GridCell, last: str | None) -> bool:
        """Whether a cell is the title of the item that stands below it: first in its table, behind a mark, or
        with a number and as wide as the table."""
        labels, folded = self.outline.labels, fold(cell.lines[0].text)
        if len(cell.key) > _LONGEST_TITLE or "。" in cell.key or labels.bullet.match(folded):
            return False
        if any(take_amounts(line, labels)[1] for line in cell.lines):
            return False
        is_first = at == self.first and cell.lines[0].place().sheet is None
        is_numbered = self.rows[at].is_whole and _PLAN_NUMBER.match(folded) is not None
        return (is_first or last == "mark" or is_numbered) and self.leads_item(at)

    def leads_item(self, at: int) -> bool:
        """Whether the first label below a row is that with which an item begins."""
        for row in islice(self.rows, at + 1, at + _NEAR):
            if len(row.cells) > 1 and ITEM_NUMBER.fullmatch(row.cells[0].key):
                return False
            labels = [label for cell in row.cells if (label := self.vocabulary.label_of(cell))]
            decisive = next((label.role for label in labels if label.role in _DECISIVE), None)
            if decisive is not None or (not labels and len(row.cells) == 1):
                return decisive in _FIRST
        return False

    def next_row(self, at: int) -> GridRow | None:
        return next((row for row in islice(self.rows, at + 1, at + _NEAR) if not row.is_blank), None)
