"""The order in which a report's headings and items stand on the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.model import Item, Report
from jisseki_check.profiles import Profile
from jisseki_check.writers.printed import section_line

NOTHING = "該当なし"


@dataclass(frozen=True, slots=True)
class Heading:
    """`level`: 1 a section, 2 a group within it. `empty`: the report says that nothing stands below it."""

    text: str
    level: int
    empty: bool = False


def outline(report: Report, profile: Profile) -> Iterator[Heading | Item]:
    """Headings and items in the order of the items. Sections that were read without items stand where the
    form has them."""
    empty = _Empty(report, profile)
    section: tuple[int | None, str | None] = (None, None)
    group: str | None = None
    for item in report.items:
        if (item.section, item.section_title) != section:
            section, group = (item.section, item.section_title), None
            yield from empty.before(*section)
            if any(section):
                yield Heading(section_line(*section, profile), 1)
        if item.group != group:
            group = item.group
            if group:
                yield Heading(group, 2)
        yield item
    yield from empty.rest()


class _Empty:
    """The sections without items that a report speaks of, in the form's order, each given once."""

    def __init__(self, report: Report, profile: Profile) -> None:
        told = {each.read_as for each in report.remarks if each.kind == "section"}
        self._waiting = [section for section in profile.sections if section.title in told]
        self._profile = profile
        # Below the last heading of a text that was cut off, nobody knows what stood.
        self._is_whole = not any(each.kind == "truncated" for each in report.remarks)

    def before(self, number: int | None, title: str | None) -> Iterator[Heading]:
        """Those that stand above the section of that number and title."""
        order = [(section.number, section.title) for section in self._profile.sections]
        place = order.index((number, title)) if number and title and (number, title) in order else 0
        yield from self._until(place)

    def rest(self) -> Iterator[Heading]:
        yield from self._until(len(self._profile.sections))

    def _until(self, place: int) -> Iterator[Heading]:
        sections = self._profile.sections
        while self._waiting and sections.index(self._waiting[0]) < place:
            section = self._waiting.pop(0)
            text = section_line(section.number, section.title, self._profile)
            yield Heading(text, 1, self._is_whole)
