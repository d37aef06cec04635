"""Reports in, data frames out: for notebooks and pipelines.

from datetime import date
from jisseki_check.batch import Options, check_paths

checked = check_paths(["報告"], Options(as_of=date(2026, 5, 31)))
checked.findings.group_by("rule").len()
checked.facts["items"].filter(polars.col("rate") < 0.5)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from jisseki_check import facts
from jisseki_check.engine.judge import Frames
from jisseki_check.engine.options import Options, UsageError
from jisseki_check.engine.run import check
from jisseki_check.facts.contracts import OF_ONE_REPORT, TABLES
from jisseki_check.formatters import frames
from jisseki_check.model import Document, Outcome

__all__ = ["Checked", "Options", "UsageError", "check_paths"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; each frame is one table (`formatters.frames`), which Arrow takes without a copy.

    `facts`: the tables that rules judge, by name, as `rules/facts.md` has them, with the `path` of the file
    before their own columns. `outcome`: the same as the command has it; without `outcome.faults`, and with
    all `inputs` checked, everything was judged."""

    outcome: Outcome
    inputs: pl.DataFrame
    findings: pl.DataFrame
    coverage: pl.DataFrame
    faults: pl.DataFrame
    reports: pl.DataFrame
    items: pl.DataFrame
    facts: Mapping[str, pl.DataFrame]


def check_paths(paths: Iterable[str | os.PathLike[str]], options: Options) -> Checked:
    """Checks files and folders in this process, and gives all of it as frames: 250 to 500 reports at a time
    are meant. What is not there or cannot be read is in `inputs` and `findings`. Raises UsageError where
    there is nothing to check."""
    seen = _Facts()
    outcome = check([Path(path) for path in paths], options=options, look=seen.take)
    found = {name: table.frame(outcome) for name, table in frames.TABLES.items() if name != "run"}
    return Checked(outcome, **found, facts=seen.whole())


class _Facts:
    """The tables of all batches, their reports numbered through."""

    def __init__(self) -> None:
        self._held: dict[str, list[pl.DataFrame]] = {name: [] for name in OF_ONE_REPORT}
        self._reports = 0

    def take(self, tables: Frames, documents: Sequence[Document]) -> None:
        paths = pl.Series([document.path for document in documents], dtype=pl.String)
        for name, frame in tables.items():
            path = paths.gather(frame.get_column("report")).alias("path")
            own = frame.with_columns(pl.col("report") + self._reports)
            self._held[name].append(own.insert_column(0, path))
        self._reports += len(documents)

    def whole(self) -> dict[str, pl.DataFrame]:
        """By path; a table that nothing was put into is there too."""
        return {
            name: pl.concat([self._empty(name), *held]).sort("path", maintain_order=True)
            for name, held in self._held.items()
        }

    def _empty(self, name: str) -> pl.DataFrame:
        return pl.DataFrame(schema={"path": pl.String, **facts.schema(TABLES[name])})
