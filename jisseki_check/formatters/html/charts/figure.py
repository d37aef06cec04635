"""A chart as the page shows it, and what all charts do with more lines than fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from jisseki_check.fingerprints import name_key
from jisseki_check.formatters.groups import Group

MOST_ROWS = 40  # lines that can still be read on one page; the rest are one line


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart. `head`: of every column; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """`name`: unique on its page. `note`: how to read it, and what it leaves out. `key`: codes of rules that
    it names, with their titles."""

    name: str
    title: str
    svg: Markup
    note: str
    table: Table
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart: what it shows together, or all that has no line of its own."""

    name: str
    groups: tuple[Group, ...]
    is_rest: bool = False


def by_report(held: Sequence[Group]) -> list[Row]:
    return [Row(each.short, (each,)) for each in held]


def by_department(held: Sequence[Group]) -> list[Row]:
    """All that is known of a department together, of whatever year and kind, a report that is missing too;
    what is of no department by itself. Its name is as it is written first."""
    cities: defaultdict[str | None, set[str]] = defaultdict(set)
    for each in held:
        if city := name_key(each.municipality):
            cities[each.department_key].add(city)
    has_several = len(set().union(*cities.values())) > 1
    rows: dict[tuple[str | None, ...], list[Group]] = {}
    for each in held:
        # Nobody read the city of a report that is missing; where only one has such a department, it is that.
        own = cities[each.department_key]
        city = name_key(each.municipality) or (next(iter(own)) if len(own) == 1 else None)
        key = (city if has_several else None, each.department_key) if each.department_key else (each.anchor,)
        rows.setdefault(key, []).append(each)
    return [Row(_name(groups, has_several=has_several), tuple(groups)) for groups in rows.values()]


def _name(groups: Sequence[Group], *, has_several: bool) -> str:
    """`has_several`: there are several cities."""
    if not groups[0].department_key:
        return groups[0].short
    city = next((each.municipality for each in groups if each.municipality), None) if has_several else None
    return " ".join(part for part in (city, groups[0].department) if part)


def shown(rows: list[Row], weight: Callable[[Row], float], noun: str, what: str) -> tuple[list[Row], str]:
    """The lines that a chart has room for, in their order: all, or where they are too many, those of the
    greatest weight and one for the rest; and a sentence that says so. `noun`: what a line is; `what` weighs.
    """
    if len(rows) <= MOST_ROWS:
        return rows, ""
    heaviest = sorted(range(len(rows)), key=lambda at: (-weight(rows[at]), at))[: MOST_ROWS - 1]
    kept = set(heaviest)
    rest = [each for at, each in enumerate(rows) if at not in kept]
    said = (
        f"{noun}が{len(rows):,}あるため、{what}が多い{len(kept):,}の{noun}を1行ずつ、"
        f"残りの{len(rest):,}の{noun}は「ほか」の1行にまとめています。"
    )
    together = Row(
        f"ほか{len(rest):,}の{noun}", tuple(each for row in rest for each in row.groups), is_rest=True
    )
    return [*(rows[at] for at in sorted(kept)), together], said
