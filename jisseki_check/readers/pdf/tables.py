"""Ruling lines → the grids of tables, with merged cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jisseki_check.readers.pdf.shapes import Rule
from jisseki_check.readers.pdf.work import Work

_SAME = 3.0
_JOIN = 4.5
_TOUCH = 3.5
_WALL = 0.6
_SHORTEST = 4.0
_MOST_RULES = 4_000

Slot = tuple[int, int]
"""A row and a column of a grid."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines: `xs` and `ys` bound its columns and rows. `anchors` gives for every slot the upper
    left slot of the cell that it belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    anchors: dict[Slot, Slot]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def is_box(self) -> bool:
        """Whether it is a frame around a text, and no table."""
        return len(set(self.anchors.values())) == 1

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def anchor(self, x: float, y: float) -> Slot:
        """The cell in which a point lies."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), self.rows - 1)
        column = min(max(bisect_right(self.xs, x) - 1, 0), self.columns - 1)
        return self.anchors[row, column]

    def edges(self, anchor: Slot) -> tuple[float, float]:
        """Where a cell begins and ends, from left to right."""
        row, column = anchor
        end = column
        while end + 1 < self.columns and self.anchors[row, end + 1] == anchor:
            end += 1
        return self.xs[column], self.xs[end + 1]


def find_grids(rules: Sequence[Rule], work: Work) -> list[Grid]:
    """The tables and frames that ruling lines form, from the top; none where there are too many lines for
    a table, as in a drawing."""
    level = _merged(rule for rule in rules if not rule.upright)
    upright = _merged(rule for rule in rules if rule.upright)
    if len(level) + len(upright) > _MOST_RULES:
        return []
    grids = [_grid(group, work) for group in _groups(level, upright)]
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines of one direction; those that lie on one another or continue one another are one."""
    merged: list[Rule] = []
    for cluster in _clusters(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in cluster) / len(cluster)
        held: Rule | None = None
        for rule in sorted(cluster, key=lambda rule: rule.start):
            if held is not None and rule.start <= held.end + _JOIN:
                held = Rule(held.upright, at, held.start, max(held.end, rule.end))
                continue
            if held is not None:
                merged.append(held)
            held = Rule(rule.upright, at, rule.start, rule.end)
        if held is not None:
            merged.append(held)
    return [rule for rule in merged if rule.end - rule.start > _SHORTEST]


def _clusters(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    cluster: list[Rule] = []
    for rule in rules:
        if cluster and rule.at - cluster[0].at > _SAME:
            yield cluster
            cluster = []
        cluster.append(rule)
    if cluster:
        yield cluster


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines that touch one another, directly or by others."""
    heads = list(range(len(level) + len(upright)))

    def head(index: int) -> int:
        while heads[index] != index:
            heads[index] = heads[heads[index]]
            index = heads[index]
        return index

    places = [rule.at for rule in upright]
    for number, rule in enumerate(level):
        first = bisect_left(places, rule.start - _TOUCH)
        for other in range(first, bisect_right(places, rule.end + _TOUCH)):
            if upright[other].start - _TOUCH <= rule.at <= upright[other].end + _TOUCH:
                heads[head(len(level) + other)] = head(number)
    groups: dict[int, list[Rule]] = {}
    for number, rule in enumerate((*level, *upright)):
        groups.setdefault(head(number), []).append(rule)
    for group in groups.values():
        if any(rule.upright for rule in group) and sum(not rule.upright for rule in group) >= 2:
            yield group


@dataclass(slots=True)
class _Walls:
    """Which of a grid's lines are drawn, by their place and the stretch that they cover."""

    at: list[float]
    drawn: dict[int, list[Rule]] = field(default_factory=dict)

    def add(self, rule: Rule) -> None:
        self.drawn.setdefault(_nearest(self.at, rule.at), []).append(rule)

    def stands(self, index: int, start: float, end: float) -> bool:
        """Whether the line of that index parts what lies on both sides of it between two points."""
        covered = sum(
            max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in self.drawn.get(index, ())
        )
        return covered >= _WALL * (end - start)


def _grid(rules: Sequence[Rule], work: Work) -> Grid | None:
    """The outer sides of a table count as drawn: many forms leave them open."""
    level = [rule for rule in rules if not rule.upright]
    upright = [rule for rule in rules if rule.upright]
    xs = _places([rule.at for rule in upright], [x for rule in level for x in (rule.start, rule.end)])
    ys = _places([rule.at for rule in level], [y for rule in upright for y in (rule.start, rule.end)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    work.spend((len(xs) - 1) * (len(ys) - 1))
    across, down = _Walls(xs), _Walls(ys)
    for rule in upright:
        across.add(rule)
    for rule in level:
        down.add(rule)
    return Grid(tuple(xs), tuple(ys), _anchors(xs, ys, across, down))


def _places(lines: Sequence[float], ends: Sequence[float]) -> list[float]:
    """The lines of one direction, and the outer sides where no line stands."""
    places: list[float] = []
    for place in sorted((*lines, min(ends), max(ends))):
        if not places or place - places[-1] > _SAME:
            places.append(place)
    return places


def _nearest(places: Sequence[float], at: float) -> int:
    return min(range(len(places)), key=lambda index: abs(places[index] - at))


def _anchors(xs: Sequence[float], ys: Sequence[float], across: _Walls, down: _Walls) -> dict[Slot, Slot]:
    """Slots without a line between them are one cell, as long as that is a rectangle."""
    rows, columns = len(ys) - 1, len(xs) - 1
    anchors: dict[Slot, Slot] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in anchors:
                continue
            right = column + 1
            while right < columns and (row, right) not in anchors:
                if across.stands(right, ys[row], ys[row + 1]):
                    break
                right += 1
            below = row + 1
            while below < rows and _opens(below, column, right, xs, ys, across, down):
                below += 1
            anchors |= {(r, c): (row, column) for r in range(row, below) for c in range(column, right)}
    return anchors


def _opens(
    row: int, column: int, right: int, xs: Sequence[float], ys: Sequence[float], across: _Walls, down: _Walls
) -> bool:
    """Whether a cell goes on into the row: no line above it, none within, and one at its end."""
    above = (down.stands(row, xs[at], xs[at + 1]) for at in range(column, right))
    within = (across.stands(at, ys[row], ys[row + 1]) for at in range(column + 1, right))
    if any(above) or any(within):
        return False
    last = right == len(xs) - 1
    first = column == 0
    closed_right = last or across.stands(right, ys[row], ys[row + 1])
    return closed_right and (first or across.stands(column, ys[row], ys[row + 1]))
