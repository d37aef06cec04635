"""A chart as the page shows it, and what all charts do with more reports than fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

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
    """`name`: unique on its page. `note`: how to read it, and what it leaves out."""

    name: str
    title: str
    svg: Markup
    note: str
    table: Table


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart: one report, or all those that have none of their own."""

    name: str
    groups: tuple[Group, ...]
    is_rest: bool = False


def rows_of(held: Sequence[Group], weight: Callable[[Group], float], what: str) -> tuple[list[Row], str]:
    """The lines of a chart, in the order of the reports: one each, or where they are too many, one each for
    those of the greatest weight and one for the rest; and a sentence that says so. `what` weighs."""
    if len(held) <= MOST_ROWS:
        return [Row(each.short, (each,)) for each in held], ""
    heaviest = sorted(range(len(held)), key=lambda at: (-weight(held[at]), at))[: MOST_ROWS - 1]
    kept = set(heaviest)
    rest = tuple(each for at, each in enumerate(held) if at not in kept)
    rows = [Row(held[at].short, (held[at],)) for at in sorted(kept)]
    said = (
        f"報告が{len(held):,}件あるため、{what}が多い{len(rows):,}件を1行ずつ、"
        f"残りの{len(rest):,}件は「ほか」の1行にまとめています。"
    )
    return [*rows, Row(f"ほか{len(rest):,}件の報告", rest, is_rest=True)], said
