"""The tables of facts as files: CSV for spreadsheets, Parquet for DuckDB, polars and the like. A table comes
in pieces; where these end does not show in the files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO

import polars as pl

from jisseki_check.formatters.parquet import sink

_ROWS = 5_000  # of a row group: several of them are held in memory
# A spreadsheet takes a text that begins so for a formula.
_FORMULA = r"^[=+\-@\t\r＝＋－＠]"

Frames = Callable[[], Iterator[pl.DataFrame]]
"""The pieces of a table, at least one, from the first each time."""


def write_parquet(frames: Frames, stream: IO[bytes]) -> None:
    """Raises OSError."""
    sink(frames, next(frames()).schema, stream, rows=_ROWS)


def write_csv(frames: Frames, stream: IO[bytes]) -> None:
    """With a byte order mark, which Excel needs; texts that a spreadsheet would take for formulas begin with
    '. Raises OSError."""
    texts = pl.col(pl.String)
    safe = pl.when(texts.str.contains(_FORMULA)).then("'" + texts).otherwise(texts).name.keep()
    is_first = True
    for frame in frames():
        held = io.BytesIO()
        frame.with_columns(safe).write_csv(
            held, include_bom=is_first, include_header=is_first, line_terminator="\r\n"
        )
        stream.write(held.getbuffer())
        is_first = False
