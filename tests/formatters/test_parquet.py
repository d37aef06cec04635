"""The outcome as Parquet: nothing lost, the same columns and bytes whatever there is to tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from jisseki_check.formatters import frames, parquet
from jisseki_check.formatters.contract import finding
from jisseki_check.model import Finding, Outcome
from tests.formatters.outcomes import BY_HAND
from tests.formatters.sample import FAILED, PASSED


def _written(outcome: Outcome, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    parquet.write(outcome, str(folder))
    assert {path.name for path in folder.iterdir()} == set(parquet.FILES)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_same_outcome_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _written(FAILED, tmp_path / "a") == _written(FAILED, tmp_path / "b")


@pytest.mark.parametrize("name", BY_HAND)
def test_columns_do_not_depend_on_what_was_found(name: str, tmp_path: Path) -> None:
    _written(BY_HAND[name], tmp_path / "a")
    _written(replace(PASSED, reports=(), findings=(), faults=(), inputs=()), tmp_path / "b")
    for file, table in frames.TABLES.items():
        schemas = [pl.read_parquet_schema(tmp_path / each / f"{file}.parquet") for each in "ab"]
        assert schemas[0] == schemas[1] == pl.Schema(table.schema)


def test_findings_say_what_the_json_says(tmp_path: Path) -> None:
    _written(FAILED, tmp_path / "out")
    rows = pl.read_parquet(tmp_path / "out" / "findings.parquet").to_dicts()
    assert len(rows) == len(FAILED.findings) > 0
    for row, each in zip(rows, FAILED.findings, strict=True):
        told = finding(each)
        for name in ("rule", "severity", "message", "fix", "excerpt", "given", "count", "fingerprint"):
            assert row[name] == told[name]
        assert {name: row[name] for name in told["location"]} == told["location"]
        assert row["item_title"] == (told["item"] or {}).get("title")
        assert [
            {name: value for name, value in place.items() if value is not None} for place in row["related"]
        ] == (told["related"])


def test_duckdb_reads_it(tmp_path: Path) -> None:
    _written(FAILED, tmp_path / "out")
    folder = tmp_path / "out"
    base = duckdb.connect()
    count, joined = base.execute(
        f"""SELECT count(*), count(i.title) FROM '{folder}/findings.parquet' f
        LEFT JOIN '{folder}/items.parquet' i ON i.path = f.path AND i."index" = f.item_index"""
    ).fetchall()[0]
    assert count == len(FAILED.findings)
    assert joined <= count
    verdict = base.execute(f"SELECT verdict FROM '{folder}/run.parquet'").fetchall()
    assert verdict == [(FAILED.verdict.value,)]


def test_text_that_is_none_is_written_as_json_writes_it(tmp_path: Path) -> None:
    broken = replace(FAILED.findings[0], message="前\ud800後", places=("a\udfff",))
    _written(replace(FAILED, findings=(broken,)), tmp_path / "out")
    (row,) = pl.read_parquet(tmp_path / "out" / "findings.parquet").to_dicts()
    assert row["message"] == "前\\ud800後"
    assert row["places"] == ["a\\udfff"]


class _Many(tuple[Finding, ...]):
    """Findings that are made as they are read, as those of a long run are."""

    def __iter__(self) -> Iterator[Finding]:
        return (replace(FAILED.findings[0], message=f"{number}") for number in range(1_000))


def test_long_list_is_never_whole_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_AT_ONCE", 100)
    table = frames.TABLES["findings"]
    outcome = replace(FAILED, findings=_Many())
    assert [frame.height for frame in table.frames(outcome)] == [100] * 10
    _written(outcome, tmp_path / "out")
    found = pl.read_parquet(tmp_path / "out" / "findings.parquet").get_column("message")
    assert found.to_list() == [str(number) for number in range(1_000)]
