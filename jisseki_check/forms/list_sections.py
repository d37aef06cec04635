"""Which section or group of the form a list speaks of: by its title, its number or a part of its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.forms.labels import ROMAN, Labels, same
from jisseki_check.forms.outline import Outline
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Group, Profile, Section

_NUMBER = re.compile(rf"第?([0-9]{{1,2}}|[{ROMAN}])(?:節|章|部)?[.、．]?")
_LEAD = re.compile(rf"^(?:第?(?:[0-9]{{1,2}}|[{ROMAN}])(?:節|章)?[.、．:)]?|[◆■●◇・【(\[])+|[】)\]]+$")
_LEAST = 2
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class FormPart:
    """A section of the form, and a group of it where that is meant."""

    section: Section | None
    group: Group | None = None


class FormParts:
    """The sections and groups of one form."""

    def __init__(self, profile: Profile, labels: Labels) -> None:
        self._profile = profile
        self._outline = Outline((), profile, labels)
        self._known: dict[str, FormPart | None] = {}

    def of_heading(self, text: str) -> FormPart | None:
        """The part that a text heads in the form's own words."""
        folded = fold(text).strip()
        if len(folded) > _LONGEST:
            return None
        group = self._outline.group_of(folded)
        if group is not None:
            return self._with_section(group)
        section = self._outline.section_of(folded)
        return None if section is None else FormPart(section[0])

    def of_value(self, text: str) -> FormPart | None:
        """The part that a word in a column names: 「1」「重点施策」「改革課題」."""
        if text not in self._known:
            self._known[text] = self.of_heading(text) or self._named(squeeze(fold(text)))
        return self._known[text]

    def of_kind(self, kind: str) -> FormPart | None:
        """Where items of that kind stand, if they stand in one place only."""
        places = [
            *(FormPart(section) for section in self._profile.sections if section.kind == kind),
            *(self._with_section(group) for group in self._groups() if group.kind == kind),
        ]
        return places[0] if len(places) == 1 else None

    def _groups(self) -> Iterator[Group]:
        for section in self._profile.sections:
            yield from section.groups

    def _with_section(self, group: Group) -> FormPart:
        section = next((each for each in self._profile.sections if group in each.groups), None)
        return FormPart(section, group)

    def _named(self, word: str) -> FormPart | None:
        if len(word) > _LONGEST:
            return None
        number = _NUMBER.fullmatch(word)
        if number is not None:
            wanted = ROMAN.index(number[1]) + 1 if number[1] in ROMAN else int(number[1])
            return next((FormPart(each) for each in self._profile.sections if each.number == wanted), None)
        word = _LEAD.sub("", word)
        for kind in self._profile.item_kinds.values():
            if any(same(word, title) for title in (kind.title, *kind.header[:1])):
                return self.of_kind(kind.name)
        return self._by_title(word) if len(word) >= _LEAST else None

    def _by_title(self, word: str) -> FormPart | None:
        """The part whose title begins with the word, or that alone holds it or stands in it."""
        places = [FormPart(section) for section in self._profile.sections]
        places += map(self._with_section, self._groups())
        titles = [(_title(place), place) for place in places]
        begun = [place for title, place in titles if title.startswith(word)]
        held = [place for title, place in titles if word in title or title in word]
        return begun[0] if begun else held[0] if len(held) == 1 else None


def _title(part: FormPart) -> str:
    held = part.group or part.section
    return squeeze(fold(held.title)) if held is not None else ""
