"""How many processes a run is shared out among."""

from __future__ import annotations

import os

WORTHWHILE = 100  # files for each worker: one starts in the time that 20 reports take, and has its own memory


def workers(asked: int | None, files: int) -> int:
    """For so many files, of which `asked` says how many are wanted, None as many as are worthwhile; with 1
    all is done in the process itself."""
    if files < WORTHWHILE:
        return 1
    return asked or max(1, min(cores(), files // WORTHWHILE))


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
