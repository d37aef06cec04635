"""The fifteen rules in Great Expectations, over a pandas frame."""

from __future__ import annotations

from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe
from timing import TEXTS, Failures, Spec, measure


def _read(path: str) -> Any:
    frame = pd.read_csv(path, dtype=dict.fromkeys(TEXTS, "object"), keep_default_na=False, na_values=[""])
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("items")
    batches = source.add_dataframe_asset(name="items").add_batch_definition_whole_dataframe("items")
    return batches.get_batch(batch_parameters={"dataframe": frame})


def _expectation(spec: Spec) -> Any:
    column = spec.get("column")
    match spec["kind"]:
        case "unique":
            return gxe.ExpectCompoundColumnsToBeUnique(column_list=spec["columns"])
        case "not_null":
            return gxe.ExpectColumnValuesToNotBeNull(column=column)
        case "in_set":
            return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=spec["values"])
        case "between":
            return gxe.ExpectColumnValuesToBeBetween(
                column=column, min_value=spec["least"], max_value=spec["most"]
            )
        case "regex":
            return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=spec["pattern"])
        case "length":
            return gxe.ExpectColumnValueLengthsToBeBetween(
                column=column, min_value=spec["least"], max_value=spec["most"]
            )
        case _:
            return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=spec["other"],
                column_B=column,
                or_equal=True,
                ignore_row_if="either_value_is_missing",
            )


def _judge(batch: Any, specs: list[Spec]) -> Failures:
    suite = gx.ExpectationSuite(name="items", expectations=[_expectation(spec) for spec in specs])
    result = batch.validate(suite, result_format="BASIC")
    by_place = {_key(each.expectation_config): each.result["unexpected_count"] for each in result.results}
    return {spec["id"]: by_place[_key(_expectation(spec).configuration)] for spec in specs}


def _key(configuration: Any) -> str:
    told = {name: value for name, value in configuration.kwargs.items() if name != "batch_id"}
    return f"{configuration.type} {sorted(told.items(), key=str)}"


if __name__ == "__main__":
    measure(_read, _judge)
