"""What the rows of a document are by themselves: headings, labels, or text; and what comes after each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jisseki_check.forms.labels import Labels, alike, number_of, same
from jisseki_check.forms.row import Row
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Group, ItemKind, Profile, Section

_LONGEST_HEADING = 80
_ITEMS = frozenset({"number", "bullet"})
_END = "end"


@dataclass(frozen=True)
class Outline:
    """The rows of a document under one profile."""

    rows: Sequence[Row]
    profile: Profile
    labels: Labels

    def section_of(self, folded: str) -> tuple[Section, bool] | None:
        """The section that a line heads, and whether it does so in the form's own words."""
        match = self.labels.section.match(folded) if len(folded) <= _LONGEST_HEADING else None
        if match is None:
            return None
        section = self._sections.get(squeeze(fold(match["title"])))
        if section is not None:
            return section, self._is_own_number(match, section)
        for section in self.profile.sections:
            if match["number"] == str(section.number) and alike(match["title"], section.title):
                return section, False
        return None

    def _is_own_number(self, match: re.Match[str], section: Section) -> bool:
        own = number_of(section, self.profile)
        return match["other" if self.profile.roman else "number"] == own

    def group_of(self, folded: str) -> Group | None:
        """The sub-heading that a line is."""
        if len(folded) > _LONGEST_HEADING:
            return None
        match = self.labels.bullet.match(folded)
        heading = match["title"] if match else folded
        return self._groups.get(squeeze(fold(heading)))

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {squeeze(fold(section.title)): section for section in reversed(self.profile.sections)}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        groups = [group for section in self.profile.sections for group in section.groups]
        return {squeeze(fold(group.title)): group for group in reversed(groups)}

    def header_of(self, row: Row) -> tuple[ItemKind, bool] | None:
        """The kind of item whose table a row heads, and whether it does so in the form's own words."""
        lines = [text.text for text in row.lines]
        if sum(map(len, lines)) > _LONGEST_HEADING:
            return None
        for kind in self.labels.tables:
            if fold(lines[0][0]) != fold(kind.header[0][0]):
                continue
            if same("".join(lines), "".join(kind.header)):
                return kind, True
            if len(lines) == len(kind.header) and same(lines[0], kind.header[0]) and _are_alike(lines, kind):
                return kind, False
        return None

    def kind_that(self, opens: str) -> ItemKind | None:
        """The kind of item that begins in this way."""
        return next((kind for kind in self.profile.item_kinds.values() if kind.opens == opens), None)

    def role(self, row: Row) -> str:
        """section, group, header, item, mark, number, bullet, part, a field's name, or text."""
        if row.told is not None:
            return row.told.outline
        folded = fold(row.first.text)
        if self.section_of(folded):
            return "section"
        if self.group_of(folded):
            return "group"
        if self.header_of(row):
            return "header"
        if self.labels.mark.match(folded):
            return "mark"
        match = self.labels.field.match(folded)
        if match:
            return self.labels.field_of(match)
        if self.labels.parenthesis.match(folded):
            return "number"
        if self.labels.part is not None and self.labels.part.match(folded):
            return "part"
        return "bullet" if self.labels.bullet.match(folded) else "text"

    @cached_property
    def _roles(self) -> list[str]:
        return [self.role(row) for row in self.rows]

    @cached_property
    def _following(self) -> list[tuple[str, str]]:
        """For each row, the role of the next one that is no text, and of the next label or heading."""
        following = []
        role = label = _END
        for own in reversed(self._roles):
            following.append((role, label))
            role = role if own == "text" else own
            label = label if own == "text" or own in _ITEMS else own
        return following[::-1]

    def next_role(self, at: int) -> str:
        """What the next row that is no text is; "end" where there is none."""
        return self._following[at][0]

    def next_label(self, at: int) -> str:
        """The next label or heading, items aside: a list's signs look like those of items."""
        return self._following[at][1]

    def _is_aside(self, row: Row) -> bool:
        """Whether a table's row may stand between an item's heading and its goal."""
        if row.told is None or not row.told.is_aside:
            return False
        return self.labels.parenthesis.match(fold(row.text)) is None

    def goal_follows(self, at: int) -> bool:
        """Whether the very next row begins with a goal; in a table, the division may come first."""
        at += 1
        while at < len(self.rows) and self._is_aside(self.rows[at]):
            at += 1
        return at < len(self.rows) and self.role(self.rows[at]) == "goal"


def _are_alike(lines: list[str], kind: ItemKind) -> bool:
    return all(map(alike, lines, kind.header))


def says_nothing(folded: str) -> bool:
    """Whether a line says that there is nothing to report: 該当なし, 該当する項目はありません."""
    return squeeze(folded).strip("()（）。") in _NOTHING


_NOTHING = frozenset(
    f"{what}{verb}"
    for what in (
        "該当",
        "該当項目",
        "該当する項目",
        "該当事項",
        "該当する事項",
        "該当事業",
        "該当する事業",
        "対象項目",
    )
    for verb in ("なし", "無し", "はなし", "はありません", "ありません", "はございません")
) | {"なし", "特になし"}
