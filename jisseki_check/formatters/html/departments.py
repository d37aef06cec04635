"""What was found in all reports of a department together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.formatters.groups import STATES, Group
from jisseki_check.formatters.html.charts.figure import Row, by_department
from jisseki_check.model import Severity


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """`state`: the worst of its reports'. `clean`: reports in which there is no finding. `new`: findings that
    count, by level; `excepted`: the others. `blocked`: rows left out because of other findings; None where
    nobody counted. `anchors`: of its reports in which there are findings."""

    name: str
    state: tuple[str, str]
    reports: int
    clean: int
    items: int
    new: Mapping[Severity, int]
    excepted: int
    blocked: int | None
    anchors: tuple[str, ...]


def departments(held: Sequence[Group]) -> list[DepartmentRow]:
    """In the order in which they come up; none where each has but one report."""
    rows = by_department(held)
    return [_row(each) for each in rows] if len(rows) < len(held) else []


def _row(row: Row) -> DepartmentRow:
    counted = [each.judged[1] for each in row.groups if each.judged is not None]
    return DepartmentRow(
        name=row.name,
        state=min((each.state for each in row.groups), key=lambda state: STATES.index(state[0])),
        reports=sum(each.figures is not None for each in row.groups),
        clean=sum(each.state[0] == "clean" and not each.excepted for each in row.groups),
        items=sum(each.items for each in row.groups),
        new=sum((Counter(each.new) for each in row.groups), Counter()),
        excepted=sum(each.excepted for each in row.groups),
        blocked=sum(counted) if counted else None,
        anchors=tuple(each.anchor for each in row.groups if each.findings),
    )
