"""`python -m tests.benchmarks.reports FOLDER COUNT`'s work: reports as files, a thousand to a folder."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import orjson

from tests.benchmarks.reports.report import report

A_FOLDER = 1_000


def write(folder: Path, count: int) -> None:
    """The first `count` reports below `folder`, the same bytes every time."""
    starts = range(0, count, A_FOLDER)
    some = partial(_write_some, folder, count)
    jobs = min(os.cpu_count() or 1, len(starts))
    if jobs < 2:
        for start in starts:
            some(start)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for _ in pool.map(some, starts):
            pass


def _write_some(folder: Path, count: int, start: int) -> None:
    inner = folder / f"{start // A_FOLDER:03}"
    inner.mkdir(parents=True)
    for number in range(start, min(start + A_FOLDER, count)):
        (inner / f"{number:06}.json").write_bytes(content(number))


def content(number: int) -> bytes:
    """The file of the report of this number, laid out as `convert` lays it out."""
    return orjson.dumps(report(number), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
