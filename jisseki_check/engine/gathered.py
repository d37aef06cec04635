"""What a whole run has found, put together from its parts; what grows with the files is on shelves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice
from operator import eq
from typing import Generic, TypeVar, overload

from jisseki_check.engine import findings as births
from jisseki_check.engine.finding_order import in_order
from jisseki_check.engine.kept import KeptReports
from jisseki_check.engine.part import PackedPart, Part
from jisseki_check.engine.shelf import Shelf
from jisseki_check.model import Finding, Input, ReportFigures

_T = TypeVar("_T")


class Gathered:
    """`part`: what stays small, and what is found of the whole run: files that are not there, reports held
    against one another."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.kept = KeptReports()
        self._inputs: Shelf[Input] = Shelf()
        self._findings: Shelf[Finding] = Shelf()
        self._figures: Shelf[ReportFigures] = Shelf()
        self._by_items: set[str] = set()

    def add(self, packed: PackedPart) -> None:
        """Takes in what was found in files that come, by name, after those before."""
        self.part.add(packed.part)
        self.kept.put(packed.kept)
        self._inputs.put(packed.inputs)
        self._findings.put(packed.findings)
        self._figures.put(packed.figures)
        self._by_items.update(packed.docx)

    def inputs(self) -> Sequence[Input]:
        """By path; those that were checked, or were to be."""
        more = sorted(self.part.inputs, key=_path_of_input)
        return _Merged(self._inputs, more, _path_of_input).at_hand()

    def findings(self) -> Sequence[Finding]:
        """By path, place and rule."""
        formats = dict.fromkeys(self._by_items, "docx")
        more = births.explained(births.finish(self.part.findings, formats), self.part.explanations)
        merged = _Merged(self._findings, more, _path_of_finding, lambda held: in_order(held, formats))
        return merged.at_hand()

    def found(self) -> Iterator[Finding]:
        """What was found in the files by themselves."""
        return iter(self._findings)

    def figures(self) -> Sequence[ReportFigures]:
        """By path, those that are read for comparison only behind the one of that path that is judged."""
        return _Merged(self._figures, (), _path_of_figures, _judged_first)


class _Merged(Sequence[_T], Generic[_T]):
    """A shelf and what was found later, both by path, as one. `in_order`: of what has one path."""

    def __init__(
        self,
        shelf: Shelf[_T],
        more: Sequence[_T],
        path: Callable[[_T], str],
        in_order: Callable[[list[_T]], list[_T]] = lambda held: held,
    ) -> None:
        self._shelf = shelf
        self._more = more
        self._path = path
        self._in_order = in_order

    def at_hand(self) -> Sequence[_T]:
        """The same in memory, where there is room for it."""
        return self if self._shelf.is_filed else tuple(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self._shelf) + len(self._more)

    def __iter__(self) -> Iterator[_T]:
        both = merge(self._shelf, self._more, key=self._path)
        for _, held in groupby(both, key=self._path):
            yield from self._in_order(list(held))

    @overload
    def __getitem__(self, place: int) -> _T: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[_T]: ...

    def __getitem__(self, place: int | slice) -> _T | Sequence[_T]:
        if isinstance(place, slice):
            return list(self)[place]
        at = place + len(self) if place < 0 else place
        for entry in islice(self, at, None) if at >= 0 else ():
            return entry
        raise IndexError(place)


def _path_of_input(each: Input) -> str:
    return each.path


def _path_of_finding(each: Finding) -> str:
    return each.location.path or ""


def _path_of_figures(each: ReportFigures) -> str:
    return each.path


def _judged_first(held: list[ReportFigures]) -> list[ReportFigures]:
    return sorted(held, key=lambda each: each.prior)
