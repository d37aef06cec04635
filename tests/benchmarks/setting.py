"""What the measures are told, and the reports that they share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.reports.writing import write


@dataclass(frozen=True, slots=True)
class Setting:
    """`folder` holds what the measures write, also between runs; `reports`: files of the batch; `scaled`: of
    the large batch, 0 for none; `rounds`: times that a long run is repeated."""

    folder: Path
    reports: int
    scaled: int
    rounds: int

    def batch(self, count: int) -> Path:
        """A folder with the first `count` made-up reports, written where it is not there."""
        folder = self.folder / f"reports-{count}"
        if not folder.is_dir():
            unfinished = self.folder / f"unfinished-{count}"
            unfinished.mkdir(parents=True)
            write(unfinished, count)
            unfinished.rename(folder)
        return folder
