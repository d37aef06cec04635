"""The fifteen rules, and how ours say them. Null never violates a rule, but for the rules that forbid it."""

from __future__ import annotations

from typing import Any

from jisseki_check.model import Rule, Severity

Spec = dict[str, Any]

MARKS = ["◎", "○", "△", "×"]
KINDS = ["priority", "reform", "improvement", "bullet"]
SPECS: tuple[Spec, ...] = (
    {"id": "BEN101", "kind": "unique", "columns": ["report", "item"]},
    {"id": "BEN102", "kind": "not_null", "column": "title"},
    {"id": "BEN103", "kind": "not_null", "column": "mark"},
    {"id": "BEN104", "kind": "not_null", "column": "result"},
    {"id": "BEN105", "kind": "in_set", "column": "mark", "values": MARKS},
    {"id": "BEN106", "kind": "in_set", "column": "kind", "values": KINDS},
    {"id": "BEN107", "kind": "in_set", "column": "settlement_unit", "values": ["千円"]},
    {"id": "BEN108", "kind": "between", "column": "section", "least": 1, "most": 4},
    {"id": "BEN109", "kind": "between", "column": "initial_yen", "least": 1_000_000, "most": 30_000_000},
    {"id": "BEN110", "kind": "between", "column": "rate", "least": 0.5, "most": 1.0},
    {"id": "BEN111", "kind": "regex", "column": "number", "pattern": "^[1-9][0-9]*(-[1-9][0-9]*)?$"},
    {"id": "BEN112", "kind": "regex", "column": "result", "pattern": "[0-9]"},
    {"id": "BEN113", "kind": "length", "column": "title", "least": 3, "most": 80},
    {"id": "BEN114", "kind": "length", "column": "result", "least": 150, "most": 800},
    {"id": "BEN115", "kind": "at_most", "column": "settlement_yen", "other": "initial_yen"},
)
COLUMNS = (
    "report", "item", "title", "mark", "result", "kind", "settlement_unit", "section", "initial_yen", "rate",
    "number", "settlement_yen",
)  # fmt: skip

_SAYS = {
    "unique": "COUNT(*) OVER (PARTITION BY {first}, {second}) > 1",
    "not_null": "{column} IS NULL",
    "in_set": "{column} NOT IN ({listed})",
    "between": "{column} NOT BETWEEN {least} AND {most}",
    "regex": "NOT REGEXP_LIKE({column}, '{pattern}')",
    "length": "CHAR_LENGTH({column}) NOT BETWEEN {least} AND {most}",
    "at_most": "{column} > {other}",
}


def ours() -> list[Rule]:
    """The fifteen as rules of this tool over its table of items."""
    return [_rule(spec) for spec in SPECS]


def _rule(spec: Spec) -> Rule:
    told = dict(spec)
    if spec["kind"] == "unique":
        told["first"], told["second"] = spec["columns"]
    if spec["kind"] == "in_set":
        told["listed"] = ", ".join(f"'{value}'" for value in spec["values"])
    return Rule(
        id=spec["id"],
        name="benchmark",
        title="計測",
        level=Severity.ERROR,
        message="計測",
        fix="計測",
        why="計測",
        basis=(),
        table="items",
        at="title",
        violated_when=_SAYS[spec["kind"]].format(**told),
    )
