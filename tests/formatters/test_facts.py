"""Tables of facts as files: where their pieces end does not show, and why one cannot be written is told."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable, Iterator
from typing import IO, Any

import duckdb
import polars as pl
import pytest

from jisseki_check.formatters import facts
from jisseki_check.formatters.facts import Frames, write_csv, write_parquet

_TABLE = pl.DataFrame(
    {
        "report": list(range(500)),
        "text": [
            None if number % 7 == 0 else f"第{number}回の\n「会合」, {number % 3}" for number in range(500)
        ],
        "rate": [None if number % 5 == 0 else number / 7 for number in range(500)],
        "done": [number % 2 == 0 for number in range(500)],
    }
)
_WRITERS = pytest.mark.parametrize("write", [write_parquet, write_csv])


def _in_pieces(rows: int) -> Frames:
    def frames() -> Iterator[pl.DataFrame]:
        yield _TABLE.clear()
        for start in range(0, _TABLE.height, rows):
            yield _TABLE[start : start + rows]

    return frames


def _written(write: Callable[[Frames, IO[bytes]], None], frames: Frames) -> bytes:
    stream = io.BytesIO()
    write(frames, stream)
    return stream.getvalue()


@_WRITERS
def test_pieces_do_not_show(
    write: Callable[[Frames, IO[bytes]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "_ROWS", 120)
    whole = _written(write, lambda: iter([_TABLE]))
    assert _written(write, _in_pieces(37)) == _written(write, _in_pieces(1)) == whole


def test_parquet_is_read_by_others(tmp_path: Any) -> None:
    path = tmp_path / "表.parquet"
    path.write_bytes(_written(write_parquet, _in_pieces(37)))
    assert pl.read_parquet(path).equals(_TABLE)
    assert pl.read_parquet_schema(path) == _TABLE.schema
    assert duckdb.connect().execute(f"FROM '{path}'").fetchall() == _TABLE.rows()


def test_csv_runs_nothing_and_has_one_head() -> None:
    frames = [pl.DataFrame({"a": ["=1+1", "＝1", None]}), pl.DataFrame({"a": ["-2", "事業"]})]
    text = _written(write_csv, lambda: iter(frames)).decode("utf-8")
    assert text == "\ufeffa\r\n'=1+1\r\n'＝1\r\n\r\n'-2\r\n事業\r\n"


@_WRITERS
def test_table_without_rows_has_its_columns(write: Callable[[Frames, IO[bytes]], None]) -> None:
    data = io.BytesIO(_written(write, lambda: iter([_TABLE.clear()])))
    read = pl.read_parquet(data) if write is write_parquet else pl.read_csv(data)
    assert read.height == 0
    assert read.columns == _TABLE.columns


class _Full(io.BytesIO):
    def write(self, data: Any) -> int:
        if self.tell() + len(data) > 600:
            raise OSError(errno.ENOSPC, "full")
        return super().write(data)


@_WRITERS
def test_full_disk_is_told(write: Callable[[Frames, IO[bytes]], None]) -> None:
    with pytest.raises(OSError, match="full") as caught:
        write(_in_pieces(37), _Full())
    assert caught.value.errno == errno.ENOSPC
