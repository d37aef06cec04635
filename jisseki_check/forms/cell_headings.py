"""Rows of tables that say of what item or part of the report the rows below them are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jisseki_check.forms.cell_extras import CellExtras
from jisseki_check.forms.cell_labels import FIELDS, is_grouping
from jisseki_check.forms.drafts import Draft
from jisseki_check.forms.labels import same
from jisseki_check.forms.row import Row, Told
from jisseki_check.forms.spans import Text, join
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import ItemKind, Section

_NUMBER = re.compile(r"\(?\s*+(?P<number>[0-9]{1,3}(?:-[0-9]{1,2})?)\s*+[)）.．、]?")
_NUMBERED = re.compile(
    r"(?:\(\s*+(?P<closed>[0-9]{1,3})\s*+\)\s*+|(?P<plan>[0-9]{1,3}(?:-[0-9]{1,2})?)(?:\s*+[.、]\s*+|\s++))"
    r"(?P<title>\S.*)$",
    re.S,
)
_DIVISIONS = frozenset({"課", "課名", "課室", "課室名"})
_NONE = frozenset("-－―‐–—−ー")
_LONGEST_LEAD = 300  # the title of a ◆ is a whole sentence
_SIGN = re.compile("[0-9A-Za-zァ-ヶ①-⑳ivxⅠ-Ⅹ().、 -]{1,8}")
_LONGEST_WORD = 20


@dataclass(kw_only=True)
class CellHeadings(CellExtras):
    """`number`: an item's number whose title is still to come."""

    number: Text | None = None

    # --- above the items ------------------------------------------------------------------------

    def begins_items(self, told: Told) -> bool:
        """Whether the items of the report begin with such a row."""
        if told.role in FIELDS | {"part", "section"} or told.ahead:
            return True
        in_table = told.role in {"title", "number", "lead"}
        return in_table and self.outline.next_role(self.at) in FIELDS | {"mark", "item", "bullet"}

    def take_above_items(self, row: Row, told: Told) -> bool:
        value = join(row.lines, "")
        if told.label is not None and not value.text:
            return True
        if told.role in {"department", "year"} and told.role not in self.draft.front:
            self.draft.front[told.role] = value
        elif self.draft.divisions is None and self._lists_divisions(row, told):
            self.draft.set_divisions(join(row.lines, "、"), told.text)
        elif told.role == "legend":
            self.draft.legend.append(value)
        elif told.label is not None:
            named = told.label.is_own and self.labels.title_of(fold(value.text)) is not None
            self.draft.preamble.append(value if named else join((told.text, *row.lines), "　"))
        else:
            return False
        return True

    @staticmethod
    def _lists_divisions(row: Row, told: Told) -> bool:
        """Whether the cells above the items name the department's divisions."""
        several = len(list(row.lines)) > 1 or "、" in row.text
        plainly = squeeze(told.text.text) in _DIVISIONS
        return told.role == "composition" or (told.role == "division" and (several or plainly))

    # --- headings -------------------------------------------------------------------------------

    def take_number(self, row: Row, told: Told) -> bool:
        value = join(row.lines, "")
        if value.text in _NONE:
            return True
        match = _NUMBER.fullmatch(fold(value.text))
        number = value.cut(*match.span("number")) if match else value
        item = self.item
        if match is None and value.text and not _SIGN.fullmatch(fold(value.text)):
            return self.take_other(row, told)
        if not number.text:
            return True
        if told.label is not None and item is not None and self.is_fresh(item) and item.number is None:
            item.number = number
        elif told.label is not None and item is not None and not self._begins_next(item):
            return self.take_other(row, told)
        else:
            self.finish_pending()
            self.leave_number()
            self.number = number
        return True

    def leave_number(self) -> None:
        """A number to which no title came."""
        if self.number is not None:
            self.draft.remark("unread", self.number, None, None, None)
            self.number = None

    def _begins_next(self, item: Draft) -> bool:
        """Whether another item begins in the rows below."""
        follows = self.outline.next_role(self.at)
        return not self.is_fresh(item) and (follows == "item" or (follows in FIELDS and item.has(follows)))

    def take_title(self, row: Row, told: Told) -> bool:
        label = told.label
        assert label is not None
        section = self.outline.section_of(fold(told.text.text))
        if section is not None and label.cell.lines != tuple(row.lines):
            self._enter_section(section[0], told.text)
        value = join(row.lines, "")
        kind = label.kind or self.kind_here()
        title, number = self.numbered_title(value, kind)
        item = self.item
        if item is not None and self.is_fresh(item):
            if item.title is None:
                self._entitle(item, value, kind)
                return True
            if title is None or same(item.title.text, title.text):
                return True
            if label.kind is None:
                return self.take_other(row, told)
        self.open_item(kind, title, number, heading=value if value.text else told.text)
        return True

    def _entitle(self, item: Draft, value: Text, kind: ItemKind) -> None:
        """Give an item its title, and the number before it unless it has another one."""
        title, number = self.numbered_title(value, kind)
        if item.number is not None and number is not None and not same(item.number.text, number.text):
            title = value
        item.title, item.number = title, item.number or number

    def numbered_title(self, value: Text, kind: ItemKind) -> tuple[Text | None, Text | None]:
        """A title and the number that stands before it."""
        if not value.text:
            return None, None
        value = self.without_kind(value, kind)
        folded = fold(value.text)
        if kind.opens == "bullet":
            match = self.labels.bullet.match(folded) or self.labels.odd_bullet.match(folded)
            return (value.cut(match.start("title")) if match else value), None
        match = _NUMBERED.match(folded)
        if match is None or (kind.numbering == "plan" and match["plan"] is None):
            return value, None
        name = "closed" if match["closed"] else "plan"
        return value.cut(match.start("title")), value.cut(*match.span(name))

    def take_lead(self, row: Row, told: Told) -> bool:
        """What stands left of the labels: the heading of a section or an item, or that of several labels."""
        text = join(row.lines, "")
        folded = fold(text.text)
        if self.take_section(text, folded) or self.take_group(folded):
            return True
        if _NUMBER.fullmatch(folded):
            return self.take_number(row, replace(told, label=None))
        if is_grouping(squeeze(folded)):
            return True
        opens = self.item is None or self.is_complete() or (self.is_fresh(self.item) and not self.item.title)
        if self.labels.parenthesis.match(folded) or (opens and len(folded) <= _LONGEST_LEAD):
            title, number = self.numbered_title(text, self.kind_here())
            if self.item is not None and self.is_fresh(self.item) and self.item.title is None:
                self._entitle(self.item, text, self.kind_here())
            else:
                self.open_item(self.kind_here(), title, number, heading=text)
            return True
        if len(folded) <= _LONGEST_WORD:
            self.draft.lenient(f"heading of labels {folded}", text, "いくつかの欄の見出し", self.item, None)
        elif self.is_within_text():
            self.take_aside(row)
        else:
            self.draft.remark("unread", text, None, self.item, None)
        return True

    @staticmethod
    def is_fresh(item: Draft) -> bool:
        """Whether nothing but an item's heading has been read."""
        return not (item.labels or item.marks or item.amounts or any(item.fields.values()))

    def names_section(self, row: Row, told: Told) -> bool:
        """Whether a cell beside 区分 or the like names a part of the form."""
        value = fold(join(row.lines, "").text)
        known = self.outline.section_of(value) is not None or self.outline.group_of(value) is not None
        return told.role == "section" and known

    def take_section_cell(self, row: Row, told: Told) -> bool:
        value = join(row.lines, "")
        found = self.outline.section_of(fold(value.text))
        if found is not None:
            self._enter_section(found[0], value)
            return True
        group = self.outline.group_of(fold(value.text))
        if group is None:
            return self.take_other(row, told)
        self._enter_section(next(each for each in self.profile.sections if group in each.groups), value)
        return self.take_group(fold(value.text))

    def _enter_section(self, section: Section, text: Text) -> None:
        """The section that a cell names, of the items below or of the one whose heading it follows."""
        if self.section is not None and self.section.number == section.number:
            return
        self.section, self.group = section, None
        self.draft.headings.append((section.title, text))
        if self.item is not None and self.is_fresh(self.item):
            self.item.section, self.item.group = section, None
            self.item.kind = self.kind_here().name
        else:
            self.finish_pending()
            self.close()

    def take_part_cell(self, row: Row, told: Told) -> bool:
        """The text of a part that is no item's: 担当事務｜…"""
        self.open_item(self.profile.item_kinds["statement"], told.text, None, heading=told.text)
        self.take_lines(row.lines)
        return True
