"""The rules as pandera schemas, one a facts table: each rule is a check on the column its finding points at.

They are the rules' public definition, for notebooks and pipelines. The engine runs the same expressions
in one select a table, which gives the same rows and is faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.errors import SchemaErrorReason, SchemaErrors

from jisseki_check import facts
from jisseki_check.catalogue import Catalogue
from jisseki_check.engine.conditions import Condition, adjust, compile_condition
from jisseki_check.engine.judge import Frames, Raw
from jisseki_check.facts.contracts import TABLES, Table
from jisseki_check.profiles import Profile


def of_catalogue(catalogue: Catalogue, profile: Profile) -> dict[str, pa.DataFrameSchema]:
    """The schema of each facts table with all rules of a catalogue, as the profile sets them.

    Validate eager frames: pandera skips checks of the data on a LazyFrame.
    """
    rules = (adjust(rule, profile) for rule in catalogue.rules if rule.judged_by == "facts")
    return schemas(compile_condition(rule) for rule in rules)


def schemas(conditions: Iterable[Condition]) -> dict[str, pa.DataFrameSchema]:
    """The pandera schema of each facts table. A check's name is its rule's code."""
    held: dict[str, list[Condition]] = {name: [] for name in TABLES}
    for condition in conditions:
        held[condition.table.name].append(condition)
    return {name: _schema(TABLES[name], own) for name, own in held.items()}


def _schema(table: Table, conditions: Iterable[Condition]) -> pa.DataFrameSchema:
    checks: dict[str, list[pa.Check]] = {}
    for condition in conditions:
        checks.setdefault(condition.at.name, []).append(_check(condition))
    types = facts.schema(table)
    columns = {
        column.name: pa.Column(types[column.name], checks=checks.get(column.name), nullable=True)
        for column in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True, name=table.name)


def _check(condition: Condition) -> pa.Check:
    # A null in the column itself may be the fault (a missing title), so nulls are not passed over.
    return pa.Check(
        _holds(condition.violated), name=condition.rule.id, error=condition.rule.id, ignore_na=False
    )


def _holds(violated: pl.Expr) -> Callable[[PolarsData], pl.LazyFrame]:
    return lambda data: data.lazyframe.select(~violated)


def validate(frames: Frames, conditions: Sequence[Condition]) -> dict[str, Raw | Exception]:
    """What the conditions say of the frames' rows, found by pandera itself."""
    out: dict[str, Raw | Exception] = {}
    for name, frame in frames.items():
        held = [condition for condition in conditions if condition.table.name == name]
        violations, crashes = _failures(_schema(TABLES[name], held), frame)
        for condition in held:
            code = condition.rule.id
            if code in crashes:
                out[code] = crashes[code]
                continue
            violated = violations.get(code)
            if violated is None:
                violated = pl.repeat(value=False, n=frame.height, eager=True)
            out[code] = Raw(*_reach(frame, condition), violated)
    return out


def _reach(frame: pl.DataFrame, condition: Condition) -> tuple[pl.Series, pl.Series]:
    """The rows that the condition applies to, and those of which it knows enough."""
    whole = frame.with_columns(condition.applies.alias(" applies"), condition.known.alias(" known"))
    return whole.get_column(" applies"), whole.get_column(" known")


def _failures(
    schema: pa.DataFrameSchema, frame: pl.DataFrame
) -> tuple[Mapping[str, pl.Series], Mapping[str, Exception]]:
    """Of each check that failed which rows violate it, and the checks that crashed."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        violations: dict[str, pl.Series] = {}
        crashes: dict[str, Exception] = {}
        for error in errors.schema_errors:
            code = getattr(error.check, "name", None) or str(error.check)
            if error.reason_code is SchemaErrorReason.CHECK_ERROR:
                crashes[code] = RuntimeError(str(error.failure_cases))
            elif error.reason_code is SchemaErrorReason.DATAFRAME_CHECK and error.check_output is not None:
                violations[code] = ~error.check_output.get_column(error.check_output.columns[-1])
            else:
                raise
        return violations, crashes
    return {}, {}
