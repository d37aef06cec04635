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
from jisseki_check.facts.contracts import TABLES
from jisseki_check.profiles import Profile


def of_catalogue(catalogue: Catalogue, profile: Profile) -> dict[str, pa.DataFrameSchema]:
    """The schema of each facts table with all rules of a catalogue, as the profile sets them.

    Validate eager frames: pandera skips checks of the data on a LazyFrame.
    """
    rules = (adjust(rule, profile) for rule in catalogue.rules if rule.judged_by == "facts")
    return schemas(compile_condition(rule) for rule in rules)


def schemas(conditions: Iterable[Condition]) -> dict[str, pa.DataFrameSchema]:
    """The pandera schema of each facts table. A check's name is its rule's code."""
    held = list(conditions)
    out = {}
    for name, table in TABLES.items():
        checks: dict[str, list[pa.Check]] = {}
        for condition in held:
            if condition.table.name == name:
                checks.setdefault(condition.at.name, []).append(_check(condition))
        types = facts.schema(table)
        columns = {
            column.name: pa.Column(types[column.name], checks=checks.get(column.name), nullable=True)
            for column in table.columns
        }
        out[name] = pa.DataFrameSchema(columns, strict=True, name=name)
    return out


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
    by_table = schemas(conditions)
    for name, frame in frames.items():
        held = [condition for condition in conditions if condition.table.name == name]
        violations, crashes = _failures(by_table[name], frame)
        for condition in held:
            code = condition.rule.id
            if code in crashes:
                out[code] = crashes[code]
                continue
            whole = frame.with_columns(condition.applies.alias(" applies"), condition.known.alias(" known"))
            rows = violations.get(code, set())
            violated = pl.Series([row in rows for row in range(frame.height)], dtype=pl.Boolean)
            out[code] = Raw(whole.get_column(" applies"), whole.get_column(" known"), violated)
    return out


def _failures(
    schema: pa.DataFrameSchema, frame: pl.DataFrame
) -> tuple[Mapping[str, set[int]], Mapping[str, Exception]]:
    """The violating rows of each check, and the checks that crashed."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        rows: dict[str, set[int]] = {}
        crashes: dict[str, Exception] = {}
        for error in errors.schema_errors:
            code = getattr(error.check, "name", None) or str(error.check)
            if error.reason_code is SchemaErrorReason.CHECK_ERROR:
                crashes[code] = RuntimeError(str(error.failure_cases))
            elif error.reason_code is SchemaErrorReason.DATAFRAME_CHECK and error.check_output is not None:
                output = error.check_output.get_column(error.check_output.columns[-1])
                rows[code] = set((~output).arg_true().to_list())
            else:
                raise
        return rows, crashes
    return {}, {}
