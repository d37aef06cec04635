"""`python -m tests.benchmarks.table.ours ITEMS.parquet ENGINE TIMES`: our rules over the table of items.

Prints the failures of each rule, and the seconds of each time from the rules to their failures.
"""

from __future__ import annotations

import json
import sys
import time

import polars as pl

from jisseki_check.engine.conditions import compile_condition
from jisseki_check.engine.judge import Raw, evaluate
from jisseki_check.engine.pandera_schemas import validate
from tests.benchmarks.table.rules import ours

ENGINES = {"local": evaluate, "pandera": validate}


def failures(items: pl.DataFrame, engine: str) -> dict[str, int]:
    """How many rows violate each of the fifteen rules."""
    judged = ENGINES[engine]({"items": items}, [compile_condition(rule) for rule in ours()])
    return {code: _count(raw) for code, raw in judged.items()}


def _count(raw: Raw | Exception) -> int:
    if isinstance(raw, Exception):
        raise raw
    return int(raw.violated.sum())


def main(path: str, engine: str, times: str) -> None:
    items = pl.read_parquet(path)
    counts = failures(items, engine)
    seconds = []
    for _ in range(int(times)):
        start = time.perf_counter()
        failures(items, engine)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"failures": counts, "seconds": seconds}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
