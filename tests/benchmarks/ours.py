"""This tool's commands, as the measures run them."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.benchmarks.measuring import Command

_BIN = Path(sys.executable).parent / "jisseki-check"
JUDGED = (0, 1)
SUBSET = "DOC,SCH,STR,FIN,MRK,DAT"
ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas" / "report.schema.json"
NO_CACHE = "--no-cache"


def plain(name: str, *words: str, folder: Path | None = None) -> Command:
    """A command that judges nothing."""
    return Command(name, (str(_BIN), *words), folder=folder)


def check(name: str, *words: str, folder: Path | None = None, cached: bool = False) -> Command:
    """A `check` that prints its verdict only. Without `cached` it answers nothing from an earlier run."""
    fresh = () if cached or not has_option(NO_CACHE) else (NO_CACHE,)
    return Command(name, (str(_BIN), "check", "--quiet", *fresh, *words), JUDGED, folder)


@cache
def _told() -> str:
    """What `check --help` says."""
    ran = subprocess.run([str(_BIN), "check", "--help"], check=True, capture_output=True, text=True)
    return ran.stdout


def has_option(option: str) -> bool:
    return option in _told()


def has_engine(engine: str) -> bool:
    """Whether `--engine` offers this one."""
    line = next((line for line in _told().splitlines() if "--engine" in line), "")
    return engine in line.replace("--engine", "").strip().split()[0].split("|") if line else False
