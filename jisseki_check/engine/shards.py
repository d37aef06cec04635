"""Which reports of a long run may have to do with one another: they are looked at together, the others not,
so that the time grows with the reports and not with their pairs."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from jisseki_check.engine.heads import Head
from jisseki_check.engine.kept import KeptReports
from jisseki_check.facts.across.reports import Name, Run, Whole, name_of

_AT_ONCE = 500  # reports whose texts are held in memory
_BY_DEPARTMENT = ("across_reports", "across_plans", "across_years", "across_targets")
_BY_CITY = ("across_departments",)


@dataclass(frozen=True, slots=True)
class Shard:
    """Reports, by their numbers, the tables that these make without the others, and what of the whole run
    bears on them."""

    numbers: Sequence[int]
    tables: Sequence[str]
    whole: Whole | None = None


def runs_of(kept: KeptReports, shards: Shards) -> Iterator[tuple[Shard, Run]]:
    """The shards of what a run has kept, each with its reports put together."""
    for shard in shards:
        run = Run(kept.reports(shard.numbers), shard.whole)
        for number, report in enumerate(run.reports):
            why = None if report.is_prior else run.unfit(number)
            if why is not None:
                shards.leave_out(name_of(report), why)
        yield shard, run
        del run  # it is large, and the next one as well


class Shards:
    """Those of a run. First go those by department; what they show of each report that is not to be held
    against others must be told (`leave_out`) before those by city are asked for."""

    def __init__(self, heads: Sequence[Head], at_once: int = _AT_ONCE) -> None:
        self._heads = heads
        self._at_once = at_once
        self._unfit: dict[Name, str] = {}
        cities = frozenset(head.municipality for head in heads if head.municipality is not None)
        self._whole = Whole(cities, frozenset((head.fiscal_year, head.kind) for head in heads))

    def leave_out(self, name: Name, why: str) -> None:
        self._unfit[name] = why

    def __iter__(self) -> Iterator[Shard]:
        if len(self._heads) <= self._at_once:
            yield Shard(range(len(self._heads)), (*_BY_DEPARTMENT, *_BY_CITY))
            return
        for numbers in self._bundled(self._departments()):
            yield Shard([each for held in numbers for each in held], _BY_DEPARTMENT, self._whole)
        for scopes in self._bundled(self._scopes()):
            names = [
                [name_of(self._heads[each]) for each in held if self._is_fit(self._heads[each])]
                for held in scopes
            ]
            whole = Whole(self._whole.cities, self._whole.years, self._unfit, names)
            yield Shard([each for held in scopes for each in held], _BY_CITY, whole)

    def _bundled(self, groups: Iterable[list[int]]) -> Iterator[list[list[int]]]:
        """Groups together, as many as can be held at once."""
        bundle: list[list[int]] = []
        count = 0
        for group in groups:
            if bundle and count + len(group) > self._at_once:
                yield bundle
                bundle, count = [], 0
            bundle.append(group)
            count += len(group)
        if bundle:
            yield bundle

    def _departments(self) -> Iterable[list[int]]:
        """Reports of one department's name, of one city where all say theirs; and copies of one report."""
        nameless = {head.department for head in self._heads if head.municipality is None}
        apart = len(self._whole.cities) > 1
        departments, copies = array("q"), array("q")
        for number, head in enumerate(self._heads):
            is_known = apart and head.department not in nameless
            key = (head.department, head.municipality if is_known else None) if _is_named(head) else number
            # To look at two reports together whose hashes are the same by chance does no harm.
            departments.append(hash(key))
            copies.append(hash((head.stem, head.is_prior, head.content)))
        return _joined(departments, copies)

    def _scopes(self) -> Iterator[list[int]]:
        """Reports of one year and kind that are surely of one city; last those that belong to none."""
        by_year: defaultdict[Hashable, array[int]] = defaultdict(lambda: array("L"))
        others = array("L")
        for number, head in enumerate(self._heads):
            is_fit = self._is_fit(head)
            (by_year[head.fiscal_year, head.kind] if is_fit else others).append(number)
        for members in by_year.values():
            for scope in self._of_one_city(members):
                yield sorted(scope, key=lambda each: _place(self._heads[each]))
        yield from ([each] for each in others)

    def _of_one_city(self, members: Sequence[int]) -> Iterable[Sequence[int]]:
        departments = {(head.is_prior, head.department) for head in map(self._heads.__getitem__, members)}
        if len(self._whole.cities) < 2 and len(departments) == len(members):
            return [members]
        scopes: defaultdict[Hashable, array[int]] = defaultdict(lambda: array("L"))
        for each in members:
            head = self._heads[each]
            is_known = head.municipality is not None
            scopes["city" if is_known else "folder", head.municipality or head.folder].append(each)
        return scopes.values()

    def _is_fit(self, head: Head) -> bool:
        return _is_named(head) and (head.is_prior or name_of(head) not in self._unfit)


def _is_named(head: Head) -> bool:
    return head.department is not None and head.fiscal_year is not None


def _place(head: Head) -> tuple[bool, str, str, str]:
    """As `Run` has them: the first of two is the one that the other is held against."""
    return head.is_prior, head.folder, head.stem, head.path


def _joined(*columns: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the rows in groups: two that have the same in one of the columns are in one."""
    parents = array("L", range(len(columns[0])))

    def top(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for column in columns:
        for one, other in pairwise(sorted(range(len(column)), key=column.__getitem__)):
            if column[one] == column[other]:
                first, second = sorted((top(one), top(other)))
                parents[second] = first
    for _, held in groupby(sorted(range(len(parents)), key=top), key=top):
        yield list(held)
