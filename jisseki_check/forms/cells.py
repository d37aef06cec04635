"""Rows of tables that tell what they are: the labels of an item, its heading, its amounts and its mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from jisseki_check.forms.amounts import Found, amount_of, take_amounts
from jisseki_check.forms.cell_extras import FRONT
from jisseki_check.forms.cell_headings import CellHeadings
from jisseki_check.forms.cell_labels import FIELDS, is_of_other_year
from jisseki_check.forms.drafts import Draft
from jisseki_check.forms.labels import same
from jisseki_check.forms.marks import split_mark
from jisseki_check.forms.row import Row, Told
from jisseki_check.forms.spans import Text, join
from jisseki_check.model import Remark
from jisseki_check.notation.fiscal import label as year_label
from jisseki_check.notation.width import fold
from jisseki_check.profiles import ItemKind

_NEAR = 40
_OPENERS = FIELDS | {"title", "number", "lead", "more", "data"}


@dataclass(kw_only=True)
class Cells(CellHeadings):
    """`waiting`: rows that stand above their item's heading; `joint`: items with one label for goal and
    取り組み."""

    waiting: list[Row] = field(default_factory=list)
    joint: list[tuple[Draft, Text]] = field(default_factory=list)

    def read_told(self, row: Row) -> bool:
        """Whether a row of a table was read by what its cells tell; otherwise it is lines of text."""
        told = row.told
        assert told is not None
        if not self.started and (told.role in FRONT or not self.begins_items(told)):
            return self.take_above_items(row, told)
        self.started = True
        waits = told.ahead or (self.number is not None and told.role not in _OPENERS)
        if waits and not self.names_section(row, told):
            self.waiting.append(replace(row, told=replace(told, ahead=False)))
            return True
        if told.weak and told.role not in {"data", "more"} and self.is_within_text():
            self.take_aside(row)
            return True
        readers: dict[str, Callable[[Row, Told], bool]] = {
            "mark": self._marks,
            "amount": self._amount,
            "amounts": self._amounts,
            "number": self.take_number,
            "title": self.take_title,
            "lead": self.take_lead,
            "division": self.take_division,
            "section": self.take_section_cell,
            "part": self.take_part_cell,
            "more": self.take_more,
            "data": self.take_data,
            "legend": self.take_legend_row,
        }
        reader = self._field if told.role in FIELDS else readers.get(told.role, self.take_other)
        return reader(row, told)

    def open_item(
        self, kind: ItemKind, title: Text | None, number: Text | None, heading: Text | None = None
    ) -> Draft:
        """As for a line of text; what stood above the heading goes into the item."""
        if number is None:
            number, self.number = self.number, None
        elif self.number is not None and same(number.text, self.number.text):
            self.number = None
        self.leave_number()
        item = super().open_item(kind, title, number, heading)
        self._take_waiting()
        return item

    def finish_cells(self) -> None:
        """What was waiting for an item that did not come."""
        self.leave_number()
        self._take_waiting()
        for item, label in self.joint:
            if not item.has("initiative"):
                remark = Remark("no-column", "", label.text, item.index, "initiative", at=label.place())
                self.draft.remarks.append(remark)

    def _take_waiting(self) -> None:
        rows, self.waiting = self.waiting, []
        for row in rows:
            self.read_told(row)

    # --- fields ---------------------------------------------------------------------------------

    def _field(self, row: Row, told: Told) -> bool:
        if self._is_another_years(told):
            return self.take_other(row, told)
        self.finish_pending()
        lines = list(row.lines)
        if self._names_item(told, lines):
            return self.take_title(row, told)
        if told.role != "result" and self._begins_bullet():
            lines = self._bullet_of(lines, told)
            if not lines:
                return True
        if self.number is not None:
            self.open_item(self.kind_here(), None, None)
        if told.label is not None and told.label.is_joint:
            self._take_joint(lines, told)
            return True
        name = self._name_here(told)
        self.enter_field(name, told.text, in_cells=True)
        self._note_cell_label(told, name)
        self.take_lines(lines)
        return True

    def _take_joint(self, lines: list[Text], told: Told) -> None:
        """Goal and 取り組み in one cell: what says which of them it is goes there."""
        labels = [self.labels.field.match(fold(text.text)) for text in lines]
        if not labels or labels[0] is None:
            self.enter_field("goal", told.text, in_cells=True)
        for text, match in zip(lines, labels, strict=True):
            name = self.labels.field_of(match) if match else None
            rest = text
            if match is not None and name in {"goal", "initiative"}:
                self.enter_field(name, text.cut(0, match.end()), in_cells=True)
                rest = text.cut(match.end())
            self.take_lines([rest] if rest.text else [])
        if self.item is not None and "initiative" in self.profile.item_kinds[self.item.kind].required:
            self.joint.append((self.item, told.text))

    def _names_item(self, told: Told, lines: list[Text]) -> bool:
        """Whether 取り組み is what the form calls its items: 取り組み｜(1) …, and its goal below."""
        if told.role != "initiative" or len(lines) != 1 or "。" in lines[0].text:
            return False
        is_headed = self.labels.parenthesis.match(fold(lines[0].text)) is not None
        return is_headed and self.outline.next_role(self.at) == "goal"

    def _begins_bullet(self) -> bool:
        """Whether an item that has a sentence for a heading begins with the label of its plan."""
        if self.section is None or self.section.kind is None:
            return False
        kind = self.profile.item_kinds[self.section.kind]
        if kind.opens != "bullet":
            return False
        item = self.item
        return item is None or item.kind != kind.name or item.has("result") or bool(item.marks)

    def _bullet_of(self, lines: list[Text], told: Told) -> list[Text]:
        """Open the item that begins with its plan, and give what is left of the plan."""
        kind = self.kind_here()
        headed = bool(lines) and self.labels.bullet.match(fold(lines[0].text)) is not None
        if self.section is not None and self.section.plan == "initiative" and not headed:
            self.open_item(kind, None, None, heading=told.text)
            return lines
        title, _ = self.numbered_title(lines[0], kind) if lines else (None, None)
        self.open_item(kind, title, None, heading=lines[0] if lines else told.text)
        return lines[1:]

    def _name_here(self, told: Told) -> str:
        """An item whose form has no 取り組み calls its goal so: 取り組み内容."""
        item = self.item
        if told.role == "initiative" and item is not None and not item.has("goal"):
            kind = self.profile.item_kinds[item.kind]
            if kind.opens == "table" and not item.has("result"):
                return "goal"
        return told.role

    def _is_another_years(self, told: Told) -> bool:
        """Whether a label is of another year, while the field of the report's year stands beside it."""
        label = told.label
        if label is None or not is_of_other_year(label, self.draft.fiscal_year):
            return False
        rows = self.outline.rows
        for step in (1, -1):
            at = self.at + step
            while 0 <= at < len(rows) and abs(at - self.at) < _NEAR:
                other = rows[at].told
                if self.outline.role(rows[at]) in {"item", "number", "section"}:
                    break
                if other and other.label and other.role == told.role:
                    own = not is_of_other_year(other.label, self.draft.fiscal_year)
                    if own:
                        return True
                at += step
        return False

    def _note_cell_label(self, told: Told, name: str) -> None:
        """A label that is not the form's own, or that names another year than the report's."""
        assert told.label is not None
        own, year = self.profile.fields[name][0], self.draft.fiscal_year
        if year is not None and is_of_other_year(told.label, year):
            read_as = f"{year_label(year)}の{own}"
            self.draft.lenient("year of a label", told.text, read_as, self.item, name)
        elif not told.label.is_own:
            self.draft.lenient("label", told.text, own, self.item, name)

    # --- marks and amounts ----------------------------------------------------------------------

    def _marks(self, row: Row, told: Told) -> bool:
        value = join(row.lines, " ")
        if self.item is None:
            self.draft.remark("unread", join((told.text, value), "　"), None, None, None)
            return True
        self.finish_pending()
        signs, rest = split_mark(value, self.labels)
        if rest.text:
            self.item.extra.append((told.text, rest))
        if not signs and rest.text:
            return True
        whole = join((told.text, value), " ")
        self.set_marks(whole, signs or [(Text("", told.text.runs),) * 2], in_cell=True)
        own = self.profile.fields["mark"][0]
        if not same(told.text.text, own):
            self.draft.lenient("label", told.text, own, self.item, "mark")
        return True

    def _amount(self, row: Row, told: Told) -> bool:
        value = join(row.lines, " ")
        assert told.label is not None
        assert told.label.stage is not None
        if not value.text:
            return True
        if any(take_amounts(line, self.labels)[1] for line in row.lines):
            return self._amounts(row, told)
        found = amount_of(told.text, value, told.label.stage, told.label.unit, self.labels)
        if found is None:
            return self.take_other(row, told)
        if self.item is None:
            self.draft.remark("unread", join((told.text, value), "　"), None, None, None)
            return True
        amount, rest = found
        self.item.add_amount(amount, self._field_of(amount, self.item))
        if rest.text:
            self.item.extra.append((told.text, rest))
        return True

    def _amounts(self, row: Row, told: Told) -> bool:
        """Amounts with labels of their own: 予算・決算｜当初予算：490千円 …"""
        if self.item is None:
            return self.take_other(row, told)
        rest = []
        for line in row.lines:
            pieces, amounts = take_amounts(line, self.labels)
            rest += pieces
            for amount in amounts:
                self.item.add_amount(amount, self._field_of(amount, self.item))
        if rest:
            self.item.extra.append((told.text, join(rest, "\n")))
        return True

    def _field_of(self, amount: Found, item: Draft) -> str:
        """The field to which an amount belongs that stands in a cell of its own."""
        if amount.stage in {"settlement", "carried_out"}:
            return "result"
        return "initiative" if "initiative" in self.profile.item_kinds[item.kind].required else "goal"
