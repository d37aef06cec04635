"""The processes of a run: who descends from whom, what they take, and the end of each (Linux; elsewhere the
first process is all that is seen)."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROC = Path("/proc")
_SET_CHILD_SUBREAPER = 36  # of prctl(2)
_LONGEST, _PAUSE = 60, 0.01  # seconds that a process may outlive the one that started it


def children(pid: int) -> set[int]:
    """The processes that this one has started or adopted and that have not been waited for."""
    try:
        tasks = os.listdir(_PROC / str(pid) / "task")
        return {
            int(child)
            for task in tasks
            for child in (_PROC / str(pid) / "task" / task / "children").read_text().split()
        }
    except OSError:
        return set()


def tree(pid: int) -> set[int]:
    """The process and its descendants."""
    return {pid}.union(*(tree(child) for child in children(pid)))


def proportional_bytes(pid: int) -> int | None:
    """The proportional set size of a process; None where it has ended or is not told."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), None)


@contextmanager
def adopting() -> Iterator[None]:
    """While it lasts, a process whose parent has ended becomes a child of this one."""
    library = ctypes.CDLL(None) if _PROC.is_dir() else None
    if library is None:
        yield
        return
    library.prctl(_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        library.prctl(_SET_CHILD_SUBREAPER, 0)


def cpu_of_orphans(known: set[int]) -> float:
    """The CPU seconds of adopted processes, each with what it waited for, when the last of them has ended.

    `known`: children that are none of them. Raises RuntimeError for one that goes on.
    """
    cpu, end = 0.0, time.monotonic() + _LONGEST
    while orphans := children(os.getpid()) - known:
        for pid in orphans:
            ended, _, used = os.wait4(pid, os.WNOHANG)
            if ended:
                cpu += used.ru_utime + used.ru_stime
        if time.monotonic() > end:
            raise RuntimeError(f"{len(orphans)} processes outlive the run that started them")
        time.sleep(_PAUSE)
    return cpu
