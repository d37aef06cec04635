"""Lines of text: headings of sections and items, labels, and what is none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jisseki_check.forms.amounts import take_amounts
from jisseki_check.forms.drafts import Draft
from jisseki_check.forms.labels import spaced
from jisseki_check.forms.lines import Lines
from jisseki_check.forms.outline import says_nothing
from jisseki_check.forms.row import Row
from jisseki_check.forms.spans import Text, join
from jisseki_check.notation.width import fold
from jisseki_check.profiles import ItemKind, Section

_OPENING = {"number": "parenthesis", "bullet": "bullet", "header": "table"}
_FIELDS = frozenset({"goal", "initiative", "result"})
_LONGEST_TITLE = 300
_LONGEST_HEADING = 120
_LONGEST_STRANGE = 40
_BROKEN_NUMBER = re.compile(
    r"(?:[(\[【]?\s*+(?:(?P<number>[0-9]{1,3})|[一二三四五六七八九十]{1,3}|[①-⑳])\s*+[)\]】.、]?\s*+)?(?P<title>\D.{0,99})$"
)
PLAN_NUMBER = re.compile(r"([0-9]+(?:-[0-9]+)?)\s*+[.、]?\s*+(?=\D)")


@dataclass(kw_only=True)
class HeadedLines(Lines):
    """Reads line by line; what a line is decides what it opens or where it goes. `at`: the row being read."""

    at: int = 0

    # --- lines ----------------------------------------------------------------------------------

    def read_line(self, text: Text, row: Row) -> None:
        """A line of text, which is a heading, begins with a label, or is text."""
        folded = fold(text.text)
        if self.take_composition(text, folded) or self.take_unit(folded) or self.take_part(text, folded):
            return
        if self.take_section(text, folded) or self.take_group(folded):
            return
        if self._strange_heading(text, folded, row):
            return
        if self._numbered(text, folded) or self._bullet(text, folded):
            return
        if self.take_field(text, folded) or self.take_mark(text, folded) or self.take_legend(text, folded):
            return
        self._body(text, row)

    def take_section(self, text: Text, folded: str) -> bool:
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

    def take_group(self, folded: str) -> bool:
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

    # --- text -----------------------------------------------------------------------------------

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
        if kind.opens not in {"parenthesis", "table"}:
            return False
        if not self.is_closed() or not self.outline.goal_follows(self.at):
            return False
        if take_amounts(text, self.labels)[1]:
            return False
        if kind.opens == "table":
            self.open_titled(kind, text)
            return True
        match = _BROKEN_NUMBER.match(fold(text.text))
        if match is None or text.text.endswith("。"):
            return False
        number = text.cut(*match.span("number")) if match["number"] else None
        title = text.cut(match.start("title"))
        item = self.open_item(kind, title, number, heading=text)
        self.draft.lenient("number", text, f"({match['number'] or ' '}) {title.text}", item, "number")
        return True

    def open_titled(self, kind: ItemKind, title: Text | None) -> Draft:
        """An item of a table, whose number may stand before its title: 18-1. …"""
        title = None if title is None else self.without_kind(title, kind)
        match = PLAN_NUMBER.match(fold(title.text)) if title and kind.numbering == "plan" else None
        number = title.cut(*match.span(1)) if title and match else None
        return self.open_item(kind, title.cut(match.end()) if title and match else title, number)

    @staticmethod
    def without_kind(title: Text, kind: ItemKind) -> Text:
        """The title without what its kind is called: 「テーマ：…」."""
        if not kind.header:
            return title
        match = re.match(rf"{spaced(kind.header[0])}(?:\s*+:\s*+|\s++)(?=\S)", fold(title.text))
        return title if match is None else title.cut(match.end())

    def _heading_is_lost(self) -> bool:
        """A bullet's statement without its heading: the result comes next."""
        stated = self.section is not None and self.section.plan == "initiative"
        return stated and self.is_closed() and self.outline.next_role(self.at) == "result"
