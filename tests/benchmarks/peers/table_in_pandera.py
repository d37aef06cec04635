"""The fifteen rules in pandera by its own built-in checks, over a polars frame."""

from __future__ import annotations

from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors
from timing import FLOATS, TEXTS, Failures, Spec, measure


def read(path: str) -> pl.DataFrame:
    kinds: dict[str, Any] = dict.fromkeys(TEXTS, pl.String) | dict.fromkeys(FLOATS, pl.Float64)
    return pl.read_csv(path, schema_overrides=kinds)


def _check(spec: Spec) -> pa.Check | None:
    name = {"name": spec["id"], "error": spec["id"]}
    match spec["kind"]:
        case "in_set":
            return pa.Check.isin(spec["values"], **name)
        case "between":
            return pa.Check.in_range(spec["least"], spec["most"], **name)
        case "regex":
            return pa.Check.str_contains(spec["pattern"], **name)
        case "length":
            return pa.Check.str_length(spec["least"], spec["most"], **name)
        case "not_null":
            return pa.Check(
                lambda data: data.lazyframe.select(pl.col(data.key).is_not_null()), ignore_na=False, **name
            )
        case "at_most":
            other = spec["other"]
            return pa.Check(
                lambda data: data.lazyframe.select((pl.col(data.key) <= pl.col(other)).fill_null(True)),
                **name,
            )
    return None


def judge(frame: pl.DataFrame, specs: list[Spec]) -> Failures:
    checks: dict[str, list[pa.Check]] = {name: [] for name in frame.columns}
    keys: list[str] = []
    for spec in specs:
        check = _check(spec)
        if check is None:
            keys, key_rule = spec["columns"], spec["id"]
        else:
            checks[spec["column"]].append(check)
    schema = pa.DataFrameSchema(
        {name: pa.Column(kind, checks[name], nullable=True) for name, kind in frame.schema.items()},
        unique=keys,
    )
    out = dict.fromkeys((spec["id"] for spec in specs), 0)
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            code = getattr(error.check, "name", None) or key_rule
            out[code] += error.failure_cases.height
    return out


if __name__ == "__main__":
    measure(read, judge)
