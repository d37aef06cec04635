"""The fifteen rules in frictionless, over rows in memory.

frictionless takes every module whose name begins with its own for a plug-in; this one's must not.
"""

from __future__ import annotations

import csv
from typing import Any

from frictionless import Checklist, Resource, Schema, checks
from timing import FLOATS, TEXTS, Failures, Spec, measure

_ERRORS = 10_000_000
_CONSTRAINTS = {
    "not_null": ("required",),
    "in_set": ("enum",),
    "between": ("minimum", "maximum"),
    "regex": ("pattern",),
    "length": ("minLength", "maxLength"),
}


def _read(path: str) -> list[list[Any]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _schema(names: list[str], specs: list[Spec]) -> Schema:
    held: dict[str, dict[str, Any]] = {name: {} for name in names}
    for spec in specs:
        constraints = held.get(spec.get("column", ""), {})
        match spec["kind"]:
            case "not_null":
                constraints["required"] = True
            case "in_set":
                constraints["enum"] = spec["values"]
            case "between":
                constraints.update(minimum=spec["least"], maximum=spec["most"])
            case "regex":
                constraints["pattern"] = _whole(spec["pattern"])
            case "length":
                constraints.update(minLength=spec["least"], maxLength=spec["most"])
    keys = next(spec["columns"] for spec in specs if spec["kind"] == "unique")
    fields = [
        {
            "name": name,
            "type": "string" if name in TEXTS else "number" if name in FLOATS else "integer",
            "constraints": constraints,
        }
        for name, constraints in held.items()
    ]
    return Schema.from_descriptor({"fields": fields, "primaryKey": keys})


def _whole(pattern: str) -> str:
    """Its patterns are matched against the whole text; the others' are searched for in it."""
    return pattern if pattern.startswith("^") else rf"[\s\S]*{pattern}[\s\S]*"


def _judge(rows: list[list[Any]], specs: list[Spec]) -> Failures:
    pair = next(spec for spec in specs if spec["kind"] == "at_most")
    column, other = pair["column"], pair["other"]
    formula = f"{column} is None or {other} is None or {column} <= {other}"
    resource = Resource(data=rows, schema=_schema(rows[0], specs))
    checklist = Checklist(checks=[checks.row_constraint(formula=formula)])
    report = resource.validate(checklist, limit_errors=_ERRORS)
    found = [(error.type, getattr(error, "field_name", ""), error.note) for error in report.tasks[0].errors]
    return {spec["id"]: _count(spec, found) for spec in specs}


def _count(spec: Spec, found: list[tuple[str, str, str]]) -> int:
    if spec["kind"] == "unique":
        return sum(kind == "primary-key" for kind, _, _ in found)
    if spec["kind"] == "at_most":
        return sum(kind == "row-constraint" for kind, _, _ in found)
    return sum(
        kind == "constraint-error"
        and name == spec["column"]
        and any(f'"{each}" is ' in note for each in words)
        for kind, name, note in found
        for words in [_CONSTRAINTS[spec["kind"]]]
    )


if __name__ == "__main__":
    measure(_read, _judge)
