"""The fifteen rules in pointblank, over a polars frame."""

from __future__ import annotations

from typing import Any

import pointblank as pb
import polars as pl
from timing import FLOATS, TEXTS, Failures, Spec, measure


def _read(path: str) -> pl.DataFrame:
    kinds: dict[str, Any] = dict.fromkeys(TEXTS, pl.String) | dict.fromkeys(FLOATS, pl.Float64)
    return pl.read_csv(path, schema_overrides=kinds)


def _add(plan: Any, spec: Spec) -> Any:
    column = spec.get("column")
    match spec["kind"]:
        case "unique":
            return plan.rows_distinct(columns_subset=spec["columns"])
        case "not_null":
            return plan.col_vals_not_null(columns=column)
        case "in_set":
            # A set with None in it: a missing value is another rule's business.
            return plan.col_vals_in_set(columns=column, set=[*spec["values"], None])
        case "between":
            return plan.col_vals_between(columns=column, left=spec["least"], right=spec["most"], na_pass=True)
        case "regex":
            return plan.col_vals_regex(columns=column, pattern=spec["pattern"], na_pass=True)
        case "length":
            length = pl.col(column).str.len_chars()
            return plan.col_vals_expr(expr=length.is_between(spec["least"], spec["most"]).fill_null(True))
        case _:
            return plan.col_vals_le(columns=column, value=pb.col(spec["other"]), na_pass=True)


def _judge(frame: pl.DataFrame, specs: list[Spec]) -> Failures:
    plan = pb.Validate(data=frame)
    for spec in specs:
        plan = _add(plan, spec)
    failed = plan.interrogate().n_failed()
    return {spec["id"]: failed[place] for place, spec in enumerate(specs, start=1)}


if __name__ == "__main__":
    measure(_read, _judge)
