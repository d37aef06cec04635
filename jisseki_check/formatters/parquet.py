"""`parquet`: the outcome as a folder of Parquet files, one a table (`formatters.frames`), for DuckDB, polars
and the like. The same outcome gives the same bytes."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, cast

import polars as pl
from polars.io.plugins import register_io_source

from jisseki_check.formatters.frames import TABLES
from jisseki_check.model import Outcome

FILES = tuple(f"{name}.parquet" for name in TABLES)


def write(outcome: Outcome, folder: str) -> None:
    """Writes the files into a folder that is there, row by row, whatever their length. Raises OSError."""
    for name, table in TABLES.items():
        with open(os.path.join(folder, f"{name}.parquet"), "wb") as stream:
            sink(partial(table.frames, outcome), table.schema, stream)


def sink(
    frames: Callable[[], Iterator[pl.DataFrame]], schema: Any, stream: IO[bytes], rows: int | None = None
) -> None:
    """Writes a table that comes in pieces as one Parquet file. `rows`: of a row group; None for what polars
    takes. Raises OSError."""

    def pieces(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, at_once: int | None
    ) -> Iterator[pl.DataFrame]:
        yield from frames()

    guarded = _Guarded(stream)
    source = register_io_source(pieces, schema=schema)
    try:
        source.sink_parquet(cast(IO[bytes], guarded), maintain_order=True, row_group_size=rows)
    except Exception:
        if guarded.error is not None:
            raise guarded.error from None
        raise


class _Guarded(io.RawIOBase):
    """Keeps why a stream could not be written: polars tells it in an error of its own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        try:
            return self._stream.write(data)
        except OSError as error:
            self.error = error
            raise
