"""The city that examples/city writes, and what an audit of it finds."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from jisseki_check.engine import expected, run
from jisseki_check.model import Outcome

GENERATE = Path(__file__).parents[2] / "examples" / "city" / "generate.py"
_AS_OF = dt.date(2026, 5, 31)


def generate(folder: Path, *options: str) -> Path:
    """Writes the city as the command line does; the folder."""
    subprocess.run([sys.executable, str(GENERATE), str(folder), *options], check=True, capture_output=True)
    return folder


def audit(folder: Path) -> Outcome:
    """One run over all reports of a city, which knows what must be there. Paths are those of the truth."""
    with contextlib.chdir(folder):
        told = expected.read(Path("expect.txt"), "expect.txt")
        return run.check([Path("reports")], options=run.Options(as_of=_AS_OF, expected=told))


def truth(folder: Path) -> list[dict[str, Any]]:
    """What was planted."""
    held: list[dict[str, Any]] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return held
