"""`FOLDER SCHEMA RULES`: what a script by hand would do with the two libraries as they are.

Reads each report with `json`, holds it against the schema with `jsonschema`, and the items of all of them
against the fifteen rules with `pandera`. Prints how many faults each found.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from jsonschema import Draft202012Validator
from table_in_pandera import judge

_KINDS = {
    "report": pl.Int64, "item": pl.Int64, "title": pl.String, "mark": pl.String, "result": pl.String,
    "kind": pl.String, "settlement_unit": pl.String, "section": pl.Int64, "initial_yen": pl.Int64,
    "rate": pl.Float64, "number": pl.String, "settlement_yen": pl.Int64,
}  # fmt: skip
_UNITS = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000}


def _rows(number: int, report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in report["items"]:
        stages = {amount["stage"]: amount for amount in item["amounts"]}
        yen = {stage: amount["value"] * _UNITS[amount["unit"]] for stage, amount in stages.items()}
        budget, settlement = yen.get("initial_budget"), yen.get("settlement")
        yield {
            "report": number,
            "item": item["index"],
            "title": item["title"],
            "mark": item["mark"],
            "result": item["result"] or None,
            "kind": item["kind"],
            "settlement_unit": stages["settlement"]["unit"] if settlement is not None else None,
            "section": item["section"],
            "initial_yen": budget,
            "rate": settlement / budget if settlement is not None and budget else None,
            "number": item["number"],
            "settlement_yen": settlement,
        }


def main(folder: str, schema_path: str, rules_path: str) -> None:
    validator = Draft202012Validator(json.loads(Path(schema_path).read_text(encoding="utf-8")))
    faults = 0
    rows: list[dict[str, Any]] = []
    for number, path in enumerate(sorted(Path(folder).rglob("*.json"))):
        report = json.loads(path.read_text(encoding="utf-8"))
        faults += sum(1 for _ in validator.iter_errors(report))
        rows += _rows(number, report)
    failures = judge(pl.DataFrame(rows, schema=_KINDS), json.loads(Path(rules_path).read_text("utf-8")))
    print(json.dumps({"schema": faults, "failures": failures}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
