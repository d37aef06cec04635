"""`parquet`: the outcome as a folder of Parquet files, one a table (`formatters.frames`), for DuckDB, polars
and the like. The same outcome gives the same bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator

import polars as pl
from polars.io.plugins import register_io_source

from jisseki_check.formatters.frames import TABLES, Table
from jisseki_check.model import Outcome

FILES = tuple(f"{name}.parquet" for name in TABLES)


def write(outcome: Outcome, folder: str) -> None:
    """Writes the files into a folder that is there, row by row, whatever their length. Raises OSError."""
    for name, table in TABLES.items():
        _write(table, outcome, os.path.join(folder, f"{name}.parquet"))


def _write(table: Table, outcome: Outcome, path: str) -> None:
    def pieces(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, at_once: int | None
    ) -> Iterator[pl.DataFrame]:
        yield from table.frames(outcome)

    register_io_source(pieces, schema=table.schema).sink_parquet(path, maintain_order=True)
