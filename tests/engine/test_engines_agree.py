"""The public pandera schemas and the engine's one select find the same rows, whatever the frames hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check import catalogue, facts, profiles
from jisseki_check.engine import judge, pandera_schemas
from jisseki_check.engine.conditions import adjust, compile_condition
from jisseki_check.facts.contracts import TABLES, Table

PROFILE = profiles.load("hirakata")
CONDITIONS = [
    compile_condition(adjust(rule, PROFILE)) for rule in catalogue.load().rules if rule.judged_by == "facts"
]
WORDS = [
    "", "total", "target", "none", "unread", "lenient", "repeated", "mark", "look-alike", "several", "absent",
    "number", "malformed", "settlement", "initial_budget", "done", "future", "千円", "円", "計画",
    "spelling", "near", "confused", "homophone", "digits", "style", "quotes", "figure", "date",
]  # fmt: skip
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "int": st.sampled_from([-1000, 0, 1, 2, 3, 10, 999, 1000, 490_000, 462_000, 4_620_000, 490_000_000]),
    "float": st.sampled_from([0.0, 0.2, 0.5, 0.79, 0.8, 0.94, 0.95, 1.0, 1.5, 942.9]),
    "str": st.sampled_from(WORDS),
    "bool": st.booleans(),
    "date": st.sampled_from(
        [dt.date(2017, 3, 31), dt.date(2017, 4, 1), dt.date(2018, 3, 31), dt.date(2018, 4, 1)]
    ),
    "spots": st.sampled_from(["1:result:0:4", "1:goal:2:9 3:result::"]),
}


@st.composite
def frames(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Every table, filled with what its columns may hold, nulls among it."""
    return {name: draw(_frame(table)) for name, table in TABLES.items()}


def _frame(table: Table) -> st.SearchStrategy[pl.DataFrame]:
    row = st.fixed_dictionaries({column.name: st.none() | VALUES[column.type] for column in table.columns})
    return st.lists(row, max_size=6).map(lambda rows: facts.frame(table, rows))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(frames())
def test_both_engines_find_the_same_rows(held: dict[str, pl.DataFrame]) -> None:
    local = judge.evaluate(held, CONDITIONS)
    by_pandera = pandera_schemas.validate(held, CONDITIONS)
    for condition in CONDITIONS:
        code = condition.rule.id
        one, other = local[code], by_pandera[code]
        assert isinstance(one, judge.Raw)
        assert isinstance(other, judge.Raw)
        assert one.applies.to_list() == other.applies.to_list(), code
        assert one.known.to_list() == other.known.to_list(), code
        assert one.violated.to_list() == other.violated.to_list(), code
