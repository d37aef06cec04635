"""The tables that hold one report against another, of all reports of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import polars as pl

from jisseki_check import facts
from jisseki_check.facts.across.departments import department_rows
from jisseki_check.facts.across.plans import plan_rows
from jisseki_check.facts.across.reports import Run
from jisseki_check.facts.across.twins import twin_rows
from jisseki_check.facts.across.years import target_rows, year_rows
from jisseki_check.facts.contracts import TABLES, Table

_ORDER = ("report", "item", "absent")
_BARE = frozenset(_ORDER)

BUILDERS: dict[str, Callable[[Run], Iterator[dict[str, Any]]]] = {
    "across_reports": twin_rows,
    "across_plans": plan_rows,
    "across_years": year_rows,
    "across_targets": target_rows,
    "across_departments": department_rows,
}


def tables(run: Run) -> dict[str, pl.DataFrame]:
    """The facts of a run, by table; `report` in each is the place in `run.reports`."""
    return {name: table(name, run) for name in BUILDERS}


def table(name: str, run: Run) -> pl.DataFrame:
    """One of them."""
    return _frame(TABLES[name], BUILDERS[name](run))


def _frame(table: Table, rows: Iterator[dict[str, Any]]) -> pl.DataFrame:
    """The table's frame. Of most rows of a large run there is nothing but that they have no counterpart."""
    full: list[dict[str, Any]] = []
    bare: list[dict[str, Any]] = []
    for row in rows:
        (bare if row.keys() == _BARE else full).append(row)
    types = facts.schema(table)
    alone = pl.DataFrame({name: [row[name] for row in bare] for name in _ORDER}, schema=_of(types))
    whole = pl.concat([facts.frame(table, full), alone], how="diagonal")
    return whole.select(list(types)).sort("report", "item", maintain_order=True, nulls_last=True)


def _of(types: Mapping[str, Any]) -> dict[str, Any]:
    return {name: types[name] for name in _ORDER}
