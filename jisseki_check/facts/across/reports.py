"""Which reports of a run belong together: twins, a year's plan and its results, two years, two departments.

Texts often do not name their city. Reports of one department's name are then those of one city only where
something shows it: the same folder, or their items; 1 788 cities have a 総務部 each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from jisseki_check.facts.across.digests import ReportDigest
from jisseki_check.facts.across.items import Pair, pairs

_HOLDERS = 20  # of one department's name; more in one place, or with one title, are not looked at
_HALF = 0.5
_DATA = frozenset({"csv", "json", "yaml", "yml"})  # written by a program, rather than by hand
_UNKNOWN = "部名か年度が分からないため"
_CUT = "途中で終わっている報告のため"
_COPY = "同じ内容の別の形式のファイルで比べたため"
_TWIN = "同じ部・年度の報告が先にあり、そちらで比べたため"
Key = tuple[str, int, str]
"""Department, fiscal year and kind of a report."""


class _Named(Protocol):
    @property
    def is_prior(self) -> bool: ...

    @property
    def path(self) -> str: ...


Name = tuple[bool, str]
"""Whether a report is read for comparison only, and its path."""


def name_of(report: _Named) -> Name:
    return report.is_prior, report.path


def key_of(report: ReportDigest) -> Key | None:
    """None where the report does not say whose it is, or of which year."""
    if report.department is None or report.fiscal_year is None:
        return None
    return report.department, report.fiscal_year, report.kind


@dataclass(slots=True)
class _Group:
    """The reports of one key, found again by city, folder and titles."""

    members: list[int] = field(default_factory=list)
    by_city: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_folder: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_title: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_titles: defaultdict[frozenset[str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, number: int, report: ReportDigest, titles: frozenset[str]) -> None:
        self.members.append(number)
        places = [self.by_folder[report.folder], self.by_titles[titles]]
        places += [self.by_title[title] for title in titles]
        places += [self.by_city[report.municipality]] if report.municipality is not None else []
        for held in places:
            if len(held) < _HOLDERS:
                held.append(number)


@dataclass(frozen=True, slots=True)
class Whole:
    """What of a whole run bears on a part of its reports: the cities that it knows, the years and kinds of
    its reports. `unfit`: those that are not held against others, and why, by whether they are judged and by
    path; `scopes`: the parts of reports of one year and city, likewise. None where the part's own reports
    show that."""

    cities: frozenset[str]
    years: frozenset[tuple[int | None, str]]
    unfit: Mapping[Name, str] | None = None
    scopes: Sequence[Sequence[Name]] | None = None


class Run:
    """The reports of a run, those to be judged first, each sort by path. `whole`: the run, where these are
    only those of its reports that may have to do with one another."""

    def __init__(self, reports: Iterable[ReportDigest], whole: Whole | None = None) -> None:
        self.reports: tuple[ReportDigest, ...] = tuple(
            # Without the ending, so that 報告 comes before 報告(2).
            sorted(reports, key=lambda each: (each.is_prior, each.folder, each.stem, each.path))
        )
        self._titles = [report.titles for report in self.reports]
        self._groups: defaultdict[Key, _Group] = defaultdict(_Group)
        self.copies: dict[int, int] = {}
        self.twins: dict[int, int] = {}
        self._city: dict[int, str] = {}
        self._pairs: dict[tuple[int, int], Mapping[int, Pair]] = {}
        self._whole = whole
        if whole is None or whole.unfit is None:
            self._find_copies()
            self._group()

    # --- the same report twice -----------------------------------------------------------------

    def _find_copies(self) -> None:
        """What was written out in another format, by the same name, is no second report."""
        same: defaultdict[tuple[str, bool, int], list[int]] = defaultdict(list)
        for number, report in enumerate(self.reports):
            same[report.stem, report.is_prior, report.content].append(number)
        for numbers in same.values():
            first, *others = sorted(numbers, key=lambda each: _ending(self.reports[each]) in _DATA)
            formats = {_ending(self.reports[first])}
            for each in others:
                if _ending(self.reports[each]) not in formats:
                    formats.add(_ending(self.reports[each]))
                    self.copies[each] = first

    def _group(self) -> None:
        for number, report in enumerate(self.reports):
            key = key_of(report)
            if key is None or number in self.copies:
                continue
            group = self._groups[key]
            if not (report.is_prior or report.is_cut):
                same = {
                    each
                    for each in self._alike(number, group, self._same_report)
                    if (self.reports[each].is_revised, self.reports[each].period)
                    == (report.is_revised, report.period)
                }
                leaders = sorted({self.twins.get(each, each) for each in same})
                self._join(number, leaders)
            if report.is_prior or not report.is_cut:
                group.add(number, report, self._titles[number])

    def _join(self, number: int, leaders: Iterable[int]) -> None:
        """Call it the twin of the first of these. A report of an unknown city must not make twins of two
        cities' reports: the first one is of the city that any of its twins names."""
        city = self.reports[number].municipality
        for leader in leaders:
            known = self._city.get(leader)
            if city is None or known is None or city == known:
                self.twins[number] = leader
                break
        if city is not None:
            self._city.setdefault(self.twins.get(number, number), city)

    def _same_report(self, one: int, other: int) -> bool:
        """Of an unknown city, in another folder: whether half of the items of the longer one are those of the
        other, what was planned included. Two cities may well have the same programmes."""
        items, others = self._planned(one), self._planned(other)
        return bool(items) and len(items & others) >= _HALF * max(len(items), len(others))

    def _planned(self, number: int) -> frozenset[tuple[object, ...]]:
        items = self.reports[number].items
        return frozenset((item.title, item.plan) for item in items if item.title)

    def is_judged(self, number: int) -> bool:
        """Whether it is to be held against others: not a second time what is there already."""
        return not (self.reports[number].is_prior or number in self.copies or number in self.twins)

    def unfit(self, number: int) -> str | None:
        """Why a report that is judged is not held against others, in words for people."""
        if self._whole is not None and self._whole.unfit is not None:
            return self._whole.unfit.get(name_of(self.reports[number]))
        if number in self.copies:
            return _COPY
        if number in self.twins:
            return _TWIN
        if self.reports[number].is_cut:
            return _CUT
        return _UNKNOWN if key_of(self.reports[number]) is None else None

    # --- counterparts --------------------------------------------------------------------------

    def counterparts(self, number: int, year: int, kind: str) -> Sequence[int]:
        """The reports of the same department for that year and kind, the likeliest first."""
        department = self.reports[number].department
        group = self._groups.get((department or "", year, kind))
        if department is None or group is None:
            return ()
        found = self._alike(number, group, self._related)
        found.discard(number)
        return sorted(found, key=lambda each: (-self._shared(number, each), self.reports[each].path))

    def only_one(self, number: int, year: int, kind: str) -> int | None:
        """What may be taken for a counterpart though its items do not show it: the only report of the
        department for that year and kind, where the run knows one city at most and there is no second report
        that it could belong to."""
        key = key_of(self.reports[number])
        if key is None or len(self._cities) > 1:
            return None
        there = self._groups[key[0], year, kind].members
        here = [each for each in self._groups[key].members if each not in self.twins]
        return there[0] if len(there) == 1 and len(here) <= 1 and self._may_be_one(number, there[0]) else None

    def paired(self, number: int, other: int) -> Mapping[int, Pair]:
        """The items of a report, by their places, with those of another year's report of its department."""
        key = number, other
        if key not in self._pairs:
            self._pairs[key] = pairs(self.reports[number].items, self.reports[other].items, same_plan=False)
        return self._pairs[key]

    def has(self, year: int, kind: str) -> bool:
        """Whether any report of that year and kind is there."""
        return (year, kind) in self._years

    def _related(self, one: int, other: int) -> bool:
        """Of an unknown city: whether half of the items of the shorter one are those of the other, by their
        titles or by what was planned. Kinds of items that only one of them has do not count."""
        items, others = self.reports[one].items, self.reports[other].items
        both = {item.kind for item in items} & {item.kind for item in others}
        if both:
            items, others = (tuple(each for each in held if each.kind in both) for held in (items, others))
        titles, plans = {item.title for item in others}, {item.plan for item in others if item.plan}
        same = sum(bool(item.title) and (item.title in titles or item.plan in plans) for item in items)
        return same > 0 and same >= _HALF * min(len(items), len(others))

    def _shared(self, one: int, other: int) -> int:
        return len(self._titles[one] & self._titles[other])

    def _alike(self, number: int, group: _Group, by_titles: Callable[[int, int], bool]) -> set[int]:
        """Those of a group that are of the same city for sure, or for all that shows."""
        report, titles = self.reports[number], self._titles[number]
        known = set(group.by_city.get(report.municipality or "", ()))
        found = set(group.by_folder.get(report.folder, ()))
        near = Counter(each for title in titles for each in group.by_title.get(title, ()))
        likely = [each for each, _ in near.most_common(_HOLDERS)] + group.by_titles.get(titles, [])[:1]
        found |= {each for each in likely if by_titles(number, each)}
        return known | {each for each in found if self._may_be_one(number, each)}

    def _may_be_one(self, one: int, other: int) -> bool:
        cities = {self.reports[each].municipality for each in (one, other)} - {None}
        return len(cities) < 2

    @cached_property
    def _cities(self) -> frozenset[str]:
        if self._whole is not None:
            return self._whole.cities
        return frozenset(report.municipality for report in self.reports if report.municipality is not None)

    @cached_property
    def _years(self) -> frozenset[tuple[int | None, str]]:
        if self._whole is not None:
            return self._whole.years
        return frozenset((report.fiscal_year, report.kind) for report in self.reports)

    # --- departments ---------------------------------------------------------------------------

    def neighbourhoods(self) -> Iterator[list[int]]:
        """The reports of one city, year and kind, of each department one; those to be judged first."""
        if self._whole is not None and self._whole.scopes is not None:
            numbers = {name_of(report): number for number, report in enumerate(self.reports)}
            for names in self._whole.scopes:
                yield self._one_each(numbers[name] for name in names)
            return
        held: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for number, report in enumerate(self.reports):
            key = key_of(report)
            if key is not None and (report.is_prior or self.unfit(number) is None):
                held[key[1:]].append(number)
        for members in held.values():
            for scope in self._scopes(members):
                yield self._one_each(scope)

    def _scopes(self, members: Sequence[int]) -> Iterator[list[int]]:
        """Parts of reports of one year that are surely of one city."""
        departments = [(self.reports[each].is_prior, self.reports[each].department) for each in members]
        if len(self._cities) < 2 and len(set(departments)) == len(departments):
            yield list(members)
            return
        scopes: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for each in members:
            report = self.reports[each]
            known = report.municipality is not None
            scopes["city" if known else "folder", report.municipality or report.folder].append(each)
        yield from scopes.values()

    def _one_each(self, scope: Iterable[int]) -> list[int]:
        first: dict[str | None, int] = {}
        for each in scope:
            first.setdefault(self.reports[each].department, each)
        return list(first.values())


def _ending(report: ReportDigest) -> str:
    return report.path.rpartition(".")[2].lower()
