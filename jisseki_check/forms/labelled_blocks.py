"""The layout of labelled blocks: sections, headed items, and fields that begin with a label.

Reads the rows of a document line by line and holds what is open: the section, the item, the field.
Every line ends in a field, a heading, an amount, a mark or a remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jisseki_check.forms.drafts import Draft
from jisseki_check.forms.front import Front
from jisseki_check.forms.inline import split_rows
from jisseki_check.forms.labels import compile_labels, own_labels
from jisseki_check.forms.marks import take_signs
from jisseki_check.forms.outline import Outline, says_nothing
from jisseki_check.forms.rows import Row, read_rows
from jisseki_check.forms.spans import Text, join
from jisseki_check.forms.splicing import refuse_spliced
from jisseki_check.model import Document, Source, Unreadable
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.fiscal import label as year_label
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import ItemKind, Profile, Section

_OPENING = {"number": "parenthesis", "bullet": "bullet", "header": "table"}
_FIELDS = frozenset({"goal", "initiative", "result"})
_LONGEST_BARE_MARK = 4
_LONGEST_TITLE = 300
_LONGEST_HEADING = 120
_LONGEST_STRANGE = 40
_BROKEN_NUMBER = re.compile(
    r"(?:[(\[【]?\s*+(?:(?P<number>[0-9]{1,3})|[一二三四五六七八九十]{1,3}|[①-⑳])\s*+[)\]】.、]?\s*+)?(?P<title>\D.{0,99})$"
)
_PLAN_NUMBER = re.compile(r"([0-9]+(?:-[0-9]+)?)\s*+[.、]?\s*+(?=\D)")


def read(source: Source, profile: Profile) -> Document:
    """The report that stands in the blocks of a source.

    Raises Unreadable: DOC002 when nothing of the form is there, DOC004 when plan and result are
    spliced.
    """
    labels = compile_labels(profile)
    read = read_rows(source.blocks or (), labels)
    refuse_spliced(read.rows, labels, profile)
    rows = tuple(split_rows(read.rows, labels))
    reading = _Reading(profile, labels, outline=Outline(rows, profile, labels))
    reading.run()
    draft = reading.draft
    if not draft.items:
        raise Unreadable(
            "様式の項目が見つかりません",
            rule="DOC002",
            fix="取り組み実績の本文が入っているか、様式設定（--profile）が合っているかを確かめてください。",
        )
    for kind, text in read.furniture:
        draft.lenient(kind, text, kind, None, None)
    draft.remarks.extend(source.remarks)
    return draft.document(source.path)


@dataclass(kw_only=True)
class _Reading(Front):
    """Reads row by row; what a line is decides what it opens or where it goes."""

    at: int = 0

    def run(self) -> None:
        for at, row in enumerate(self.outline.rows):
            self.at = at
            self._read_row(row)
        self.finish_pending()

    # --- rows -----------------------------------------------------------------------------------

    def _read_row(self, row: Row) -> None:
        if not self.started and self._preamble(row):
            return
        if self._table_header(row):
            return
        table = self._headless_table(row)
        if self.pending is not None and self.outline.role(row) in {"text", "number"}:
            self._table_item(row, self.pending)
        elif table is not None:
            self.draft.lenient(
                "header", row.first, "　".join(table.header), self._table_item(row, table), "title"
            )
        else:
            for text in row.lines:
                self._read_line(text, row)

    def _preamble(self, row: Row) -> bool:
        """Title and whatever else stands before the first heading or item."""
        line = join(row.lines, "")
        folded = fold(line.text)
        if self.take_composition(line, folded) or self.take_unit(folded) or self.take_part(line, folded):
            return True
        if self.outline.role(row) != "text":
            self.started = True
            return False
        if not self._legend(line, folded):
            self.draft.preamble.append(line)
        return True

    def _table_header(self, row: Row) -> bool:
        found = self.outline.header_of(row)
        if found is None:
            return False
        self.finish_pending()
        self.close()
        self.pending, exact = found
        self.started = True
        if not exact:
            self.draft.lenient("label", row.last, self.pending.header[-1], None, None)
        return True

    def _headless_table(self, row: Row) -> ItemKind | None:
        """The kind of a table item whose header row was lost."""
        if len(row.cells) < 2 or row.indented or not self.is_closed() or self.group is None:
            return None
        kind = self.profile.item_kinds[self.group.kind]
        return kind if kind.opens == "table" and self.outline.role(row) == "text" else None

    def _table_item(self, row: Row, kind: ItemKind) -> Draft:
        self.pending = None
        heading, *rest = ((), *row.cells) if row.indented else row.cells
        title = join(heading, "") if heading else None
        match = _PLAN_NUMBER.match(fold(title.text)) if title and kind.numbering == "plan" else None
        number = title.cut(*match.span(1)) if title and match else None
        item = self.open_item(kind, title.cut(match.end()) if title and match else title, number)
        self.resume_field("goal")
        for text in (text for cell in rest for text in cell):
            self._read_line(text, row)
        return item

    # --- lines ----------------------------------------------------------------------------------

    def _read_line(self, text: Text, row: Row) -> None:
        folded = fold(text.text)
        if self.take_composition(text, folded) or self.take_unit(folded) or self.take_part(text, folded):
            return
        if self._section_heading(text, folded) or self._group_heading(folded):
            return
        if self._strange_heading(text, folded, row):
            return
        if self._numbered(text, folded) or self._bullet(text, folded):
            return
        if self._field(text, folded) or self._mark(text, folded) or self._legend(text, folded):
            return
        self._body(text, row)

    def _section_heading(self, text: Text, folded: str) -> bool:
        found = self.outline.section_of(folded)
        if found is None or not (found[1] or self.is_complete()):
            return False
        self.finish_pending()
        self.close()
        self.section, exact = found
        self.group, self.started = None, True
        self.draft.headings.append((self.section.title, text))
        if not exact:
            self.draft.lenient("heading", text, f"{self.section.number}. {self.section.title}", None, None)
        kind = self.profile.item_kinds.get(self.section.kind or "")
        if kind is not None and kind.opens == "heading":
            match = self.labels.section.match(folded)
            self.open_item(kind, text.cut(match.start("title")) if match else text, None, heading=text)
        return True

    def _group_heading(self, folded: str) -> bool:
        group = self.outline.group_of(folded)
        if group is None:
            return False
        self.finish_pending()
        self.close()
        self.group, self.started = group, True
        return True

    def _strange_heading(self, text: Text, folded: str, row: Row) -> bool:
        """A heading that the form does not have; without marks, it would pass as text of the item before."""
        if self.profile.marked or self.item is None or not (row.apart and self.is_complete()):
            return False
        if len(folded) > _LONGEST_STRANGE or folded.endswith("。"):
            return False
        follows = self.outline.next_role(self.at)
        match = self.labels.section.match(folded)
        number = int(match["number"]) if match and match["number"] else 0
        if match and number - (self.section.number if self.section else 0) in {1, 2} and follows in _OPENING:
            kind = self.outline.kind_that(_OPENING[follows])
            plan = "title" if follows == "bullet" else None
            self.close()
            self.section = Section(number, match["title"], kind.name if kind else None, (), plan)
            self.group = None
            self.draft.headings.append((self.section.title, text))
            self.draft.lenient("strange heading", text, "節の見出し", None, None)
        elif self.labels.bullet.match(folded) and follows == "header":
            self.close()
            self.group = None
            self.draft.lenient("strange heading", text, "小見出し", None, None)
        else:
            return False
        return True

    def _numbered(self, text: Text, folded: str) -> bool:
        """An item's heading. Lists are numbered too: a heading follows a finished item, or a goal follows."""
        kind = self.outline.kind_that("parenthesis")
        match = self.labels.parenthesis.match(folded)
        if kind is None or match is None or not self._may_hold(kind):
            return False
        if not (self.is_closed() or self._begins_anew() or self.outline.goal_follows(self.at)):
            return False
        self.open_item(kind, text.cut(match.start("title")), text.cut(*match.span("number")), heading=text)
        return True

    def _may_hold(self, kind: ItemKind) -> bool:
        """Whether items of that kind may stand in the open section; a statement's may have lost its end."""
        if self.section is None or self.section.kind == kind.name:
            return True
        own = self.profile.item_kinds.get(self.section.kind or "")
        return own is not None and own.opens == "heading"

    def _begins_anew(self) -> bool:
        """Whether, in a form without marks, the next label is no part of the open item."""
        if self.profile.marked or self.item is None:
            return False
        follows = self.outline.next_role(self.at)
        return follows in _FIELDS and (self.is_complete() or self.item.has(follows))

    def _bullet(self, text: Text, folded: str) -> bool:
        kind = self.outline.kind_that("bullet")
        if kind is None:
            return False
        in_bullets = self.section is not None and self.section.kind == kind.name
        match = self.labels.bullet.match(folded)
        if match and (self.is_closed() or (in_bullets and not self._is_listed())):
            self.open_item(kind, text.cut(match.start("title")), None, heading=text)
            return True
        odd = self.labels.odd_bullet.match(folded)
        if odd and in_bullets and self.is_closed() and not self.labels.is_legend(folded):
            item = self.open_item(kind, text.cut(odd.start("title")), None, heading=text)
            self.draft.remark("bullet", text.cut(*odd.span("sign")), kind.sign, item, "title")
            return True
        return False

    def _is_listed(self) -> bool:
        """A ◆ within a result, whose mark is still to come, is a list's and no item's."""
        return self.open_field == "result" and self.outline.next_label(self.at) == "mark"

    # --- fields ---------------------------------------------------------------------------------

    def _field(self, text: Text, folded: str) -> bool:
        match = self.labels.field.match(folded)
        if not match or self.labels.mark.match(folded):
            return False
        name = self.labels.field_of(match)
        if self._goes_on(name, match):
            self.resume_field(name)
            self.take_text(text)
            return True
        self.finish_pending()
        self.enter_field(name, text.cut(0, match.end()))
        self._note_label(text.cut(0, match.end()), match, name)
        rest = text.cut(match.end())
        if rest.text:
            self.take_text(rest)
        return True

    def _goes_on(self, name: str, match: re.Match[str]) -> bool:
        """Text of a field that stands already, though it begins like a label: the form's other label for
        the same field, or figures of a year (「平成28年度の実績：20件」)."""
        if self.item is None or self.item.marks or not self.item.has(name) or not match["colon"]:
            return False
        if match["dated"]:
            return self.open_field == name
        return match["label"] is not None and squeeze(match["label"]) in own_labels(name, self.profile)[1:]

    def _note_label(self, label: Text, match: re.Match[str], name: str) -> None:
        """A label that is not the form's own, or that names another year than the report's."""
        own, year = self.profile.fields[name][0], self.draft.fiscal_year
        written = find_fiscal_years(match["year"]) if match["year"] else []
        if written and year is not None and written[0].year != year:
            read_as = f"{year_label(year)}の{own}"
            self.draft.lenient("year of a label", label, read_as, self.item, name)
        elif squeeze(match["dated"] or match["label"] or "") not in own_labels(name, self.profile):
            self.draft.lenient("label", label, own, self.item, name)

    # --- marks ----------------------------------------------------------------------------------

    def _mark(self, text: Text, folded: str) -> bool:
        match = self.labels.mark.match(folded)
        if match is None:
            return self._mark_behind_text(text, folded) or self._mark_without_label(text, folded)
        signs, rest = take_signs(text.cut(match.end()), self.labels)
        label = squeeze(match["label"])
        bare = 0 < len(squeeze(rest.text)) <= _LONGEST_BARE_MARK
        if not signs and rest.text and not bare and len(label) <= _LONGEST_BARE_MARK:
            return False  # a sentence that begins with the short label
        self.finish_pending()
        if self.item is None:
            self.draft.remark("unread", text, None, None, None)
            return True
        if (rest.text and self.labels.is_sign(fold(rest.text))) or (bare and not signs):
            signs, rest = [*signs, (rest, rest)], rest.cut(len(rest.text))
        self.set_marks(text, signs)
        own = self.profile.fields["mark"][0]
        if label != squeeze(fold(own)):
            self.draft.lenient("label", text.cut(*match.span("label")), own, self.item, "mark")
        if rest.text:
            self.draft.remark("unread", rest, None, self.item, None)
        return True

    def _mark_behind_text(self, text: Text, folded: str) -> bool:
        """A mark with its label that ends the line of another field."""
        match = self.labels.mark_behind_text.search(folded)
        if match is None or not match.start():
            return False
        before, mark = text.cut(0, match.start()), text.cut(match.start())
        if not self._field(before, fold(before.text)):
            self.take_text(before)
        return self._mark(mark, fold(mark.text))

    def _mark_without_label(self, text: Text, folded: str) -> bool:
        """A line that is nothing but a sign in the form's own bracket."""
        if self.item is None or folded[0] != self.labels.opening:
            return False
        match = self.labels.bracketed.fullmatch(folded)
        if match is None or len(squeeze(match["inside"])) > 2:
            return False
        if not self.item.marks:
            own = self.profile.fields["mark"][0]
            self.draft.lenient("no label", text, f"{own} {text.text}", self.item, "mark")
        self.set_marks(text, [(text.cut(*match.span("inside")), text)])
        return True

    # --- text -----------------------------------------------------------------------------------

    def _legend(self, text: Text, folded: str) -> bool:
        if self.lines is not None:
            return False
        if not (self.labels.is_legend(folded) or self.labels.legend_heading.match(folded)):
            return False
        self.draft.legend.append(text)
        return True

    def _body(self, text: Text, row: Row) -> None:
        """Text without a label: the open field's, or what is missing its heading."""
        if self.item is None and self.section is not None and says_nothing(fold(text.text)):
            self.draft.said_empty.add(self.section.title)
            return
        if self.item is not None and self.item.title is not None:
            title = self.item.title
            if self._is_broken(title, row) or self._is_broken_heading(self.item, title, text, row):
                self.item.title = join((title, text), "")
                return
        if self._heading_is_lost():
            self.open_item(self.kind_here(), None, None)
        elif self._broken_heading(text):
            return
        self.take_text(text)

    def _is_broken(self, title: Text, row: Row) -> bool:
        """Whether the plan's sentence of a bullet goes on in the next line."""
        if self.section is None or self.section.plan != "title" or self.open_field != "initiative":
            return False
        ended = len(title.text) > _LONGEST_TITLE or title.text.endswith(("。", ")", "）"))
        return not (row.apart or self.lines or ended)

    def _is_broken_heading(self, item: Draft, title: Text, text: Text, row: Row) -> bool:
        """Whether an item's heading goes on in the next line: no sentence, and the first field's label is
        still to come."""
        kind = self.profile.item_kinds[item.kind]
        if kind.opens != "parenthesis" or item.labels or row.apart or row.indented:
            return False
        if len(title.text) + len(text.text) > _LONGEST_HEADING or "。" in title.text + text.text:
            return False
        return self.outline.next_role(self.at) in {"goal", kind.required[0]}

    def _broken_heading(self, text: Text) -> bool:
        """An item's heading whose number is written otherwise, or was lost: a goal comes next."""
        kind = self.kind_here()
        if kind.opens != "parenthesis" or not self.is_closed() or not self.outline.goal_follows(self.at):
            return False
        match = _BROKEN_NUMBER.match(fold(text.text))
        if match is None or text.text.endswith("。"):
            return False
        number = text.cut(*match.span("number")) if match["number"] else None
        title = text.cut(match.start("title"))
        item = self.open_item(kind, title, number, heading=text)
        self.draft.lenient("number", text, f"({match['number'] or ' '}) {title.text}", item, "number")
        return True

    def _heading_is_lost(self) -> bool:
        """A bullet's statement without its heading: the result comes next."""
        stated = self.section is not None and self.section.plan == "initiative"
        return stated and self.is_closed() and self.outline.next_role(self.at) == "result"
