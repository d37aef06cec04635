"""What stands in a table besides labels of the form: divisions, other labels, figures, text that goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jisseki_check.forms.headed_lines import HeadedLines
from jisseki_check.forms.labels import same
from jisseki_check.forms.row import Row, Told
from jisseki_check.forms.spans import Text, join
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.width import fold, squeeze

FRONT = frozenset({"department", "year", "composition"})


@dataclass(kw_only=True)
class CellExtras(HeadedLines):
    """Takes the rows that say nothing of the form; each answers whether it was read so."""

    def take_lines(self, lines: Iterable[Text]) -> None:
        """Text that stands beside its label: no line of it is a heading or another label, but for a mark."""
        for text in lines:
            if not self.take_mark(text, fold(text.text)):
                self.take_text(text)

    def take_more(self, row: Row, told: Told) -> bool:
        if told.name is not None and self.item is not None and self.item.has(told.name):
            self.resume_field(told.name)
        elif self.lines is None:
            return False
        self.take_lines(row.lines)
        return True

    def take_division(self, row: Row, told: Told) -> bool:
        value = join(row.lines, "、")
        if self.item is None or self.item.division is not None:
            return self.take_other(row, told)
        if value.text:
            self.item.division = value
        return True

    def take_other(self, row: Row, told: Told) -> bool:
        """A label that the form does not have, and what stands behind it."""
        value = join(row.lines, "\n")
        if told.role in FRONT and self._is_known(told.role, value):
            return True
        if not value.text and (told.label is None or told.label.is_own):
            return True
        if self.item is None:
            self.draft.remark("unread", join((told.text, value), "　"), None, None, None)
        else:
            self.item.extra.append((told.text, value))
        return True

    def _is_known(self, role: str, value: Text) -> bool:
        """Whether the head of a page says again of what department and year the report is."""
        line = squeeze(fold("".join(text.text for text in self.draft.preamble)))
        held = self.draft.front.get(role)
        if role == "composition":
            held = self.draft.divisions
        if held is not None and same(held.text, value.text):
            return True
        if role == "year":
            years = find_fiscal_years(value.text)
            whole = bool(years) and same(years[0].text, value.text)
            return whole and years[0].year == self.draft.fiscal_year
        return bool(value.text) and squeeze(fold(value.text)) in line

    def is_within_text(self) -> bool:
        return self.lines is not None and not self.is_closed()

    def take_aside(self, row: Row) -> None:
        """A row of figures within the text of a field, as one line of it."""
        assert self.lines is not None
        label = [row.told.text] if row.told is not None and row.told.label is not None else []
        held = [text for text in label if text.text not in {line.text for line in row.lines}]
        self.lines.append(join((*held, *row.lines), "　"))

    def take_data(self, row: Row, told: Told) -> bool:
        if told.name is not None and self.item is not None and self.item.has(told.name):
            self.resume_field(told.name)
        line = join(row.lines, "　")
        if told.name is None and self._holds_labels(row):
            return False
        if self.lines is not None and not self.is_closed():
            self.take_aside(row)
        elif self.outline.role(replace(row, told=None)) != "text":
            return False
        elif self.take_legend(line, fold(line.text)):
            return True
        elif len(row.cells) == 2 and self.item is not None:
            self.item.extra.append((join(row.cells[0], ""), join(row.cells[1], "\n")))
        else:
            self.draft.remark("unread", line, None, self.item, None)
        return True

    def _holds_labels(self, row: Row) -> bool:
        """Whether a cell begins with a label and goes on with its text, as in a form of two columns."""
        for cell in row.cells:
            match = self.labels.field.match(fold(cell[0].text))
            if match is not None and (len(cell) > 1 or match.end() < len(cell[0].text)):
                return True
        return False

    def take_legend_row(self, row: Row, told: Told) -> bool:
        self.draft.legend.extend(row.lines)
        return True
