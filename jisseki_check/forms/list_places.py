"""Where the items of a list stand in the form, and of what kind they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from jisseki_check.forms.labels import same
from jisseki_check.forms.list_columns import Columns
from jisseki_check.forms.list_front import ListReport
from jisseki_check.forms.list_lines import Column, Line, flat, texts_of
from jisseki_check.forms.list_rows import Entry, ItemRows
from jisseki_check.forms.list_sections import FormPart, FormParts
from jisseki_check.forms.spans import Text, join
from jisseki_check.notation.width import fold
from jisseki_check.profiles import Group, ItemKind, Profile, Section

_SECTION = re.compile(r"(?P<number>[0-9]{1,2})\s*[.、]\s*(?P<title>\S.*)$", re.S)
_BULLETS = "◆■●◇・【】〔〕[]<>〈〉＜＞ 　"
_PLAN_NUMBER = re.compile(r"[0-9]{1,3}(?:[-－][0-9]{1,3})?")
_BRANCH = re.compile(r"[0-9]{1,3}[-－][0-9]{1,3}")
SENTENCE = re.compile(r"(?:ます|る|た)。?$|。")


@dataclass
class Place:
    """Where the items stand that are being read: the section and the group that headings or columns told.
    `headed`: a heading did."""

    section: Section | None = None
    group: Group | None = None
    headed: bool = False

    def enter(self, part: FormPart) -> None:
        """What comes stands in that part of the form."""
        if part.group is None or part.section != self.section:
            self.group = None
        self.section = part.section
        self.group = part.group or self.group

    def enter_unknown(self, heading: str) -> None:
        """What comes stands below a heading that the form does not have."""
        match = _SECTION.match(fold(heading))
        if match is not None:
            self.section = Section(int(match["number"]), match["title"], None, (), None)
            self.group = None
        else:
            self.group = Group(heading.strip(_BULLETS), "")


@dataclass
class Placing:
    """Finds the place and the kind of the items of one list."""

    profile: Profile
    parts: FormParts
    columns: Columns
    draft: ListReport
    place: Place
    carried: dict[int, Text] = field(default_factory=dict)
    told_section: bool = False
    _given_once: set[int] = field(default_factory=set)
    _last_whole: ItemRows | None = None
    _beyond: bool = False

    def look_over(self, entries: Sequence[Entry], rows: Sequence[Line]) -> None:
        """What all rows tell of each: which columns name a part once for the rows below; and behind which
        item none has both goal and initiative, so that those behind it are of other kinds."""
        for column in self.columns.of("part"):
            texts = [flat(cell) for row in rows if (cell := row.own.get(column.at))]
            if all(one != other for one, other in pairwise(texts)):
                self._given_once.add(column.at)
        for entry in entries:
            if isinstance(entry, ItemRows) and all(
                any(entry.rows[0].shown(column.at) for column in self.columns.of(name))
                for name in ("goal", "initiative")
            ):
                self._last_whole = entry

    def find(self, row: Line) -> None:
        if self.columns.has("part") and not self.place.headed:
            self.place.section = self.place.group = None
        for column in self.columns.of("part"):
            cell = row.shown(column.at)
            text = join(texts_of(cell), "") if cell else self._carried(column)
            if text is None:
                continue
            part = self.parts.of_value(text.text)
            if cell and part is None and text != self.carried.get(column.at):
                self.draft.remark("unread", text, None, None, None)
            self.carried[column.at] = text
            if part is not None and (cell or self._still(part)):
                self.place.enter(part)
                self.told_section = self.told_section or part.group is None
        free = self.columns.free_group
        if free is not None and (cell := row.shown(free.at)):
            name = "".join(text.text for text in texts_of(cell))
            self.place.group = Group(name, "")

    def _carried(self, column: Column) -> Text | None:
        """What a blank cell of the column means: the word above it, if each word is given but once."""
        return self.carried.get(column.at) if column.at in self._given_once else None

    def _still(self, part: FormPart) -> bool:
        """Whether what a row above said may hold here: nothing has told another section since."""
        return self.place.section is None or part.section == self.place.section

    def section_and_group(self, kind: ItemKind) -> tuple[Section | None, Group | None]:
        section, group = self.place.section, self.place.group
        if section is not None and group is None:
            group = next((each for each in section.groups if each.kind == kind.name), None)
        return section, group

    def kind_of(self, number: Text | None, title: Text | None, sign: Text | None, row: Line) -> ItemKind:
        kinds = self.profile.item_kinds
        section, group = self.place.section, self.place.group
        if section is not None and section.kind is not None:
            return kinds[section.kind]
        if section is None or not section.groups:
            return self._kind_by_looks(number, title, sign, row)
        if group is not None and group in section.groups:
            return kinds[group.kind]
        held = [kinds[each.kind] for each in section.groups]
        numbered = [kind for kind in held if kind.numbering == "plan"]
        has_number = number is not None and _PLAN_NUMBER.fullmatch(fold(number.text)) is not None
        others = [kind for kind in held if kind.numbering != "plan"]
        return next(iter(numbered if has_number and numbered else others or held))

    def _kind_by_looks(
        self, number: Text | None, title: Text | None, sign: Text | None, row: Line
    ) -> ItemKind:
        """The kind of an item in a list that speaks of no section."""
        kinds = self.profile.item_kinds
        column = self.columns.one("title")
        for kind in kinds.values():
            if column is not None and any(same(column.heading.label, word) for word in kind.header[:1]):
                return kind
        bullet = next((kind for kind in kinds.values() if kind.opens == "bullet"), None)
        plans = [at for each in self.columns.of("goal", "initiative", "plan") if row.shown(at := each.at)]
        if bullet is not None and (
            sign is not None or (not plans and title is not None and SENTENCE.search(title.text))
        ):
            return bullet
        numbered = next((kind for kind in kinds.values() if kind.numbering == "plan"), None)
        written = fold(number.text) if number is not None else ""
        has_plan = self.columns.has("plan") and not self.columns.has("initiative")
        if numbered is not None and (
            _BRANCH.fullmatch(written) or (has_plan and _PLAN_NUMBER.fullmatch(written))
        ):
            return numbered
        return self._kind_behind(number, row) if self._beyond else next(iter(kinds.values()))

    def _kind_behind(self, number: Text | None, row: Line) -> ItemKind:
        """The kind of an item behind all those with goal and initiative."""
        kinds = list(self.profile.item_kinds.values())
        has_goal = any(row.shown(column.at) for column in self.columns.of("goal"))
        is_numbered = number is not None and _PLAN_NUMBER.fullmatch(fold(number.text)) is not None
        for kind in kinds:
            if has_goal and kind.opens == "table" and (kind.numbering == "plan") == is_numbered:
                return kind
            if not has_goal and kind.opens == "bullet":
                return kind
        return kinds[0]

    def passed(self, entry: ItemRows) -> None:
        """The item of these rows has been read."""
        self._beyond = self._beyond or entry is self._last_whole
