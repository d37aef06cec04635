"""`python -m tests.benchmarks.reports FOLDER COUNT` writes that many made-up reports into a new folder."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.reports.writing import write

if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
